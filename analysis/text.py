"""Words of a French text: where they stand, in which sentence, and how they compare."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Skipped between the words of a pattern, so that « accès internet » finds « accès à l'internet ».
LITTLE_WORDS = frozenset(
    "le la les l de des du d un une a au aux ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos "
    "y se s".split()
)
# A letter may carry combining marks: decomposed text is read as it is, since spans index what was given.
TOKEN = re.compile(r"([^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*)|([.!?…;\n]+)|([,:()\[\]«»\"–—]+)")
# After one of these a dot ends no sentence.
ABBREVIATIONS = frozenset("m mme mr dr ex cf art tel st ste etc".split())
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case, without accents or ligatures."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(LIGATURES)


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """Lower case, composed, accents kept."""
    return unicodedata.normalize("NFC", word.lower())


def words(text: str) -> list[str]:
    """The words of a text in lower case, accents kept."""
    return [plain(match[1]) for match in TOKEN.finditer(text) if match[1]]


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words; the lists run in parallel, one entry a word.

    `ranks[i]` counts the words before i that are not little words; it has one more entry, for the end.
    """

    forms: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    clauses: list[int]
    ranks: list[int]


def cut(text: str) -> Words:
    """Cut a text into words, sentences and clauses."""
    found = Words([], [], [], [], [], [0])
    sentence = clause = rank = 0
    for match in TOKEN.finditer(text):
        kind = match.lastindex
        if kind == 1:
            form = match[1].lower()
            rank += fold(form) not in LITTLE_WORDS
            for column, value in zip(_columns(found), (form, *match.span(), sentence, clause, rank), strict=True):
                column.append(value)
            continue
        clause += 1
        if kind == 2 and not _abbreviated(match, found):
            sentence += 1
    return found


def _columns(found: Words) -> tuple[list, ...]:
    return found.forms, found.starts, found.ends, found.sentences, found.clauses, found.ranks


def _abbreviated(match: re.Match, found: Words) -> bool:
    return match[2] == "." and bool(found.forms) and found.forms[-1] in ABBREVIATIONS
