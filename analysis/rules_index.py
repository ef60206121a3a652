"""Which rules are worth trying on a text: those whose every part has at least one of its words in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import chain, islice, product
from typing import NamedTuple

from analysis.lexicon import Lexicon
from analysis.rules_pattern import DENIER, Bag, Either, Near, Pattern, Polar, Ref, Sequence
from analysis.text import LITTLE_WORDS, Memo

Need = frozenset[Bag]
Choice = tuple[Pattern, tuple[int, ...]]
# The bits of a need that any word meets.
ALWAYS = -1
# Words of most texts: a rule is better looked up by another of its words.
COMMON = LITTLE_WORDS | frozenset(
    "être avoir faire pouvoir devoir falloir vouloir aller mettre prendre donner permettre pas plus tout tous ne n non "
    "ceux gens personne monde citoyen français service public état droit pour par sur avec sans dans si que comment "
    "aide moyen temps travail administration accès grand bon trop jamais rien autre an en à y "
    "donnée comme qui quoi où très bien peu moins même autres mais et ou leur leurs chaque toute toutes aussi".split()
)
COMMON_COST, MOST, MOST_WAYS = 300, 8, 24


class Entry(NamedTuple):
    """A rule, and its needs beside the one that it is looked up by, each as the bits of its bags."""

    rule: Hashable
    masks: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """What a form brings: the bits of its bags, and the rules looked up by one of them, by the need that they share.

    Forms of the same bags bring the same hit: a text has few, each quick to tell from the others.
    """

    mask: int
    entries: tuple[tuple[int, tuple[Entry, ...]], ...]


def needs(node: Pattern, known: dict[str, list[Need]]) -> list[Need]:
    """What a pattern cannot do without: one bag at least of each of these sets; `known`: those of the notions."""
    match node:
        case Bag():
            return [frozenset((node,))]
        case Ref(name):
            return known[name]
        case Polar(denied, inner):
            return _rarest([*needs(inner, known), *([frozenset((DENIER,))] if denied else [])])
        case Either(options):
            # Whichever option stands, its rarest need is met, and its second rarest: each is one of the union's.
            ranked = [sorted(needs(option, known), key=_cost) for option in options]
            return [frozenset().union(*alike) for alike in zip(*ranked, strict=False)]
        case Sequence(items, _):
            return _rarest(need for item in items for need in needs(item, known))
        case Near(left, right, _):
            return _rarest([*needs(left, known), *needs(right, known)])


def ways(node: Pattern, known: dict[str, list[Pattern]]) -> list[Pattern]:
    """The ways in which a pattern may stand, a union's options apart; itself alone when there are too many.

    `known`: those of the notions.
    """
    made = [*islice(_ways(node, known), MOST_WAYS + 1)]
    return made if len(made) <= MOST_WAYS else [node]


def _ways(node: Pattern, known: dict[str, list[Pattern]]) -> Iterable[Pattern]:
    match node:
        case Ref(name):
            return known[name]
        case Either(options):
            return (way for option in options for way in ways(option, known))
        case Polar(denied, inner):
            return (Polar(denied, way) for way in ways(inner, known))
        case Sequence(items, gaps):
            return (Sequence(chosen, gaps) for chosen in product(*(ways(item, known) for item in items)))
        case Near(left, right, window):
            return (Near(*chosen, window) for chosen in product(ways(left, known), ways(right, known)))
    return (node,)


def choices(node: Pattern, known: dict[str, list[Need]], lexicon: Lexicon) -> dict[int, list[Choice]]:
    """For each union in a pattern, by its identity, its options with the bits of what each cannot do without."""
    match node:
        case Polar(_, inner):
            return choices(inner, known, lexicon)
        case Either(options):
            own = [(option, tuple(map(lexicon.mask_of, needs(option, known)))) for option in options]
            return {id(node): own} | all_choices(options, known, lexicon)
        case Sequence(items, _):
            return all_choices(items, known, lexicon)
        case Near(left, right, _):
            return all_choices((left, right), known, lexicon)
    return {}


def all_choices(nodes: Iterable[Pattern], known: dict[str, list[Need]], lexicon: Lexicon) -> dict[int, list[Choice]]:
    return {key: options for node in nodes for key, options in choices(node, known, lexicon).items()}


def _rarest(sets: Iterable[Need]) -> list[Need]:
    # A few are enough to choose by, and notions made of notions double no work.
    return sorted(dict.fromkeys(sets), key=_cost)[:MOST]


def _cost(need: Need) -> int:
    """How often texts meet a need, roughly: its words, the common ones counting for many."""
    return sum(COMMON_COST if word.form in COMMON else 1 for bag in need for word in bag.words)


class RuleIndex:
    """Rules by the words that they need, read off the forms of a text; each form is looked up once."""

    def __init__(self, lexicon: Lexicon, rules: Iterable[tuple[Hashable, list[Need], Need | None]]):
        """`rules`: each with its needs, and with the one, if any, that all the rules of its family share.

        A rule may come several times: it is then worth trying when all the needs of one time are met.
        """
        self._lexicon = lexicon
        self._shared: list[int] = [ALWAYS]
        self._entries: dict[Bag, list[tuple[int, Entry]]] = defaultdict(list)
        self._hits: dict[frozenset[Bag], Hit] = {}
        self.by_bag: dict[Bag, set[Hit]] = defaultdict(set)
        self._by_form = Memo(self._hit)
        for rule, sets, shared in rules:
            self._add(rule, sets, self._place(ALWAYS if shared is None else lexicon.mask_of(shared)))

    def _add(self, rule: Hashable, sets: list[Need], shared: int) -> None:
        rarest, *others = sorted(sets, key=_cost)
        entry = shared, Entry(rule, tuple(map(self._lexicon.mask_of, others)))
        for bag in rarest:
            self._entries[bag].append(entry)

    def _place(self, mask: int) -> int:
        if mask not in self._shared:
            self._shared.append(mask)
        return self._shared.index(mask)

    def _hit(self, form: str) -> Hit:
        bags = self._lexicon.bags_of(form)
        hit = self._hits.get(bags)
        if hit is None:
            hit = self._hits[bags] = Hit(self._lexicon.mask_of(bags), self._entries_of(bags))
            for bag in bags:
                self.by_bag[bag].add(hit)
        return hit

    def _entries_of(self, bags: frozenset[Bag]) -> tuple[tuple[int, tuple[Entry, ...]], ...]:
        by_need = defaultdict(set)
        for shared, entry in (found for bag in bags for found in self._entries.get(bag, ())):
            by_need[shared].add(entry)
        return tuple((shared, tuple(entries)) for shared, entries in by_need.items())

    def hits(self, forms: Iterable[str]) -> list[Hit]:
        """What each form brings."""
        return [*map(self._by_form.__getitem__, forms)]

    def candidates(self, hits: Iterable[Hit], present: int) -> set[Hashable]:
        """The rules that may stand where these hits are; `present`: their bits, with what else is there."""
        allowed = [present & mask for mask in self._shared]
        tried = (entries for hit in hits for shared, entries in hit.entries if allowed[shared])
        found = set()
        for rule, masks in chain.from_iterable(tried):
            for mask in masks:
                if not present & mask:
                    break
            else:
                found.add(rule)
        return found
