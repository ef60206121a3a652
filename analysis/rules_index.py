"""Which rules are worth trying on a text: those whose every part has at least one of its words in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from analysis.lexicon import Lexicon
from analysis.negation import read
from analysis.rules_needs import Need
from analysis.rules_pattern import Bag
from analysis.text import Memo, counts


class Entry(NamedTuple):
    """A rule, and its needs beside the one that it is looked up by, each as the bits of its bags."""

    rule: Hashable
    masks: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """What a form brings: the bits of its bags, and the rules looked up by one of them.

    `counts`: whether it counts among the words between two others; `read`: what the denials read of it.
    Forms of the same bags bring the same hit: a text has few, each quick to tell from the others.
    """

    mask: int
    entries: tuple[Entry, ...]
    counts: bool
    read: str


class RuleIndex:
    """Rules by the words that they need, read off the forms of a text; each form is looked up once."""

    def __init__(self, lexicon: Lexicon):
        self._lexicon = lexicon
        self._entries: dict[Bag, list[Entry]] = defaultdict(list)
        self._hits: dict[tuple[frozenset[Bag], bool, str], Hit] = {}
        self.by_bag: dict[Bag, set[Hit]] = defaultdict(set)
        self._by_form = Memo(self._hit)

    def add(self, rule: Hashable, needs: list[Need], context: list[Need]) -> None:
        """A rule with its needs, the rarest first; those of the context may be met by what is around the text.

        A rule may come several times: it is then worth trying when all the needs of one time are met.
        """
        rarest, *others = needs
        entry = Entry(rule, tuple(map(self._lexicon.mask_of, [*others, *context])))
        for bag in rarest:
            self._entries[bag].append(entry)

    def _hit(self, form: str) -> Hit:
        key = self._lexicon.bags_of(form), counts(form), read(form)
        hit = self._hits.get(key)
        if hit is None:
            bags, *others = key
            hit = self._hits[key] = Hit(self._lexicon.mask_of(bags), tuple(self._entries_of(bags)), *others)
            for bag in bags:
                self.by_bag[bag].add(hit)
        return hit

    def _entries_of(self, bags: frozenset[Bag]) -> set[Entry]:
        return {entry for bag in bags for entry in self._entries.get(bag, ())}

    def hits(self, forms: Iterable[str]) -> list[Hit]:
        """What each form brings."""
        return [*map(self._by_form.__getitem__, forms)]

    def candidates(self, hits: Iterable[Hit], present: int) -> set[Hashable]:
        """The rules that may stand where these hits are; `present`: their bits, with what else is there."""
        found = set()
        for rule, masks in chain.from_iterable([hit.entries for hit in hits]):
            for mask in masks:
                if not present & mask:
                    break
            else:
                found.add(rule)
        return found
