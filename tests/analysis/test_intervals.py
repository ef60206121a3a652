import numpy as np
import pytest

from analysis.intervals import Ratio, percentile_interval, rao_wu_draws


def _ratio(values):
    return Ratio(np.array(values, dtype=float)[:, None], np.ones(len(values)))


def test_one_unit_has_no_draws():
    assert rao_wu_draws(_ratio([1, 0, 1]), np.array(["w", "w", "w"]), 10, 1, "g") is None


def test_variance_of_a_mean_is_that_of_the_textbook():
    """Rao and Wu's rescaled draws have exactly s²/n as variance, s² being divided by n − 1."""
    values = np.array([0, 0, 1, 3, 5, 8, 2, 2])
    draws = rao_wu_draws(_ratio(values), np.arange(8).astype(str), 40_000, 3, "g")
    assert draws.var() == pytest.approx(values.var(ddof=1) / 8, rel=0.03)


def test_people_of_one_workshop_are_drawn_together():
    """Two workshops of identical people: a draw takes one of the two, so the value is 0 or 1, never between."""
    draws = rao_wu_draws(_ratio([1, 1, 1, 0, 0, 0]), np.array(list("aaabbb")), 200, 5, "g")
    assert set(draws.ravel().tolist()) == {0.0, 1.0}


def test_same_seed_and_stratum_draw_the_same():
    units = np.arange(4).astype(str)
    first, again = (rao_wu_draws(_ratio([1, 2, 3, 4]), units, 50, 9, "g") for _ in range(2))
    assert (first == again).all()
    assert (first != rao_wu_draws(_ratio([1, 2, 3, 4]), units, 50, 9, "other")).any()


def test_interval_holds_the_middle_of_the_draws():
    low, high = percentile_interval(np.arange(1001, dtype=float)[:, None])
    assert (low[0], high[0]) == pytest.approx((25.0, 975.0))
