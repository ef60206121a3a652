"""How far votes on an ordered scale agree. Each takes the counts or shares of the K levels, in the scale's order."""

import numpy as np

# Beyond what a share of floats holds.
NOTHING = 1e-12


def leik_dispersion(counts) -> float:
    """Leik's D: 0 when all vote alike, 1 when they are halves at the two ends.

    Leik (1966), Pacific Sociological Review 9: with F_k the cumulative shares and d_k = F_k under ½, else 1 − F_k,
    D = 2 Σ d_k / (K − 1). Consensus is 1 − D.
    """
    shares = np.asarray(counts, dtype=float)
    reached = np.cumsum(shares) / shares.sum()
    return float(2 * np.where(reached < 0.5, reached, 1 - reached).sum() / (len(shares) - 1))


def agreement(counts) -> float:
    """van der Eijk's A: 1 when all vote alike, 0 when they spread evenly, −1 when they are halves at the two ends.

    van der Eijk (2001), Quality & Quantity 35: the distribution is cut in layers, each level in it or not; A is their
    mean, weighed by their mass.
    """
    left = np.asarray(counts, dtype=float)
    left = left / left.sum()
    total = 0.0
    while left.max() > NOTHING:
        pattern = left > NOTHING
        height = left[pattern].min()
        total += height * pattern.sum() * _layer(pattern)
        left = np.where(pattern, left - height, 0.0)
    return float(total)


def _layer(pattern: np.ndarray) -> float:
    """A of a layer of S of K levels: U (1 − (S − 1) / (K − 1))."""
    size, levels = int(pattern.sum()), len(pattern)
    return _unimodality(pattern) * (1 - (size - 1) / (levels - 1))


def _unimodality(pattern: np.ndarray) -> float:
    """U = ((K − 2) TU − (K − 1) TDU) / ((K − 2)(TU + TDU)), over the triples 110 or 011 (TU) and 101 (TDU)."""
    levels, inside = len(pattern), np.flatnonzero(pattern)
    outside = np.flatnonzero(~pattern)
    pairs = len(inside) * (len(inside) - 1) // 2
    apart = sum((inside < hole).sum() * (inside > hole).sum() for hole in outside)
    together = pairs * len(outside) - apart
    if not apart + together:
        return 1.0
    return float(((levels - 2) * together - (levels - 1) * apart) / ((levels - 2) * (together + apart)))
