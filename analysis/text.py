"""Words of a French text: where they stand, in which sentence, and how they compare."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from typing import Any

# Skipped between the words of a pattern, so that « accès internet » finds « accès à l'internet ».
LITTLE_WORDS = frozenset(
    "le la les l de des du d un une a au aux ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos "
    "y se s".split()
)
LITTLE_FORMS = LITTLE_WORDS | {"à", "a\u0300"}
LONGEST_GAP = 200
CACHE, LONGEST_KEPT = 100_000, 40
# A letter may carry combining marks: decomposed text is read as it is, since spans index what was given.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
PIECES = re.compile(f"({WORD.pattern})")
# Nearly all texts have letters of these alone, with no mark that combines: they are cut by a list of letters, sooner.
LATIN = "".join(filter(str.isalnum, map(chr, range(0x250))))
BEYOND_LATIN = re.compile("[^\u0000-\u024f\u2010-\u203e\u20ac]")
LATIN_PIECES = re.compile(f"([{LATIN}]+)")
# What stands between most words, and ends nothing.
PLAIN_GAPS = frozenset(" '’-")
# What ends a sentence between two words, and a clause. The dot of « ameli.fr » or « 3.5 » ends nothing, nor does a
# line that goes on in lower case.
SENTENCE_END = re.compile(r"[!?…;]|\n(?![ \t]{0,8}[a-zà-ÿ])|\.(?![.0-9a-zà-ÿ])")
CLAUSE_END = re.compile(r"[,:()\[\]«»\"–—]")
# After one of these a dot ends no sentence.
ABBREVIATIONS = frozenset("m mme mr dr ex cf art tel st ste etc".split())
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


@lru_cache(maxsize=CACHE)
def fold(word: str) -> str:
    """Lower case, without accents or ligatures."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(LIGATURES)


@lru_cache(maxsize=CACHE)
def plain(word: str) -> str:
    """Lower case, composed, accents kept."""
    return unicodedata.normalize("NFC", word.lower())


def words(text: str) -> list[str]:
    """The words of a text in lower case, accents kept."""
    return [plain(form) for form in WORD.findall(text)]


class Memo(dict):
    """What a function gives for each word, kept: quicker to ask than `lru_cache`, and bounded in memory too.

    It is emptied when it holds too many words, and keeps none of the endless ones.
    """

    def __init__(self, compute: Callable[[str], Any]):
        super().__init__()
        self._compute = compute

    def __missing__(self, word: str):
        value = self._compute(word)
        if len(word) <= LONGEST_KEPT:
            if len(self) >= CACHE:
                self.clear()
            self[word] = value
        return value


class lazy:
    """`cached_property` without its lock, which before Python 3.12 costs more than what it keeps here."""

    def __init__(self, compute: Callable):
        self._compute = compute

    def __set_name__(self, _owner: type, name: str):
        self._name = name

    def __get__(self, owner, _type: type):
        value = owner.__dict__[self._name] = self._compute(owner)
        return value


class Words:
    """A text cut into words, sentences and clauses; its lists run in parallel, one entry a word, made when asked for.

    `given`: the words as written; `forms`: in lower case; `starts`, `ends`: code points, the end excluded.
    """

    def __init__(self, text: str):
        # One split gives a gap, a word, a gap… a gap: where all stand is the sum of their lengths.
        pieces = PIECES if BEYOND_LATIN.search(text) else LATIN_PIECES
        self._pieces = pieces.split(text)
        self.given = self._pieces[1::2]

    @lazy
    def forms(self) -> list[str]:
        return [*map(str.lower, self.given)]

    @lazy
    def _offsets(self) -> list[int]:
        return [*accumulate(map(len, self._pieces))]

    @lazy
    def starts(self) -> list[int]:
        return self._offsets[0:-1:2]

    @lazy
    def ends(self) -> list[int]:
        return self._offsets[1::2]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The code points of the words from `first` to `last`, this one excluded."""
        return self._offsets[2 * first], self._offsets[2 * last - 1]

    @lazy
    def sentence_starts(self) -> list[int]:
        """The words that begin a sentence, the first word among them."""
        return [0, *(place for place, ends in self._breaks if ends > 1)]

    @lazy
    def sentences(self) -> list[int]:
        return _numbered(len(self.given), self.sentence_starts[1:])

    @lazy
    def clauses(self) -> list[int]:
        return _numbered(len(self.given), [place for place, _ in self._breaks])

    @lazy
    def _breaks(self) -> list[tuple[int, int]]:
        """The words before which something ends, and what: 2 a sentence, 1 a clause."""
        odd = [(place, gap) for place, gap in enumerate(self._pieces[2:-1:2], 1) if gap not in PLAIN_GAPS]
        ends = [(place, _ENDS[gap[:LONGEST_GAP] + self.given[place][0]]) for place, gap in odd]
        return [(place, self._softened(place) if end > 1 else end) for place, end in ends if end]

    def _softened(self, place: int) -> int:
        """What ends before a word where a sentence seems to: less after an abbreviation."""
        dotted = self._pieces[2 * place][0] == "." and self.given[place - 1].lower() in ABBREVIATIONS
        return 1 if dotted else 2


def cut(text: str) -> Words:
    """Cut a text into words, sentences and clauses."""
    return Words(text)


def counts(word: str) -> bool:
    """Whether a word counts among those that stand between two others: the little words do not."""
    return word.lower() not in LITTLE_FORMS


def _numbered(length: int, begins: list[int]) -> list[int]:
    """For each word the number of its stretch, when a new one begins at these words."""
    steps = [0] * length
    for place in begins:
        steps[place] = 1
    return [*accumulate(steps)]


def _ends(between: str) -> int:
    """What ends between two words: 2 a sentence, 1 a clause, 0 nothing; the next letter closes what stands between."""
    if SENTENCE_END.search(between):
        return 2
    return 1 if CLAUSE_END.search(between) else 0


_ENDS = Memo(_ends)
