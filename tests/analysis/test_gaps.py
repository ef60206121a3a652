import numpy as np
import pytest
from scipy import stats

from analysis.gaps import benjamini_hochberg, gaps
from analysis.heard import hear
from analysis.scoring import sections_of
from analysis.strata import Drawing
from tests.analysis.made import Referential, frames, people, ranked, said


def _gaps(*args, draws=200, **kwargs):
    heard, drawing = hear(frames(*args, **kwargs)), Drawing(draws, 7)
    table = gaps(list(sections_of(heard, Referential(), drawing)), heard.people, drawing)
    return table[(table["section"] == "freins.champs") & (table["measure"] == "cited")]


def _gap(table, group, option, column="gap", way="words"):
    rows = table[(table["group"] == group) & (table["option"] == option) & (table["way"] == way)]
    return rows.iloc[0][column]


THREE = [said("f0", "a1"), said("f1", "a1 b1"), said("g0", "b1"), said("g1", "b1"), said("h0", "a1"), said("h1", "c1")]


def test_a_gap_is_to_the_mean_of_the_other_groups():
    """a1 cited by 1, 0 and 1/2: f is 1 − (0 + 1/2)/2 = .75 above the others."""
    table = _gaps(people(f=2, g=2, h=2), spoken=THREE)
    assert [_gap(table, group, "a1") for group in "fgh"] == pytest.approx([0.75, -0.75, 0.0])
    assert _gap(table, "f", "a1", "low") <= 0.75 <= _gap(table, "f", "a1", "high")


def test_rankings_are_compared_with_rankings_alone():
    """f ranked a1, g ranked b1; h spoke alone: in words it has nobody to be compared with."""
    answers = [ranked("f0", "freins.champs.acces", "a1"), ranked("g0", "freins.champs.autonomie", "b1")]
    table = _gaps(people(f=1, g=1, h=1), answers=answers, spoken=[said("h0", "a1")])
    assert [_gap(table, group, "a1", way="answers") for group in "fg"] == [1.0, -1.0]
    assert np.isnan(_gap(table, "h", "a1"))


def test_w_between_groups_orders_their_values():
    """Values of (a1, b1, c1, the five others): f (1, .5, 0, 0…), g (0, 1, 0, 0…), h (.5, 0, .5, 0…).

    Ranks from the lowest: f 8 7 and 3.5 six times; g 8 once, 4 seven times; h 7.5 twice, 3.5 six times.
    """
    table = _gaps(people(f=2, g=2, h=2), spoken=THREE)
    ranks = np.array([[8, 7] + [3.5] * 6, [4, 8] + [4] * 6, [7.5, 3.5, 7.5] + [3.5] * 5])
    w = stats.friedmanchisquare(*ranks.T).statistic / (3 * 7)
    assert _gap(table, "f", "a1", "w_between") == pytest.approx(w)
    assert _gap(table, "f", "a1", "mean_rho") == pytest.approx((3 * w - 1) / 2)
    assert _gap(table, "g", "a1", "w_within") == pytest.approx(1.0)


def test_adjusted_p_values_are_those_of_benjamini_and_hochberg():
    p = np.array([0.01, np.nan, 0.04, 0.03, 0.8, 0.005])
    known = ~np.isnan(p)
    q = benjamini_hochberg(p)
    assert q[known] == pytest.approx(stats.false_discovery_control(p[known]))
    assert np.isnan(q[1])


def test_a_clear_gap_is_separated_and_one_that_never_moves_has_no_p():
    spoken = [said(f"f{n}", "a1 b1" if n % 4 else "b1") for n in range(40)]
    spoken += [said(f"g{n}", "b1" if n % 4 else "a1 b1") for n in range(40)]
    table = _gaps(people(f=40, g=40), spoken=spoken)
    assert (_gap(table, "f", "a1", "separated"), _gap(table, "f", "b1", "p")) == (1, 1.0)


def test_too_few_people_have_no_interval_and_are_marked():
    table = _gaps(people(f=1, g=2), spoken=[said("f0", "a1"), said("g0", "a1"), said("g1", "b1")])
    assert np.isnan(_gap(table, "g", "a1", "low")) and _gap(table, "g", "a1", "fragile") == "fragile"
