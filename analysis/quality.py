"""How well rules find what people settled: precision, recall and F1 by tag, with intervals."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
import simplemma

from analysis.learning import is_empty
from analysis.text import words

DRAWS, SEED = 1000, 20180601
# Shares of words that no dictionary knows, under which a text is careful, then nearly so.
CAREFUL, LOOSE = 0.05, 0.15
SPELLINGS = ("soignée", "quelques fautes", "très libre")


@dataclass(frozen=True)
class Quality:
    """Precision, recall and F1 of one tag, or of a whole family (micro); `low` and `high` bound F1.

    `n`: texts that carry it. A figure is None when nothing allows it: nothing found, or nothing to find.
    """

    code: str
    n: int
    precision: float | None
    recall: float | None
    f1: float | None
    low: float | None
    high: float | None


def quality(found: Sequence[Set[str]], expected: Sequence[Set[str]], codes: Sequence[str]) -> list[Quality]:
    """The family as a whole (code ""), then each tag; `found` and `expected` run in parallel, one entry a text.

    F1 = 2TP / (2TP + FP + FN); its interval holds 95 % of DRAWS seeded redraws of the texts with replacement
    (percentile bootstrap: Efron & Tibshirani, 1993, § 13.3).
    """
    rules, people = (_matrix(side, codes) for side in (found, expected))
    weights = _redraws(len(expected))
    whole = _measured("", rules, people, weights)
    columns = ((code, rules[:, [place]], people[:, [place]]) for place, code in enumerate(codes))
    return [whole, *(_measured(*column, weights) for column in columns)]


def _matrix(side: Sequence[Set[str]], codes: Sequence[str]) -> np.ndarray:
    return np.array([[code in given for code in codes] for given in side], dtype=bool).reshape(len(side), len(codes))


def _redraws(texts: int) -> np.ndarray:
    if not texts:
        return np.zeros((DRAWS, 0))
    return np.random.default_rng(SEED).multinomial(texts, np.full(texts, 1 / texts), size=DRAWS)


def _measured(code: str, rules: np.ndarray, people: np.ndarray, weights: np.ndarray) -> Quality:
    hits, extra, missed = ((a & b).sum(axis=1) for a, b in ((rules, people), (rules, ~people), (~rules, people)))
    tops, bottoms = 2 * hits, 2 * hits + extra + missed
    f1 = _share(tops.sum(), bottoms.sum())
    low, high = (None, None) if f1 is None else _interval(weights @ tops, weights @ bottoms)
    recalled, precise = hits.sum() + missed.sum(), hits.sum() + extra.sum()
    return Quality(code, int(recalled), _share(hits.sum(), precise), _share(hits.sum(), recalled), f1, low, high)


def _share(part, whole) -> float | None:
    return float(part / whole) if whole else None


def _interval(tops: np.ndarray, bottoms: np.ndarray) -> tuple[float, float]:
    drawn = tops[bottoms > 0] / bottoms[bottoms > 0]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def spelling(text: str) -> str:
    """How carefully a text is spelt, by the share of its longer words that no dictionary knows."""
    longer = [word for word in words(text) if len(word) > 3 and word.isalpha() and not is_empty(word)]
    if not longer:
        return SPELLINGS[0]
    unknown = sum(not simplemma.is_known(word, lang="fr") for word in longer) / len(longer)
    return SPELLINGS[0] if unknown <= CAREFUL else SPELLINGS[1] if unknown <= LOOSE else SPELLINGS[2]
