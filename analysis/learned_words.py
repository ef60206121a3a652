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
from functools import lru_cache
from importlib import import_module
from itertools import repeat
from math import sqrt
from operator import lshift, or_
from pathlib import Path
from typing import NamedTuple

from analysis.text import Memo, fold

FOLDER = Path(__file__).parent / "referentials"
# The passages shown: the words that weighed most.
SHOWN = 3
# Words are weighed only for the tags that rules alone bring this near the line, in hundredths: it changes nothing on
# texts that nobody read, and most texts are done with sooner.
IMPOSSIBLE = -350
# Nor in long texts, where they change nothing either: rules have enough to stand on.
LONGEST = 100
# Stands where a rule's number would.
BY_WORDS = "mots"
# In a rule's name between the tag and what is written: no word has it.
OF_RULE = ": "
Key = tuple[str, str]
Interval = tuple[int, int]
# The number of a cue: 0 when nothing was learnt of it, that of two words side by side being theirs side by side.
Cue = int
UNKNOWN, BITS_OF_A_WORD = 0, 32


class Weight(NamedTuple):
    """What a cue adds to a tag, in hundredths; the tag's start has no name."""

    family: str
    tag: str
    name: str
    weight: int


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
        self._numbers: dict[str, Cue] = {}
        self._names: dict[Cue, str] = {}
        self._starts: dict[Key, int] = {}
        self._weights: dict[Key, dict[Cue, int]] = defaultdict(dict)
        for family, tag, name, weight in weights:
            if name:
                self._weights[family, tag][self._number(name)] = weight
            else:
                self._starts[family, tag] = weight
        self._by_form = Memo(self._word)
        if self._names:
            # Now rather than at the first text.
            _stemmer()

    def _number(self, name: str) -> Cue:
        """The number of a cue that is learnt."""
        if _is_pair(name):
            number = next(_pairs([self._numbered(stem) for stem in name.split(" ")]))
        else:
            number = self._numbered(name)
        self._names[number] = name
        return number

    def _numbered(self, name: str) -> Cue:
        return self._numbers.setdefault(name, len(self._numbers) + 1)

    def _word(self, form: str) -> Cue:
        return self._numbers.get(stem_of(form), UNKNOWN)

    def _words(self, forms: Iterable[str]) -> list[Cue]:
        """The cue of each word as it is given."""
        return [*map(self._by_form.__getitem__, forms)]

    def rule(self, name: str) -> Cue:
        """The cue of a rule."""
        return self._numbers.get(name, UNKNOWN)

    def knows(self, key: Key) -> bool:
        """Whether a tag was learnt."""
        return key in self._starts

    def hear(self, said: Said, keys: Iterable[Key]) -> list[Key]:
        """Those of these tags, all of them learnt, that the cues of a text lay."""
        if len(said.words) > LONGEST:
            return []
        root = sqrt(said.distinct)
        by_rules = {key: self._weigh(key, said.rules) + self._starts[key] * root for key in keys}
        possible = {key: above for key, above in by_rules.items() if above > IMPOSSIBLE * root}
        if not possible:
            return []
        words = self._words(said.words)
        cues = {*words, *_pairs(words)}
        return [key for key, above in possible.items() if above + self._weigh(key, cues) > 0]

    def _weigh(self, key: Key, cues: set[Cue]) -> int:
        """What cues add up to for a tag, in hundredths."""
        return sum(map(self._weights[key].get, cues, repeat(0)))

    def heaviest_places(self, key: Key, forms: list[str]) -> list[Interval]:
        """Where the words that weigh most for a tag stand first, the heaviest alone when none speaks for it."""
        words, weights = self._words(forms), self._weights[key]
        first: dict[Cue, Interval] = {}
        for length, cues in (1, words), (2, _pairs(words)):
            for place, cue in enumerate(cues):
                if cue in weights and cue not in first:
                    first[cue] = (place, place + length)
        weighed = sorted(((weights[cue], place) for cue, place in first.items()), reverse=True)
        spoken = [place for weight, place in weighed[:SHOWN] if weight > 0]
        return spoken or [place for _, place in weighed[:1]] or [(0, len(forms))]

    def heaviest(self, key: Key, count: int) -> list[str]:
        """The words that speak most for a tag, none when it was not learnt."""
        named = ((weight, self._names[cue]) for cue, weight in self._weights[key].items() if weight > 0)
        return [name for _, name in sorted(named, reverse=True) if OF_RULE not in name][:count]


def _pairs(words: list[Cue]) -> Iterator[Cue]:
    """The cue of each word with the one after it."""
    return map(or_, map(lshift, words, repeat(BITS_OF_A_WORD)), words[1:])


def _is_pair(name: str) -> bool:
    return " " in name and OF_RULE not in name


def stem_of(word: str) -> str:
    """The stem of a word, without accents."""
    return fold(_stemmer().stem(word.lower()))


@lru_cache(maxsize=1)
def _stemmer():
    # NLTK brings NumPy and pandas, which what only names words does without.
    return import_module("nltk.stem.snowball").FrenchStemmer()


def rule_by_words(family: str, tag: str) -> str:
    """The rule of a tag that words laid."""
    return f"{family}.{tag}.{BY_WORDS}"


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
