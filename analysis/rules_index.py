"""Which rules are worth trying on a text: those whose every part has at least one of its words in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from analysis.lexicon import Lexicon
from analysis.rules_pattern import Bag, Either, Near, Pattern, Polar, Ref, Sequence
from analysis.text import LITTLE_WORDS

Need = frozenset[Bag]
# Words of most texts: a rule is better looked up by another of its words.
COMMON = LITTLE_WORDS | frozenset(
    "être avoir faire pouvoir devoir falloir vouloir aller mettre prendre donner permettre pas plus tout tous ne n non "
    "ceux gens personne monde citoyen français service public état droit pour par sur avec sans dans si que comment "
    "aide moyen temps travail administration accès grand bon trop jamais rien autre an en à y "
    "donnée comme qui quoi où très bien peu moins même autres mais et ou leur leurs chaque toute toutes aussi".split()
)
COMMON_COST, CACHE, MOST = 300, 200_000, 8


class Entry(NamedTuple):
    """A rule, and its needs beside the one that it is looked up by, each as the bits of its bags."""

    rule: Hashable
    masks: tuple[int, ...]


class Hit(NamedTuple):
    """What a form of a text brings: the bits of its bags, and the rules that are looked up by one of them."""

    mask: int
    entries: tuple[Entry, ...]


def needs(node: Pattern, known: dict[str, list[Need]]) -> list[Need]:
    """What a pattern cannot do without: one bag at least of each of these sets; `known`: those of the notions."""
    match node:
        case Bag():
            return [frozenset((node,))]
        case Ref(name):
            return known[name]
        case Polar(_, inner):
            return needs(inner, known)
        case Either(options):
            return [frozenset().union(*(min(needs(option, known), key=_cost) for option in options))]
        case Sequence(items, _):
            return _rarest(need for item in items for need in needs(item, known))
        case Near(left, right, _):
            return _rarest([*needs(left, known), *needs(right, known)])


def gates(node: Pattern, known: dict[str, list[Need]], lexicon: Lexicon) -> dict[int, int]:
    """For each option in a pattern, by its identity, the bits of bags of which one at least must be there."""
    match node:
        case Polar(_, inner):
            return gates(inner, known, lexicon)
        case Either(options):
            own = {id(option): lexicon.mask_of(min(needs(option, known), key=_cost)) for option in options}
            return own | {key: mask for option in options for key, mask in gates(option, known, lexicon).items()}
        case Sequence(items, _):
            return {key: mask for item in items for key, mask in gates(item, known, lexicon).items()}
        case Near(left, right, _):
            return gates(left, known, lexicon) | gates(right, known, lexicon)
    return {}


def _rarest(sets: Iterable[Need]) -> list[Need]:
    # A few are enough to choose by, and notions made of notions double no work.
    return sorted(dict.fromkeys(sets), key=_cost)[:MOST]


def _cost(need: Need) -> int:
    """How often texts meet a need, roughly: its words, the common ones counting for many."""
    return sum(COMMON_COST if word.form in COMMON else 1 for bag in need for word in bag.words)


class RuleIndex(dict[str, Hit | None]):
    """Rules by the words that they need, read off the forms of a text; each form is looked up once."""

    def __init__(self, lexicon: Lexicon, needs_by_rule: Iterable[tuple[Hashable, list[Need]]]):
        super().__init__()
        self._lexicon = lexicon
        self._entries: dict[Bag, list[Entry]] = defaultdict(list)
        for rule, sets in needs_by_rule:
            rarest = min(sets, key=_cost)
            others = sorted((need for need in sets if need is not rarest), key=_cost)
            entry = Entry(rule, tuple(map(lexicon.mask_of, others)))
            for bag in rarest:
                self._entries[bag].append(entry)

    def __missing__(self, form: str) -> Hit | None:
        mask, bags = self._lexicon[form.lower()]
        if len(self) > CACHE:
            self.clear()
        entries = {entry for bag in bags for entry in self._entries.get(bag, ())}
        self[form] = hit = Hit(mask, tuple(entries)) if mask else None
        return hit

    def candidates(self, forms: Iterable[str], given: int = 0) -> set[Hashable]:
        """The rules that may stand in a text of these forms, when the bags whose bits are `given` are there too."""
        hits = [hit for hit in map(self.__getitem__, set(forms)) if hit]
        mask = given
        for hit in hits:
            mask |= hit[0]
        found = set()
        for _, entries in hits:
            for rule, masks in entries:
                for other in masks:
                    if not mask & other:
                        break
                else:
                    found.add(rule)
        return found
