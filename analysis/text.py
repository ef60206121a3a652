"""Words of a French text: where they stand, in which sentence, and how they compare."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

# Skipped between the words of a pattern, so that « accès internet » finds « accès à l'internet ».
LITTLE_WORDS = frozenset(
    "le la les l de des du d un une a au aux ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos "
    "y se s".split()
)
LITTLE_FORMS = LITTLE_WORDS | {"à", "a\u0300"}
LONGEST_GAP = 200
# A letter may carry combining marks: decomposed text is read as it is, since spans index what was given.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
# What ends a sentence between two words, and a clause. The dot of « ameli.fr » or « 3.5 » ends nothing, nor does a
# line that goes on in lower case.
SENTENCE_END = re.compile(r"[!?…;]|\n(?![ \t]{0,8}[a-zà-ÿ])|\.(?![.0-9a-zà-ÿ])")
CLAUSE_END = re.compile(r"[,:()\[\]«»\"–—]")
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
    return [plain(form) for form in WORD.findall(text)]


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
    spans = [match.span() for match in WORD.finditer(text)]
    forms = [text[start:end].lower() for start, end in spans]
    ranks = [0, *accumulate(form not in LITTLE_FORMS for form in forms)]
    sentences, clauses = [0][: len(forms)], [0][: len(forms)]
    sentence = clause = 0
    for place, ((_, end), (start, _)) in enumerate(pairwise(spans)):
        if (between := text[end:start]) != " ":
            ends = _ends(between[:LONGEST_GAP], text[start])
            clause += ends > 0
            sentence += ends > 1 and not (between[0] == "." and forms[place] in ABBREVIATIONS)
        sentences.append(sentence)
        clauses.append(clause)
    return Words(forms, [start for start, _ in spans], [end for _, end in spans], sentences, clauses, ranks)


@lru_cache(maxsize=50_000)
def _ends(between: str, following: str) -> int:
    """What ends between two words: 2 a sentence, 1 a clause, 0 nothing; `following` is the letter that comes next."""
    if SENTENCE_END.search(between + following):
        return 2
    return 1 if CLAUSE_END.search(between) else 0
