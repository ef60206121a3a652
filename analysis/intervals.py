"""Stability intervals: how much a figure would move had a few other people been heard.

The sample is purposive, so these are no confidence intervals of a population.
"""

import zlib
from dataclasses import dataclass

import numpy as np

LEVEL = 0.95


@dataclass(frozen=True)
class Ratio:
    """A measure as a ratio: `numerator` (people × options) over `denominator` (people), summed over people."""

    numerator: np.ndarray
    denominator: np.ndarray

    def value(self) -> np.ndarray:
        """Σ numerator / Σ denominator, by option."""
        return self.numerator.sum(axis=0) / self.denominator.sum()


def rao_wu_draws(ratio: Ratio, units: np.ndarray, draws: int, seed: int, stratum: str) -> np.ndarray | None:
    """The ratio recomputed in each draw: draws × options; None under 2 units, where nothing can be drawn.

    Rao & Wu (1988), JASA 83: in a stratum of n units draw n − 1 with replacement and weigh each by n / (n − 1).
    `units` gives each person's unit: the person, or the workshop. The seed and the stratum's name fix the draw.
    """
    _, unit = np.unique(units, return_inverse=True)
    size = unit.max() + 1
    if size < 2:
        return None
    numerator = np.zeros((size, ratio.numerator.shape[1]))
    np.add.at(numerator, unit, ratio.numerator)
    denominator = np.bincount(unit, weights=ratio.denominator, minlength=size)
    generator = np.random.default_rng([seed, zlib.crc32(stratum.encode())])
    weights = generator.multinomial(size - 1, np.full(size, 1 / size), size=draws) * (size / (size - 1))
    return (weights @ numerator) / (weights @ denominator)[:, None]


def percentile_interval(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The bounds that hold the middle 95 % of the draws, by option."""
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return low, high
