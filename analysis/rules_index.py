"""Which rules are worth trying on a text: those whose every part has at least one of its words in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from analysis.lexicon import Lexicon
from analysis.rules_needs import Need
from analysis.rules_pattern import Bag
from analysis.text import Memo

# The bits of a need that any word meets.
ALWAYS = -1


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


class RuleIndex:
    """Rules by the words that they need, read off the forms of a text; each form is looked up once."""

    def __init__(self, lexicon: Lexicon):
        self._lexicon = lexicon
        self._shared: list[int] = [ALWAYS]
        self._entries: dict[Bag, list[tuple[int, Entry]]] = defaultdict(list)
        self._hits: dict[frozenset[Bag], Hit] = {}
        self.by_bag: dict[Bag, set[Hit]] = defaultdict(set)
        self._by_form = Memo(self._hit)

    def add(self, rule: Hashable, needs: list[Need], shared: Need | None) -> None:
        """A rule with its needs, the rarest first, and with the one, if any, that all its family's rules share.

        A rule may come several times: it is then worth trying when all the needs of one time are met.
        """
        rarest, *others = needs
        place = self._place(ALWAYS if shared is None else self._lexicon.mask_of(shared))
        entry = place, Entry(rule, tuple(map(self._lexicon.mask_of, others)))
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
        tried = [entries for hit in hits for shared, entries in hit.entries if allowed[shared]]
        found = set()
        for rule, masks in chain.from_iterable(tried):
            for mask in masks:
                if not present & mask:
                    break
            else:
                found.add(rule)
        return found
