"""Which rules are worth trying on a text: those whose every part has at least one of its words in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import attrgetter, or_
from typing import NamedTuple

from analysis.lexicon import Lexicon
from analysis.negation import read
from analysis.rules_needs import Need
from analysis.rules_pattern import Bag
from analysis.text import Memo, counts

Needed = Sequence[Need]


class Way(NamedTuple):
    """A rule and what it needs when it stands in one of its ways, the rarest first."""

    rule: Hashable
    needs: Needed


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """What a form brings: the bits of its bags, and of the needs that they meet.

    `counts`: whether it counts among the words between two others; `read`: what the denials read of it.
    Forms of the same bags bring the same hit: a text has few, each quick to tell from the others.
    """

    bits: int
    counts: bool
    read: str


BITS = attrgetter("bits")


class RuleIndex:
    """What may stand in a text, by the words that it needs, read off the text's forms; each form is looked up once.

    The options of unions and the ways of rules are numbered, these after those. What a word brings is bits: those of
    its bags, those of the options and ways whose next to rarest need it meets, those of the ones whose rarest need it
    meets. The union of what a text's words bring thus tells at once which have both needs met.
    """

    def __init__(self, lexicon: Lexicon, by_bag: dict[Bag, set[Hit]], options: list[Needed], ways: list[Way]):
        """`by_bag`: the hits that each bag has, which grow as texts are read; `options`: what each needs."""
        self._by_bag = by_bag
        self._first_way = len(options)
        self._ways = [(way.rule, tuple(map(lexicon.mask_of, way.needs[2:]))) for way in ways]
        numbered = [*options, *(way.needs for way in ways)]
        self._alone = sum(1 << number for number, needs in enumerate(numbered) if len(needs) == 1)
        # The rarest needs have the last bits: few words meet one, so that the numbers of most are short.
        self._next, self._rarest = len(lexicon.bits), len(lexicon.bits) + len(numbered)
        self._bits = defaultdict(int, lexicon.bits)
        for number, needs in enumerate(numbered):
            for start, need in zip((self._rarest, self._next), needs, strict=False):
                for bag in need:
                    self._bits[bag] |= 1 << start + number
        self._bags_of = lexicon.bags_of
        self._hits: dict[tuple[frozenset[Bag], bool, str], Hit] = {}
        self._by_form = Memo(self._hit)

    def bits_of(self, bags: Iterable[Bag]) -> int:
        """What several bags bring."""
        return reduce(or_, [self._bits.get(bag, 0) for bag in bags], 0)

    def hits(self, forms: Iterable[str]) -> list[Hit]:
        """What each form brings."""
        return [*map(self._by_form.__getitem__, forms)]

    def possible(self, present: int) -> int:
        """Which options and ways may stand where these bits are present, as bits: their two rarest needs are met."""
        return present >> self._rarest & (present >> self._next | self._alone)

    def candidates(self, possible: int, present: int) -> set[Hashable]:
        """The rules that may stand there: all the needs of one of their ways are met; `possible`: as told above."""
        found = set()
        for way in numbers_of(possible >> self._first_way):
            rule, masks = self._ways[way]
            for mask in masks:
                if not present & mask:
                    break
            else:
                found.add(rule)
        return found

    def _hit(self, form: str) -> Hit:
        key = bags, *others = self._bags_of(form), counts(form), read(form)
        hit = self._hits.get(key)
        if hit is None:
            hit = self._hits[key] = Hit(self.bits_of(bags), *others)
            for bag in bags:
                self._by_bag[bag].add(hit)
        return hit


def numbers_of(bits: int) -> Iterator[int]:
    """The numbers that stand as bits."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
