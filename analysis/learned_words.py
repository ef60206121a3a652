"""A second reader: the cues of a text, weighed together, lay a tag that a rule nearly lays.

Rules say what they mean, and miss what is said otherwise. What this reader knows was learnt from coded texts
(`analysis.learned_training`) and is a table of cues and weights that one can read. It lays a tag where this is above
zero, in hundredths:

    start + (weights of the text's cues, each once) / sqrt(n)

with n the number of distinct words. That is where the tag is likelier than not, by a logistic regression. A cue is a
word, by its stem, or two side by side, or a rule all of whose words are in the text, wherever they stand. It takes
nothing away from the rules.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from itertools import repeat
from math import sqrt
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from analysis.text import Memo, fold

FOLDER = Path(__file__).parent / "referentials"
# The passages shown: the words that weighed most.
SHOWN = 3
# Words are weighed only for the tags that rules alone bring this near the line, in hundredths: it changes nothing on
# texts that nobody read, and most texts are done with sooner.
IMPOSSIBLE = -350
# Stands where a rule's number would.
BY_WORDS = "mots"
# In a rule's name between the tag and what is written: no word has it.
OF_RULE = ": "
Key = tuple[str, str]
Interval = tuple[int, int]


class Weight(NamedTuple):
    """What a cue adds to a tag, in hundredths; the tag's start has no name."""

    family: str
    tag: str
    name: str
    weight: int


@dataclass(slots=True, eq=False)
class Cue:
    """A cue that was learnt, with what it adds to each tag; `pairs`: the cues that it makes with the word after it.

    `packed`: the weights side by side in one number, so that one addition adds them all.
    """

    name: str
    packed: int = 0
    weights: dict[Key, int] = field(default_factory=dict)
    pairs: dict[Cue, Cue] = field(default_factory=dict)


# What was not learnt weighs nothing.
NOTHING = Cue("")
CUE, PAIRS, PACKED = attrgetter("cue"), attrgetter("pairs"), attrgetter("packed")


class Said(NamedTuple):
    """What a text gives to weigh: the cues of the rules that have all their words in it, then its words.

    `distinct`: how many words there are, those of two places counted once.
    """

    rules: set[Cue]
    words: list[str]
    distinct: int


class LearnedWords:
    """What weighs cues; the weights in any order, a start for each tag."""

    def __init__(self, weights: Iterable[Weight] = ()):
        by_name: dict[str, dict[Key, int]] = defaultdict(dict)
        for family, tag, name, weight in weights:
            by_name[name][family, tag] = weight
        starts = by_name.pop("", {})
        self._enough = {key: -start for key, start in starts.items()}
        # Each tag has as many bits as the sum of all its weights may need, the sign included.
        bits = 1 + max((_magnitude(by_name, key).bit_length() for key in starts), default=0)
        self._half = 1 << bits - 1
        self._shifts = {key: bits * place for place, key in enumerate(starts)}
        # Added once, it keeps each tag's sum above zero.
        self._level = sum(self._half << shift for shift in self._shifts.values())
        self._cues = {name: Cue(name, self._packed(of), of) for name, of in by_name.items()}
        self._by_form = Memo(self._word)
        if by_name:
            # Now rather than at the first text.
            _stemmer()
        for name in filter(_is_pair, by_name):
            first, second = (self._cues.setdefault(stem, Cue(stem)) for stem in name.split(" "))
            first.pairs[second] = self._cues[name]

    def _packed(self, weights: dict[Key, int]) -> int:
        return sum(weight << self._shifts[key] for key, weight in weights.items())

    def _word(self, form: str) -> Cue:
        return self._cues.get(stem_of(form), NOTHING)

    def _words(self, forms: Iterable[str]) -> list[Cue]:
        """The cue of each word as it is given; nothing for one that was not learnt."""
        return [*map(self._by_form.__getitem__, forms)]

    def rule(self, name: str) -> Cue:
        """The cue of a rule; nothing when it was not learnt."""
        return self._cues.get(name, NOTHING)

    def knows(self, key: Key) -> bool:
        """Whether a tag was learnt."""
        return key in self._enough

    def hear(self, said: Said, keys: Iterable[Key]) -> list[Key]:
        """Those of these tags, all of them learnt, that the cues of a text lay."""
        root, by_rules = sqrt(said.distinct), sum(map(PACKED, said.rules), self._level)
        possible = self._above(by_rules, IMPOSSIBLE, root, keys)
        if not possible:
            return []
        words = self._words(said.words)
        return self._above(sum(map(PACKED, {*words, *_pairs(words)}), by_rules), 0, root, possible)

    def _above(self, total: int, line: int, root: float, keys: Iterable[Key]) -> list[Key]:
        """The tags that are above a line, in hundredths, when a text's cues add up to this, the level included."""
        bits, half = 2 * self._half - 1, self._half
        return [key for key in keys if (total >> self._shifts[key] & bits) - half > (self._enough[key] + line) * root]

    def heaviest_places(self, key: Key, forms: list[str]) -> list[Interval]:
        """Where the words that weigh most for a tag stand first, the heaviest alone when none speaks for it."""
        words, places = self._words(forms), {}
        for place, cue in enumerate(words):
            places.setdefault(cue, (place, place + 1))
        for place, cue in enumerate(_pairs(words)):
            places.setdefault(cue, (place, place + 2))
        weighed = sorted(
            ((key in cue.weights, cue.weights.get(key, 0), place) for cue, place in places.items()), reverse=True
        )
        return [place for _, weight, place in weighed[:SHOWN] if weight > 0] or [weighed[0][2]]

    def heaviest(self, key: Key, count: int) -> list[str]:
        """The words that speak most for a tag, none when it was not learnt."""
        weighed = [(cue.weights.get(key, 0), name) for name, cue in self._cues.items() if OF_RULE not in name]
        return [name for weight, name in sorted(weighed, reverse=True)[:count] if weight > 0]


def _magnitude(by_name: dict[str, dict[Key, int]], key: Key) -> int:
    return sum(abs(weights.get(key, 0)) for weights in by_name.values())


def _pairs(words: list[Cue]) -> Iterator[Cue]:
    """The cue of each word with the one after it."""
    return map(dict.get, map(PAIRS, words), words[1:], repeat(NOTHING))


def _is_pair(name: str) -> bool:
    return " " in name and OF_RULE not in name


def stem_of(word: str) -> str:
    """The stem of a word, without accents."""
    return fold(_stemmer().stem(word.lower()))


@lru_cache(maxsize=1)
def _stemmer():
    # NLTK brings NumPy and pandas, which what only names words does without.
    return import_module("nltk.stem.snowball").FrenchStemmer()


def is_by_words(rule: str) -> bool:
    """Whether a tag's rule says that words laid it."""
    return rule.endswith(f".{BY_WORDS}")


def path_of(name: str) -> Path:
    """Where the words of this name are, shipped beside the référentiels."""
    return FOLDER / f"{name}.mots.csv"


@lru_cache(maxsize=2)
def learned_words(name: str) -> LearnedWords:
    """The words of this name."""
    with path_of(name).open(encoding="utf-8", newline="") as file:
        return LearnedWords(read_weights(csv.DictReader(file)))


def read_weights(rows: Iterable[dict[str, str]]) -> Iterator[Weight]:
    """The weights of a table: a row a cue, a column a tag, named « family.tag »."""
    for row in rows:
        name = row.pop("cue")
        for key, weight in row.items():
            if weight:
                yield Weight(*key.split(".", 1), name, int(weight))
