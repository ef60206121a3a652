"""Where patterns stand in a text: each gives intervals of words, in time that grows with the text alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_

from analysis.lexicon import Lexicon
from analysis.reading import NOWHERE, Interval, Reading, union
from analysis.rules_index import Hit
from analysis.rules_needs import Needs
from analysis.rules_pattern import Bag, Either, Near, Pattern, Polar, Ref, Sequence

# Where a pattern stands in a text, in order; whether it stands anywhere, which is often known before where.
Find = Callable[[Reading], list[Interval]]
Holds = Callable[[Reading], bool]
# A union's option with the bits of what it cannot do without.
Option = tuple[Callable, tuple[int, ...]]
ANY = -1


class Matcher:
    """Makes each pattern into a function, once for all texts: what does not depend on the text is settled here."""

    def __init__(self, lexicon: Lexicon, hits: dict[Bag, set[Hit]], needs: Needs, notions: dict[str, Pattern]):
        """`hits`: those that each bag has, which grow as texts are read; `notions`: none uses a later one."""
        self._lexicon, self._hits, self._needs = lexicon, hits, needs
        self._finds: dict[str, Find] = {}
        self._holds: dict[str, Holds] = {}
        for name, pattern in notions.items():
            self._finds[name] = _kept(name, self.find(pattern))
            self._holds[name] = _held(name, self.holds(pattern))

    def find(self, node: Pattern) -> Find:
        """The function that tells where a pattern stands."""
        match node:
            case Bag():
                return _bag(node, self._lexicon.bits[node], self._hits[node])
            case Ref(name):
                return self._finds[name]
            case Polar(denied, inner):
                return _polar(self.find(inner), denied)
            case Either(options):
                return _either(self._options(options, self.find))
            case Sequence(items, gaps):
                first, *others = map(self.find, items)
                return _sequence(first, [*zip(others, gaps, strict=True)])
            case Near(left, right, window):
                return _near(self.find(left), self.find(right), window)

    def holds(self, node: Pattern) -> Holds:
        """The function that tells whether a pattern stands anywhere."""
        match node:
            case Bag():
                bit = self._lexicon.bits[node]
                return lambda reading: bool(reading.present & bit)
            case Ref(name):
                return self._holds[name]
            case Either(options):
                return _any_holds(self._options(options, self.holds))
        find = self.find(node)
        return lambda reading: bool(find(reading))

    def _options(self, options: tuple[Pattern, ...], made: Callable[[Pattern], Callable]) -> list[Option]:
        return [(made(option), self._needs.masks(self._needs.of(option))) for option in options]


def _possible(options: list[Option], present: int) -> Iterator[Callable]:
    """The options of a union that lack none of the words that they need."""
    for option, masks in options:
        for mask in masks:
            if not present & mask:
                break
        else:
            yield option


def _any_holds(options: list[Option]) -> Holds:
    any_of = _any_of(options)
    return lambda reading: (
        bool(reading.present & any_of) and any(holds(reading) for holds in _possible(options, reading.present))
    )


def _kept(name: str, find: Find) -> Find:
    """A notion's function, asked once a text."""

    def kept(reading: Reading) -> list[Interval]:
        places = reading.places.get(name)
        if places is None:
            places = reading.places[name] = find(reading)
        return places

    return kept


def _held(name: str, holds: Holds) -> Holds:
    """The same for whether it stands anywhere."""

    def held(reading: Reading) -> bool:
        known = reading.held.get(name)
        if known is None:
            known = reading.held[name] = holds(reading)
        return known

    return held


def _bag(bag: Bag, bit: int, hits: set[Hit]) -> Find:
    def find(reading: Reading) -> list[Interval]:
        if not reading.present & bit:
            return NOWHERE
        places = reading.places.get(bag)
        if places is None:
            places = reading.places[bag] = reading.standing(hits)
        return places

    return find


def _either(options: list[Option]) -> Find:
    any_of = _any_of(options)

    def find(reading: Reading) -> list[Interval]:
        if not reading.present & any_of:
            return NOWHERE
        return union([places for option in _possible(options, reading.present) if (places := option(reading))])

    return find


def _any_of(options: list[Option]) -> int:
    """The bits of which a text must have one for any option to stand: all bits, when an option needs none."""
    return reduce(or_, (masks[0] if masks else ANY for _, masks in options), 0)


def _polar(inner: Find, denied: bool) -> Find:
    def find(reading: Reading) -> list[Interval]:
        if not reading.denied:
            return NOWHERE if denied else inner(reading)
        return [interval for interval in inner(reading) if bool(reading.denial(interval)) == denied]

    return find


def _sequence(first: Find, others: list[tuple[Find, int]]) -> Find:
    def find(reading: Reading) -> list[Interval]:
        chains = first(reading)
        for item, gap in others:
            following = item(reading) if chains else NOWHERE
            if not following:
                return NOWHERE
            chains = _followed(reading, chains, following, gap)
        return chains

    return find


def _followed(reading: Reading, chains: list[Interval], following: list[Interval], gap: int) -> list[Interval]:
    """The chains continued by the first interval after each, when at most `gap` words that count stand between."""
    found = []
    for start, end in chains:
        at = bisect_left(following, (end,))
        if at < len(following):
            next_start, next_end = following[at]
            # Most stand close to one another or far apart: what counts between them is seldom asked for.
            near = next_start - end <= gap or reading.between(end, next_start) <= gap
            if near and reading.same_sentence(start, next_start):
                found.append((start, next_end))
    return found


def _near(left: Find, right: Find, window: int) -> Find:
    """Each left interval with the closest right one, before or after it, that does not overlap it."""

    def find(reading: Reading) -> list[Interval]:
        ones = left(reading)
        others = right(reading) if ones else NOWHERE
        found = []
        for one in ones if others else ():
            gap, other = _closest(reading, one, others)
            if gap <= window:
                found.append((min(one[0], other[0]), max(one[1], other[1])))
        return found

    return find


def _closest(reading: Reading, one: Interval, others: list[Interval]) -> tuple[int, Interval]:
    """The closest of several intervals, the first in order of those as close, and how far it is."""
    at = bisect_left(others, (one[1],))
    return min((reading.apart(one, other), other) for other in others[max(at - 3, 0) : at + 1])
