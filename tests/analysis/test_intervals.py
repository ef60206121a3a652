import numpy as np
import pytest

from analysis.intervals import percentile_interval, rao_wu_sums


def _mean_draws(values, units, draws, seed, stratum="g"):
    """The mean of the values in each draw."""
    columns = np.array([values, np.ones(len(values))], dtype=float).T
    sums = rao_wu_sums(columns, np.array(units), draws, seed, stratum)
    return None if sums is None else sums[:, 0] / sums[:, 1]


def test_one_unit_has_no_draws():
    assert _mean_draws([1, 0, 1], ["w", "w", "w"], 10, 1) is None


def test_variance_of_a_mean_is_that_of_the_textbook():
    """Rao and Wu's rescaled draws have exactly s²/n as variance, s² being divided by n − 1."""
    values = np.array([0, 0, 1, 3, 5, 8, 2, 2])
    draws = _mean_draws(values, np.arange(8), 40_000, 3)
    assert draws.var() == pytest.approx(values.var(ddof=1) / 8, rel=0.03)


def test_people_of_one_workshop_are_drawn_together():
    """Two workshops of identical people: a draw takes one of the two, so the value is 0 or 1, never between."""
    draws = _mean_draws([1, 1, 1, 0, 0, 0], list("aaabbb"), 200, 5)
    assert set(draws.tolist()) == {0.0, 1.0}


def test_each_draw_takes_one_unit_less_and_weighs_it_up():
    """Four units of one person: three are drawn, each weighing 4/3, so every draw weighs four."""
    sums = rao_wu_sums(np.ones((4, 1)), np.arange(4), 50, 1, "g")
    assert sums.ravel().tolist() == pytest.approx([4.0] * 50)


def test_draws_do_not_depend_on_the_blocks_that_memory_allows(monkeypatch):
    whole = _mean_draws([1, 2, 3, 4], np.arange(4), 50, 9)
    monkeypatch.setattr("analysis.intervals.BLOCK", 28)
    assert _mean_draws([1, 2, 3, 4], np.arange(4), 50, 9).tolist() == pytest.approx(whole.tolist())


def test_same_seed_and_stratum_draw_the_same():
    first, again = (_mean_draws([1, 2, 3, 4], np.arange(4), 50, 9) for _ in range(2))
    assert (first == again).all()
    assert (first != _mean_draws([1, 2, 3, 4], np.arange(4), 50, 9, "other")).any()


def test_interval_holds_the_middle_of_the_draws():
    low, high = percentile_interval(np.arange(1001, dtype=float)[:, None])
    assert (low[0], high[0]) == pytest.approx((25.0, 975.0))
