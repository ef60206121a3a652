"""Where patterns stand in a text: each node gives intervals of words, in time that grows with the text alone."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from analysis.lexicon import Lexicon
from analysis.negation import ENDERS, denied_by
from analysis.rules_pattern import Bag, Either, Near, Pattern, Polar, Ref, Sequence
from analysis.text import cut

Interval = tuple[int, int]
# « Le prix, pour nous, n’est pas un problème »: the words that may stand before the denial.
DENIAL = 4


class Reading:
    """One text being read: where each word of the lexicon stands, what is denied, what each notion found."""

    def __init__(self, text: str, lexicon: Lexicon, notions: dict[str, Pattern]):
        self.words = cut(text)
        self._notions, self._found = notions, {}
        self._places: dict[Bag, list[Interval]] = defaultdict(list)
        for place, form in enumerate(self.words.forms):
            for bag in lexicon[form]:
                self._places[bag].append((place, place + 1))

    @property
    def present(self) -> Iterable[Bag]:
        """The bags that some word of the text is in."""
        return self._places.keys()

    @cached_property
    def denied(self) -> list[str]:
        return denied_by(self.words)

    def find(self, node: Pattern) -> list[Interval]:
        """The intervals (first word, last word excluded) where a pattern stands, in order."""
        match node:
            case Bag():
                return self._places.get(node, [])
            case Ref(name):
                return self.notion(name)
            case Either(options):
                return sorted({interval for option in options for interval in self.find(option)})
            case Polar(denied, inner):
                return [interval for interval in self.find(inner) if self._is_denied(interval) == denied]
            case Sequence(items, gaps):
                return self._sequence(items, gaps)
            case Near(left, right, window):
                return self._near(found, self.find(right), window) if (found := self.find(left)) else []

    def notion(self, name: str) -> list[Interval]:
        """Where a notion stands; looked for once a text."""
        if name not in self._found:
            self._found[name] = self.find(self._notions[name])
        return self._found[name]

    def denial(self, interval: Interval) -> str:
        """What denies an interval, empty when nothing does."""
        return next((self.denied[place] for place in range(*interval) if self.denied[place]), "")

    def close(self, interval: Interval, denial: Interval) -> bool:
        """Whether a denial bears on an interval: a few words away, with no « mais » between."""
        first, second = sorted((interval, denial))
        if first[1] > second[0]:
            return True
        between = self.words.forms[first[1] : second[0]]
        return self._apart(first, second) <= DENIAL and ENDERS.isdisjoint(between)

    def _is_denied(self, interval: Interval) -> bool:
        return bool(self.denial(interval))

    def _sequence(self, items: tuple[Pattern, ...], gaps: tuple[int, ...]) -> list[Interval]:
        chains = self.find(items[0])
        for item, gap in zip(items[1:], gaps, strict=True):
            if not chains:
                return []
            following = self.find(item)
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

    def _near(self, left: list[Interval], right: list[Interval], window: int) -> list[Interval]:
        """Each left interval with the closest right one, before or after it, that does not overlap it."""
        if not left or not right:
            return []
        starts, found = [start for start, _ in right], []
        for interval in left:
            at = bisect_left(starts, interval[1])
            close = [other for other in right[max(at - 3, 0) : at + 1] if self._apart(interval, other) <= window]
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
