"""Stability intervals: how much a figure would move had a few other people been heard.

The sample is purposive, so these are no confidence intervals of a population.
"""

import zlib

import numpy as np

LEVEL = 0.95
# Cells of a block of draws: what bounds the memory, whatever the number of people.
BLOCK = 4_000_000


def rao_wu_sums(columns: np.ndarray, units: np.ndarray, draws: int, seed: int, stratum: str) -> np.ndarray | None:
    """The columns' weighted sums in each draw: draws × columns; None under 2 units, where nothing can be drawn.

    Rao & Wu (1988), JASA 83: in a stratum of n units draw n − 1 with replacement and weigh each by n / (n − 1).
    `columns`: people × columns; `units`: each one's unit, the person or the workshop. The seed and the stratum's name
    fix the draw, so that measures of the same people are drawn together.
    """
    names, unit = np.unique(units, return_inverse=True)
    size = len(names)
    if size < 2:
        return None
    if size < len(units):
        columns = np.stack([np.bincount(unit, column, size) for column in columns.T], axis=1)
    generator = np.random.default_rng([seed, zlib.crc32(stratum.encode())])
    block = max(BLOCK // size, 1)
    sums = [_times_drawn(generator, min(block, draws - done), size) @ columns for done in range(0, draws, block)]
    return np.concatenate(sums) * (size / (size - 1))


def _times_drawn(generator, draws: int, size: int) -> np.ndarray:
    """How many times each unit is drawn, in each draw: as a multinomial, but faster when there are many units."""
    drawn = generator.integers(size, size=(draws, size - 1), dtype=np.int32)
    drawn = drawn + np.arange(draws)[:, None] * size
    return np.bincount(drawn.ravel(), minlength=draws * size).reshape(draws, size).astype(float)


def percentile_interval(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The bounds that hold the middle 95 % of the draws, by option."""
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return low, high
