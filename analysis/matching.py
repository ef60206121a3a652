"""Where patterns stand in a text: each gives intervals of words, in time that grows with the text alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from analysis.lexicon import Lexicon
from analysis.reading import NOWHERE, Interval, Reading, union
from analysis.rules_index import Hit, numbers_of
from analysis.rules_needs import Need, Needs
from analysis.rules_pattern import Bag, Either, Near, Pattern, Polar, Ref, Sequence

# Where a pattern stands in a text, in order; whether it stands anywhere, which is often known before where.
Find = Callable[[Reading], list[Interval]]
Holds = Callable[[Reading], bool]
# A union's options, the number of the first, and the bits of all the numbers.
Union = tuple[list[Callable], int, int]


class Matcher:
    """Makes each pattern into a function, once for all texts: what does not depend on the text is settled here."""

    def __init__(self, lexicon: Lexicon, hits: dict[Bag, set[Hit]], needs: Needs, notions: dict[str, Pattern]):
        """`hits`: those that each bag has, which grow as texts are read; `notions`: none uses a later one."""
        self._lexicon, self._hits, self._needs = lexicon, hits, needs
        # What each option of the unions needs, by its number.
        self.options: list[tuple[Need, ...]] = []
        self._unions: dict[tuple[tuple[Need, ...], ...], int] = {}
        self._finds: dict[str, Find] = {}
        self._holds: dict[str, Holds] = {}
        for name, pattern in notions.items():
            self._finds[name] = _kept(name, self.find(pattern))
            self._holds[name] = _held(name, self.holds(pattern))

    def find(self, node: Pattern) -> Find:
        """The function that tells where a pattern stands."""
        match node:
            case Bag():
                return _bag(self._hits[node])
            case Ref(name):
                return self._finds[name]
            case Polar(denied, inner):
                return _polar(self.find(inner), denied)
            case Either(options):
                return _either(self._union(options, self.find))
            case Sequence(items, gaps):
                first, *others = map(self.find, items)
                return _sequence(first, [*zip(others, gaps, strict=True)])
            case Near(left, right, window):
                return _near(self.find(left), self.find(right), window)

    def holds(self, node: Pattern) -> Holds:
        """The function that tells whether a pattern stands anywhere."""
        match node:
            case Bag():
                bit = self._lexicon.bit_of(node)
                return lambda reading: bool(reading.present & bit)
            case Ref(name):
                return self._holds[name]
            case Either(options):
                return _any_holds(self._union(options, self.holds))
        find = self.find(node)
        return lambda reading: bool(find(reading))

    def _union(self, options: tuple[Pattern, ...], made: Callable[[Pattern], Callable]) -> Union:
        """The options made ready and numbered; those that need the same words in the same order share numbers."""
        ready, needs = [*map(made, options)], tuple(tuple(self._needs.of(option)) for option in options)
        first = self._unions.get(needs)
        if first is None:
            first = self._unions[needs] = len(self.options)
            self.options += needs
        return ready, first, (1 << first + len(needs)) - (1 << first)


def _any_holds(union_of: Union) -> Holds:
    options, first, numbers = union_of

    def any_holds(reading: Reading) -> bool:
        possible = reading.possible & numbers
        return bool(possible) and any(options[at](reading) for at in numbers_of(possible >> first))

    return any_holds


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


def _bag(hits: set[Hit]) -> Find:
    def find(reading: Reading) -> list[Interval]:
        here = hits & reading.distinct
        if len(here) == 1:
            return reading.standing[here.pop()]
        return union([reading.standing[hit] for hit in here])

    return find


def _either(union_of: Union) -> Find:
    options, first, numbers = union_of

    def find(reading: Reading) -> list[Interval]:
        possible = reading.possible & numbers
        if not possible:
            return NOWHERE
        return union([places for at in numbers_of(possible >> first) if (places := options[at](reading))])

    return find


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
