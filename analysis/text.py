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
# A word, the end of a sentence, the end of a clause. A letter may carry combining marks: decomposed text is read as
# it is, since spans index what was given. The dot of « ameli.fr » or « 3.5 » ends nothing, nor does a line
# that goes on in lower case.
TOKEN = re.compile(
    r"([^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*)"
    r"|([!?…;]+|\n(?![ \t]{0,8}[a-zà-ÿ])|\.+(?![0-9a-zà-ÿ]))"
    r"|([,:()\[\]«»\"–—]+)"
)
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
    forms, starts, ends, sentences, clauses, ranks = [], [], [], [], [], [0]
    sentence = clause = 0
    for match in TOKEN.finditer(text):
        if match.lastindex == 1:
            form = match[1].lower()
            forms.append(form)
            starts.append(match.start())
            ends.append(match.end())
            sentences.append(sentence)
            clauses.append(clause)
            ranks.append(ranks[-1] + (fold(form) not in LITTLE_WORDS))
        else:
            clause += 1
            sentence += match.lastindex == 2 and not (match[2] == "." and forms and forms[-1] in ABBREVIATIONS)
    return Words(forms, starts, ends, sentences, clauses, ranks)
