"""Terms that set some texts apart from others, from which people make or limit rules."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

import simplemma
from stop_words import get_stop_words

from analysis.text import LITTLE_WORDS, fold, words

# Below this many texts a term says more of chance than of the tag; above this z it is told.
SUPPORT, TOLD = 3, 1.96
PRIOR = 10.0


@dataclass(frozen=True)
class Term:
    """A word or two words in a row, by lemma; `support`: texts set apart that hold it, `against`: others that do.

    `precision`: the share of the texts holding it that are of the kind, as expected: (support + 1) / (holding + 2).
    """

    term: str
    z: float
    support: int
    against: int

    @property
    def precision(self) -> float:
        return (self.support + 1) / (self.support + self.against + 2)


def telling_terms(
    apart: Collection[str], others: Collection[str], read: Callable[[str], Iterable[str]] | None = None
) -> list[Term]:
    """The terms that the texts set apart hold more than the others, the most telling first.

    `read`: the terms of a text, once each, for whoever read them before; `terms_of` otherwise.

    Log-odds ratio with an informative Dirichlet prior, over texts that hold the term: with y of n texts apart, y′ of
    n′ others, and a prior α of PRIOR texts spread as in both, δ = ln((y + α)/(n + PRIOR − y − α)) − the same of the
    others, z = δ / √(1/(y + α) + 1/(y′ + α)).
    Source: Monroe, Colaresi & Quinn, « Fightin’ Words », Political Analysis 16 (2008).
    """
    held, held_by_others = _counts(apart, read or terms_of), _counts(others, read or terms_of)
    sizes = len(apart), len(others)
    found = [
        Term(term, _z(count, held_by_others[term], sizes), count, held_by_others[term])
        for term, count in held.items()
        if count >= SUPPORT
    ]
    told = [term for term in found if term.z > TOLD]
    return _widest(sorted(told, key=lambda term: (-term.z, -len(term.term), term.term)))


def _z(count: int, other: int, sizes: tuple[int, int]) -> float:
    alpha = PRIOR * (count + other) / sum(sizes)
    odds = log((count + alpha) / (sizes[0] + PRIOR - count - alpha))
    odds -= log((other + alpha) / (sizes[1] + PRIOR - other - alpha))
    return odds / sqrt(1 / (count + alpha) + 1 / (other + alpha))


def _widest(terms: list[Term]) -> list[Term]:
    """Without two words in a row that say no more than one of them, which comes before."""
    kept: list[Term] = []
    for term in terms:
        if not any(_covers(wider, term) for wider in kept):
            kept.append(term)
    return kept


def _covers(wider: Term, term: Term) -> bool:
    return wider.support >= term.support and bool(set(wider.term.split()) & set(term.term.split()))


def _counts(texts: Iterable[str], read: Callable[[str], Iterable[str]]) -> Counter:
    return Counter(term for text in texts for term in read(text))


def terms_of(text: str) -> set[str]:
    """The lemmas of a text that say something, and the pairs that follow each other, little words left out."""
    lemmas = [_lemma(word) for word in words(text) if fold(word) not in LITTLE_WORDS]
    alone = {lemma for lemma in lemmas if _says_something(lemma)}
    pairs = zip(lemmas, lemmas[1:], strict=False)
    return alone | {f"{a} {b}" for a, b in pairs if _says_something(a) and _says_something(b)}


@lru_cache(maxsize=50_000)
def _lemma(word: str) -> str:
    return simplemma.lemmatize(word, lang="fr").lower()


@lru_cache(maxsize=1)
def _empty_words() -> frozenset[str]:
    return frozenset(map(fold, get_stop_words("fr")))


def is_empty(word: str) -> bool:
    """Whether a word only links others."""
    return fold(word) in _empty_words()


def _says_something(lemma: str) -> bool:
    return len(lemma) > 2 and lemma.isalpha() and not is_empty(lemma)
