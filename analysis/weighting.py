"""Every group weighs the same, whatever the number of people heard in it."""

from collections.abc import Sequence

import numpy as np


def mean_of_groups(values: Sequence[np.ndarray]) -> np.ndarray:
    """The mean of the groups' values, each group weighing the same. Shape kept."""
    return np.mean(np.asarray(values), axis=0)


def kish_size(sizes: Sequence[int]) -> float:
    """Effective size of a mean of G groups of n_g people: G² / Σ(1 / n_g), in people.

    Kish (1965), Survey Sampling: n_eff = (Σw)² / Σw², with w = 1 / (G·n_g) for each person of group g.
    """
    return len(sizes) ** 2 / sum(1 / size for size in sizes)
