"""Where patterns stand in a text: each node gives intervals of words, in time that grows with the text alone."""

from bisect import bisect_left
from functools import cached_property, reduce
from operator import or_
from typing import ClassVar

from analysis.lexicon import Lexicon
from analysis.negation import ENDERS, denied_by
from analysis.rules_pattern import Bag, Either, Near, Pattern, Polar, Ref, Sequence
from analysis.text import Words

Interval = tuple[int, int]
# « Le prix, pour nous, n’est pas un problème »: the words that may stand before the denial.
DENIAL = 4
# How near what drops a match must be.
BESIDE = 4
_NOWHERE: list[Interval] = []


class Reading:
    """One text being read: where each word of the lexicon stands, what is denied, what each notion found."""

    def __init__(self, words: Words, lexicon: Lexicon, notions: dict[str, Pattern], gates: dict[int, int]):
        self.words = words
        self._notions, self._gates, self._found = notions, gates, {}
        self._bits, self._places = lexicon.bits, {}
        marks = enumerate(map(lexicon.__getitem__, words.forms))
        self._marks = [(place, mask, bags) for place, (mask, bags) in marks if mask]
        self._present = reduce(or_, [mask for _, mask, _ in self._marks], 0)

    @cached_property
    def denied(self) -> list[str]:
        return denied_by(self.words)

    def find(self, node: Pattern) -> list[Interval]:
        """The intervals (first word, last word excluded) where a pattern stands, in order."""
        return self._finders[type(node)](self, node)

    def _bag(self, bag: Bag) -> list[Interval]:
        if not self._present & self._bits[bag]:
            return _NOWHERE
        places = self._places.get(bag)
        if places is None:
            places = self._places[bag] = [(place, place + 1) for place, _, bags in self._marks if bag in bags]
        return places

    def _either(self, node: Either) -> list[Interval]:
        tried = (option for option in node.options if self._present & self._gates[id(option)])
        found = [places for option in tried if (places := self.find(option))]
        return sorted(set().union(*found)) if len(found) > 1 else found[0] if found else _NOWHERE

    def _polar(self, node: Polar) -> list[Interval]:
        return [interval for interval in self.find(node.node) if bool(self.denial(interval)) == node.denied]

    def notion(self, name: str) -> list[Interval]:
        """Where a notion stands; looked for once a text."""
        if name not in self._found:
            self._found[name] = self.find(self._notions[name])
        return self._found[name]

    def denial(self, interval: Interval) -> str:
        """What denies an interval, empty when nothing does."""
        return next((self.denied[place] for place in range(*interval) if self.denied[place]), "")

    def beside(self, interval: Interval, other: Interval) -> bool:
        """Whether two intervals overlap or stand a few words apart in one sentence."""
        first, second = sorted((interval, other))
        return first[1] > second[0] or self._apart(first, second) <= BESIDE

    def bears_on(self, interval: Interval, denial: Interval) -> bool:
        """Whether a denial bears on an interval: a few words away, with no « mais » between."""
        first, second = sorted((interval, denial))
        if first[1] > second[0]:
            return True
        between = self.words.forms[first[1] : second[0]]
        return self._apart(first, second) <= DENIAL and ENDERS.isdisjoint(between)

    def _sequence(self, node: Sequence) -> list[Interval]:
        chains = self.find(node.items[0])
        for item, gap in zip(node.items[1:], node.gaps, strict=True):
            following = self.find(item) if chains else _NOWHERE
            if not following:
                return _NOWHERE
            starts = [start for start, _ in following]
            chains = [chain for start, end in chains if (chain := self._follow(start, end, following, starts, gap))]
        return chains

    def _follow(self, start: int, end: int, following: list[Interval], starts: list[int], gap: int) -> Interval | None:
        """The chain continued by the first interval after it, when at most `gap` words that count stand between."""
        at = bisect_left(starts, end)
        if at == len(following):
            return None
        next_start, next_end = following[at]
        between = self.words.ranks[next_start] - self.words.ranks[end]
        return (start, next_end) if between <= gap and self._same_sentence(start, next_start) else None

    def _near(self, node: Near) -> list[Interval]:
        """Each left interval with the closest right one, before or after it, that does not overlap it."""
        left = self.find(node.left)
        right = self.find(node.right) if left else _NOWHERE
        if not right:
            return _NOWHERE
        starts, found = [start for start, _ in right], []
        for interval in left:
            at = bisect_left(starts, interval[1])
            close = [other for other in right[max(at - 3, 0) : at + 1] if self._apart(interval, other) <= node.window]
            if close:
                other = min(close, key=lambda other: self._apart(interval, other))
                found.append((min(interval[0], other[0]), max(interval[1], other[1])))
        return found

    def _apart(self, one: Interval, other: Interval) -> int:
        """How many words that count stand between two intervals; very many when they overlap or part sentences."""
        first, second = sorted((one, other))
        if first[1] > second[0] or not self._same_sentence(first[0], second[0]):
            return len(self.words.forms) + 100
        return self.words.ranks[second[0]] - self.words.ranks[first[1]]

    def _same_sentence(self, one: int, other: int) -> bool:
        return self.words.sentences[one] == self.words.sentences[other]

    _finders: ClassVar = {
        Bag: _bag,
        Ref: lambda self, ref: self.notion(ref.name),
        Either: _either,
        Polar: _polar,
        Sequence: _sequence,
        Near: _near,
    }
