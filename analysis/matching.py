"""Where patterns stand in a text: each node gives intervals of words, in time that grows with the text alone."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from analysis.negation import ENDERS, denied_by
from analysis.rules_index import Choice, Hit
from analysis.rules_pattern import DENIER, SENTENCE, Bag, Either, Near, Pattern, Polar, Ref, Sequence
from analysis.text import Words, lazy

Interval = tuple[int, int]
# « Le prix, pour nous, n’est pas un problème »: the words that may stand before the denial.
DENIAL = 4
# How near what drops a match must be.
BESIDE = 4
_NOWHERE: list[Interval] = []


def _union(found: list[list[Interval]]) -> list[Interval]:
    return sorted(set().union(*found)) if len(found) > 1 else found[0] if found else _NOWHERE


@dataclass(frozen=True, eq=False)
class Grammar:
    """What all readings share: each bag's bit and known hits, the notions, each union's options with their needs."""

    bits: dict[Bag, int]
    hits: dict[Bag, set[Hit]]
    notions: dict[str, Pattern]
    choices: dict[int, list[Choice]]


class Reading:
    """One text being read: where each word of the lexicon stands, what is denied, what each notion found."""

    def __init__(self, words: Words, hits: list[Hit], present: int, grammar: Grammar):
        """`hits`: what each word brings; `present`: their bits together."""
        self.words, self._hits, self._present, self._grammar = words, hits, present, grammar
        self._places: dict[Bag, list[Interval]] = {}
        self._found: dict[str, list[Interval]] = {}
        self._held: dict[str, bool] = {}

    @lazy
    def denied(self) -> dict[int, str]:
        return denied_by(self.words) if self._present & self._grammar.bits[DENIER] else {}

    @lazy
    def _standing(self) -> dict[Hit, list[Interval]]:
        """Where each hit stands."""
        standing = defaultdict(list)
        for place, hit in enumerate(self._hits):
            standing[hit].append((place, place + 1))
        return standing

    def find(self, node: Pattern) -> list[Interval]:
        """The intervals (first word, last word excluded) where a pattern stands, in order."""
        return self._finders[type(node)](self, node)

    def holds(self, node: Pattern) -> bool:
        """Whether a pattern stands anywhere, which is often known before where."""
        match node:
            case Bag():
                return bool(self._present & self._grammar.bits[node])
            case Ref(name):
                return self.holds_notion(name)
            case Either():
                return any(map(self.holds, self._possible(node)))
        return bool(self.find(node))

    def holds_notion(self, name: str) -> bool:
        """Whether a notion stands anywhere; looked for once a text."""
        if name not in self._held:
            self._held[name] = self.holds(self._grammar.notions[name])
        return self._held[name]

    def _bag(self, bag: Bag) -> list[Interval]:
        if not self._present & self._grammar.bits[bag]:
            return _NOWHERE
        places = self._places.get(bag)
        if places is None:
            hits = self._standing.keys() & self._grammar.hits[bag]
            places = self._places[bag] = _union([self._standing[hit] for hit in hits])
        return places

    def _possible(self, node: Either) -> Iterator[Pattern]:
        """The options of a union that lack none of the words that they need."""
        present = self._present
        for option, masks in self._grammar.choices[id(node)]:
            for mask in masks:
                if not present & mask:
                    break
            else:
                yield option

    def _either(self, node: Either) -> list[Interval]:
        found = [places for option in self._possible(node) if (places := self.find(option))]
        return _union(found)

    def _polar(self, node: Polar) -> list[Interval]:
        return [interval for interval in self.find(node.node) if bool(self.denial(interval)) == node.denied]

    def notion(self, name: str) -> list[Interval]:
        """Where a notion stands; looked for once a text."""
        if name not in self._found:
            self._found[name] = self.find(self._grammar.notions[name])
        return self._found[name]

    def denial(self, interval: Interval) -> str:
        """What denies an interval, empty when nothing does."""
        denied = self.denied
        return next((denied[place] for place in range(*interval) if place in denied), "") if denied else ""

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
            chains = [chain for start, end in chains if (chain := self._follow(start, end, following, gap))]
        return chains

    def _follow(self, start: int, end: int, following: list[Interval], gap: int) -> Interval | None:
        """The chain continued by the first interval after it, when at most `gap` words that count stand between."""
        at = bisect_left(following, (end,))
        if at == len(following):
            return None
        next_start, next_end = following[at]
        ranks = self.words.ranks
        close = ranks[next_start] - ranks[end] <= gap
        return (start, next_end) if close and self._same_sentence(start, next_start) else None

    def _near(self, node: Near) -> list[Interval]:
        """Each left interval with the closest right one, before or after it, that does not overlap it."""
        left = self.find(node.left)
        right = self.find(node.right) if left else _NOWHERE
        found = []
        for interval in left if right else ():
            at = bisect_left(right, (interval[1],))
            gap, other = min((self._apart(interval, other), other) for other in right[max(at - 3, 0) : at + 1])
            if gap <= node.window:
                found.append((min(interval[0], other[0]), max(interval[1], other[1])))
        return found

    def _apart(self, one: Interval, other: Interval) -> int:
        """How many words that count stand between two intervals; very many when they overlap or part sentences."""
        first, second = sorted((one, other))
        ranks = self.words.ranks
        if first[1] > second[0] or not self._same_sentence(first[0], second[0]):
            return len(ranks) + SENTENCE
        return ranks[second[0]] - ranks[first[1]]

    def _same_sentence(self, one: int, other: int) -> bool:
        sentences = self.words.sentences
        return sentences[one] == sentences[other]

    _finders: ClassVar = {
        Bag: _bag,
        Ref: lambda self, ref: self.notion(ref.name),
        Either: _either,
        Polar: _polar,
        Sequence: _sequence,
        Near: _near,
    }
