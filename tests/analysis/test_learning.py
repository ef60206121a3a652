"""What sets texts apart, how far people agree, how far rules do: against values worked by hand or another library."""

from math import log, sqrt

import pytest
from sklearn.metrics import precision_recall_fscore_support

from analysis.agreement import agreement, disagreements
from analysis.learning import PRIOR, telling_terms, terms_of
from analysis.quality import quality, spelling


def test_terms_are_lemmas_and_pairs_that_say_something():
    assert {"chèque", "énergie", "chèque énergie"} <= terms_of("Les chèques énergies sont là")
    assert not terms_of("Le la les de et ou")


def test_the_score_of_a_term_is_the_log_odds_with_its_prior():
    apart, others = ["bidule"] * 4 + ["marché"], ["marché"] * 15
    (term,) = telling_terms(apart, others)
    prior = PRIOR * 4 / 20
    delta = log((4 + prior) / (5 + PRIOR - 4 - prior)) - log(prior / (15 + PRIOR - prior))
    assert term.z == pytest.approx(delta / sqrt(1 / (4 + prior) + 1 / prior), abs=1e-12)
    assert (term.term, term.support, term.against, term.precision) == ("bidule", 4, 0, 5 / 6)


def test_a_term_of_two_texts_says_nothing():
    assert telling_terms(["bidule"] * 2, ["marché"] * 20) == []


def test_agreement_by_hand():
    first = {"a": {"x"}, "b": {"x"}, "c": {"x", "y"}, "d": set()}
    second = {"a": {"x"}, "b": set(), "c": {"x", "y"}, "d": set(), "e": {"x"}}
    x, y, z = agreement(first, second, ["x", "y", "z"])
    # x: 8 values, 5 given, 3 not. Observed 1/4 of pairs apart; expected 2·5·3 / (8·7).
    assert (x.both, x.first, x.second, x.f1) == (2, 1, 0, 0.8)
    assert x.alpha == pytest.approx(1 - (1 / 4) / (30 / 56), abs=1e-12)
    assert (y.f1, y.alpha) == (1.0, 1.0) and (z.f1, z.alpha) == (None, None)
    assert disagreements(first, second) == ["b"]


def test_precision_recall_and_f1_are_those_of_scikit_learn():
    found = [{"x"}, {"x", "y"}, set(), {"y"}, {"x"}]
    expected = [{"x"}, {"y"}, {"x"}, {"y"}, {"x"}]
    whole, x, y = quality(found, expected, ["x", "y"])
    tables = [[[code in given for code in "xy"] for given in side] for side in (expected, found)]
    precision, recall, f1, support = precision_recall_fscore_support(*tables, average=None)
    assert (x.precision, x.recall, x.f1, x.n) == pytest.approx((precision[0], recall[0], f1[0], support[0]))
    assert (y.precision, y.recall, y.f1, y.n) == pytest.approx((precision[1], recall[1], f1[1], support[1]))
    assert whole.f1 == pytest.approx(precision_recall_fscore_support(*tables, average="micro")[2])
    assert whole.low <= whole.f1 <= whole.high


def test_intervals_come_back_from_the_seed_and_nothing_gives_no_figure():
    found, expected = [{"x"}, set(), {"x"}] * 5, [{"x"}, {"x"}, set()] * 5
    assert quality(found, expected, ["x"]) == quality(found, expected, ["x"])
    nothing = quality([set()], [set()], ["x"])[1]
    assert (nothing.precision, nothing.recall, nothing.f1, nothing.low) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("Les démarches en ligne sont trop compliquées pour mes parents.", "soignée"),
        ("jarrive pa a fère mai papié sur internete sé tro dur", "très libre"),
        ("Oui", "soignée"),
    ],
)
def test_spelling_is_read_from_the_words_that_no_dictionary_knows(text, spelt):
    assert spelling(text) == spelt
