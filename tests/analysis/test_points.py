import numpy as np
import pytest

from analysis.heard import hear
from analysis.points import answer_points, borda_over_offered, borda_over_retained, placed
from tests.analysis.made import chosen, frames, people, ranked, said


def _positions(*options):
    """The positions of one person's ranking."""
    answered = hear(frames(people(g=1), answers=[ranked("g0", "q", *options)])).answers
    return placed(answered)[0].tolist()


def test_tied_ranks_share_the_mean_of_the_positions_they_fill():
    assert _positions("x=y", "z") == [1.5, 1.5, 3.0]
    assert _positions("x", "y=z=u") == [1.0, 3.0, 3.0, 3.0]


def test_two_ranked_of_four_offered():
    """Positions 1, 2 get 4 and 3 of 10; the two others share 2 and 1: (4 − 2 + 1) / 2 = 1.5 of 10 each."""
    ranked_points, unranked = borda_over_offered(np.array([1, 2]), 2, 4)
    assert ranked_points.tolist() == pytest.approx([0.4, 0.3])
    assert unranked == pytest.approx(0.15)


def test_three_retained_share_six_points():
    assert borda_over_retained(np.array([1, 2, 3]), 3).tolist() == pytest.approx([3 / 6, 2 / 6, 1 / 6])
    assert borda_over_retained(np.array([1.5, 1.5]), 2).tolist() == pytest.approx([0.5, 0.5])


def _points(*answers):
    answered = hear(frames(people(g=2), answers=answers)).answers
    return dict(zip(zip(answered["person"], answered["option"], strict=True), answer_points(answered), strict=True))


def test_silent_answers_carry_nothing():
    assert _points(ranked("g0", "q", "nsp"), ranked("g1", "q", "x", "refus")) == {(1, "x"): 1.0}


def test_choices_weigh_the_same():
    assert _points(chosen("g0", "q", "x", "y"), chosen("g1", "q", "x")) == {(0, "x"): 0.5, (0, "y"): 0.5, (1, "x"): 1.0}


def _pairs(*texts, **columns):
    heard = hear(frames(people(g=1), spoken=[said("g0", *texts, **columns)]))
    return heard.counts("freins", ("a1", "b1")).tolist()


def test_a_tag_counts_once_a_contribution():
    assert _pairs("a1 a1 b1", "a1", feeds="freins usages") == [[2.0, 1.0]]


def test_a_blank_answer_is_none():
    assert _points(chosen("g0", "q", ""), chosen("g1", "q", "x")) == {(1, "x"): 1.0}


@pytest.mark.parametrize("columns", [{"feeds": "usages"}, {"prompted": 1}])
def test_words_prompted_or_fed_elsewhere_do_not_count(columns):
    assert _pairs("a1", **columns) == [[0.0, 0.0]]
