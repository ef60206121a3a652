"""How far raters order the same options alike: Kendall's W."""

import numpy as np

from analysis.points import DIGITS


def kendall_w(values) -> float:
    """Kendall's W of raters (rows) on options (columns), corrected for ties; nan when nothing is ordered.

    Kendall & Babington Smith (1939); Siegel & Castellan (1988), § 9.6: with R the sums of the m raters' ranks over n
    options, W = 12 Σ(R − R̄)² / (m²(n³ − n) − m Σ_j T_j), T_j = Σ(t³ − t) over rater j's groups of t tied options.
    """
    values = np.asarray(values, dtype=float).round(DIGITS)
    raters, options = values.shape
    ranks, ties = _ranks(values)
    below = raters**2 * (options**3 - options) - raters * ties
    if raters < 2 or below <= 0:
        return float("nan")
    return float(12 * ((ranks - ranks.mean()) ** 2).sum() / below)


def _ranks(values: np.ndarray) -> tuple[np.ndarray, float]:
    """The sums of the raters' ranks, tied options sharing the mean of theirs, and Σ T over the raters."""
    sums, ties = np.zeros(values.shape[1]), 0.0
    for place in range(values.shape[1]):
        own = values[:, [place]]
        equal = (values == own).sum(axis=1)
        sums[place] = ((values < own).sum(axis=1) + (equal + 1) / 2).sum()
        ties += float((equal.astype(float) ** 2 - 1).sum())
    return sums, ties


def mean_spearman(w: float, raters: int) -> float:
    """The mean of Spearman's ρ over the pairs of raters that a W stands for: (m W − 1) / (m − 1)."""
    return (raters * w - 1) / (raters - 1) if raters > 1 else float("nan")
