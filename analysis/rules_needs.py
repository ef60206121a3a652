"""What a pattern cannot do without, and the ways in which it may stand: what tells early that it is nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import islice, product

from analysis.common_words import FREQUENCIES
from analysis.lexicon import Lexicon
from analysis.rules_pattern import DENIER, Bag, Either, Near, Pattern, Polar, Ref, Sequence

# One bag at least of such a set must have a word in the text.
Need = frozenset[Bag]
MOST, MOST_WAYS = 8, 24


class Needs:
    """What patterns need, the rarest first."""

    def __init__(self, lexicon: Lexicon, notions: dict[str, Pattern]):
        """`notions`: the pattern of each, none of which uses a later one."""
        self._frequency = cache(self._measured)
        self._frequencies = Counter()
        for form, frequency in FREQUENCIES.items():
            self._frequencies.update(dict.fromkeys(lexicon.bags_of(form), frequency))
        self._of_notions: dict[str, list[Need]] = {}
        self._ways_of_notions: dict[str, list[Pattern]] = {}
        for name, pattern in notions.items():
            self._of_notions[name] = self.of(pattern)
            self._ways_of_notions[name] = self.ways(pattern)

    def of(self, node: Pattern) -> list[Need]:
        """One bag at least of each of these sets stands where the pattern does; the rarest sets, in order."""
        match node:
            case Bag():
                return [frozenset((node,))]
            case Ref(name):
                return self._of_notions[name]
            case Polar(denied, inner):
                return self._rarest([*self.of(inner), *([frozenset((DENIER,))] if denied else [])])
            case Either(options):
                # Whichever option stands, its rarest need is met, and its second rarest: each is one of the union's.
                ranked = [self.of(option) for option in options]
                return self._rarest(frozenset().union(*alike) for alike in zip(*ranked, strict=False))
            case Sequence(items, _):
                return self._rarest(need for item in items for need in self.of(item))
            case Near(left, right, _):
                return self._rarest([*self.of(left), *self.of(right)])

    def together(self, *parts: Iterable[Need]) -> list[Need]:
        """The needs of what must all stand, the rarest first."""
        return sorted(dict.fromkeys(need for part in parts for need in part), key=self._frequency)

    def _rarest(self, needs: Iterable[Need]) -> list[Need]:
        # A few are enough to choose by, and notions made of notions double no work.
        return self.together(needs)[:MOST]

    def _measured(self, need: Need) -> tuple[int, int]:
        """How often texts meet a need, roughly, and how many words it has, where these are too rare to be counted."""
        return sum(map(self._frequencies.__getitem__, need)), sum(len(bag.words) for bag in need)

    def ways(self, node: Pattern) -> list[Pattern]:
        """The ways in which a pattern may stand, a union's options apart; itself alone when there are too many."""
        made = [*islice(self._ways(node), MOST_WAYS + 1)]
        return made if len(made) <= MOST_WAYS else [node]

    def _ways(self, node: Pattern) -> Iterable[Pattern]:
        match node:
            case Ref(name):
                return self._ways_of_notions[name]
            case Either(options):
                return (way for option in options for way in self.ways(option))
            case Polar(denied, inner):
                return (Polar(denied, way) for way in self.ways(inner))
            case Sequence(items, gaps):
                return (Sequence(chosen, gaps) for chosen in product(*map(self.ways, items)))
            case Near(left, right, window):
                return (Near(*chosen, window) for chosen in product(self.ways(left), self.ways(right)))
        return (node,)
