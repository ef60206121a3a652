"""One text being read by the rules: where its words stand, how far apart, and what denies them."""

from collections import defaultdict
from itertools import accumulate, pairwise

from analysis.lexicon import DENIER_BIT
from analysis.negation import ENDERS, denied_by
from analysis.rules_index import Hit
from analysis.text import Words, lazy

# The first word, and the last one excluded.
Interval = tuple[int, int]
NOWHERE: list[Interval] = []
# « Le prix, pour nous, n’est pas un problème »: the words that may stand before the denial.
DENIAL = 4
# How near what drops a match must be.
BESIDE = 4
# More than any pattern lets stand between.
VERY_MANY = 1000


class Reading:
    """A text being read; `places`, `held`: where each notion stands and whether, kept once looked for."""

    def __init__(self, words: Words, hits: list[Hit], distinct: set[Hit], present: int, possible: int):
        """`hits`: what each word brings; `distinct`: the same, once each; `present`: their bits together.

        `possible`: of the options and ways that the index numbers, those that may stand, as bits.
        """
        self.words, self.present, self.possible = words, present, possible
        self._hits, self.distinct = hits, distinct
        self.places: dict[str, list[Interval]] = {}
        self.held: dict[str, bool] = {}

    @lazy
    def denied(self) -> dict[int, str]:
        """What denies each word, by its place."""
        return denied_by(self.words, [hit.read for hit in self._hits]) if self.present & DENIER_BIT else {}

    @lazy
    def _ranks(self) -> list[int]:
        """How many words that count stand before each, and before the end."""
        return [*accumulate([hit.counts for hit in self._hits], initial=0)]

    @lazy
    def standing(self) -> dict[Hit, list[Interval]]:
        """Where each hit stands."""
        standing = defaultdict(list)
        for hit, place in zip(self._hits, pairwise(range(len(self._hits) + 1)), strict=True):
            standing[hit].append(place)
        return standing

    def denial(self, interval: Interval) -> str:
        """What denies an interval, empty when nothing does."""
        denied = self.denied
        if denied:
            for place in range(*interval):
                if place in denied:
                    return denied[place]
        return ""

    def beside(self, interval: Interval, other: Interval) -> bool:
        """Whether two intervals overlap or stand a few words apart in one sentence."""
        return interval[0] < other[1] and other[0] < interval[1] or self.apart(interval, other) <= BESIDE

    def bears_on(self, interval: Interval, denial: Interval) -> bool:
        """Whether a denial bears on an interval: a few words away, with no « mais » between."""
        first, second = (interval, denial) if interval < denial else (denial, interval)
        if first[1] > second[0]:
            return True
        between = self.words.forms[first[1] : second[0]]
        return self.apart(first, second) <= DENIAL and ENDERS.isdisjoint(between)

    def apart(self, one: Interval, other: Interval) -> int:
        """How many words that count stand between two intervals; very many when they overlap or part sentences."""
        first, second = (one, other) if one < other else (other, one)
        if first[1] > second[0] or not self.same_sentence(first[0], second[0]):
            return VERY_MANY
        return self.between(first[1], second[0])

    def between(self, one: int, other: int) -> int:
        """How many words that count stand from one place to another, this one excluded."""
        ranks = self._ranks
        return ranks[other] - ranks[one]

    def same_sentence(self, one: int, other: int) -> bool:
        """Whether two words, by their places, stand in the same sentence."""
        sentences = self.words.sentences
        return sentences[one] == sentences[other]


def union(found: list[list[Interval]]) -> list[Interval]:
    """The intervals of several lists, once each, in order."""
    return sorted(set().union(*found)) if len(found) > 1 else found[0] if found else NOWHERE
