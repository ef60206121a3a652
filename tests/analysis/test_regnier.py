import pytest

from analysis.errors import BadInput
from analysis.heard import hear
from analysis.regnier import regnier
from analysis.strata import Drawing
from tests.analysis.made import frames, people, voted


def _regnier(who, *votes, groups=None):
    return regnier(hear(frames(who, answers=votes, groups=groups)), Drawing(100, 3))


def _row(table, statement="regnier.s", view="total", group=""):
    rows = table[(table["statement"] == statement) & (table["view"] == view) & (table["group"] == group)]
    (row,) = rows.to_dict("records")
    return row


def test_colours_blank_and_black_apart():
    """f: 5 5 4 blanc; g: 1 noir. Distributions (2/3, 1/3, 0, 0, 0) and (0, 0, 0, 0, 1).

    Total: (1/3, 1/6, 0, 0, 1/2); mean 5/3 + 4/6 + 1/2 = 17/6. Blanc (1/4 + 0)/2, noir (0 + 1/2)/2.
    D: cumulative 1/3, 1/2, 1/2, 1/2, 1 → (1/3 + 3 × 1/2)·2/4 = 11/12.
    A, in layers: 11001 of mass 1/2, U = (3·2 − 4·4)/(3·6) = −5/9, A = −5/18; 10001 of mass 1/3, A = −1; the rest, 1/6,
    A = 1. −5/36 − 12/36 + 6/36 = −11/36.
    """
    table = _regnier(people(f=4, g=2), voted(5, "f0", "f1"), voted(4, "f2"), voted("blanc", "f3"), voted(1, "g0"),
                     voted("noir", "g1"))  # fmt: skip
    row = _row(table)
    assert [row[f"colour_{n}"] for n in (5, 4, 3, 2, 1)] == pytest.approx([1 / 3, 1 / 6, 0, 0, 1 / 2])
    assert (row["mean"], row["blanc"], row["noir"]) == pytest.approx((17 / 6, 1 / 8, 1 / 4))
    assert (row["consensus"], row["agreement"]) == pytest.approx((1 / 12, -11 / 36))
    assert (row["n"], row["opinions"], row["fragile"]) == (6, 4, "indicatif")


def test_words_have_a_net_and_dilemme_stands_apart():
    """2 incontournable, 1 souhaitable, 1 dilemme, 1 contre of 5: net (2 + 1 − 1)/5 = .4."""
    table = _regnier(people(f=5), voted("incontournable", "f0", "f1"), voted("souhaitable", "f2"),
                     voted("dilemme", "f3"), voted("contre", "f4"))  # fmt: skip
    row = _row(table)
    assert (row["net"], row["dilemme"], row["fragile"]) == (pytest.approx(0.4), pytest.approx(0.2), "")
    # Four levels: cumulative .4, .6, .8, 1 → D = (.4 + .4 + .2) · 2/3.
    assert row["consensus"] == pytest.approx(1 - 2 / 3)
    assert row["low"] <= 0.4 <= row["high"]


def test_sorted_by_mean_then_consensus():
    """a: 4 4; b: 5 3, same mean but less alike; c: 5 5; d: nobody has an opinion."""
    votes = [voted(4, "f0", "f1", statement="regnier.a"), voted(5, "f0", statement="regnier.b")]
    votes += [voted(3, "f1", statement="regnier.b"), voted(5, "f0", "f1", statement="regnier.c")]
    table = _regnier(people(f=2), *votes, voted("blanc", "f0", statement="regnier.d"))
    total = table[table["view"] == "total"]
    assert total["statement"].to_list() == [f"regnier.{letter}" for letter in "cabd"]
    assert total["rank"].to_list()[:3] == [1, 2, 3] and total["rank"].isna().to_list()[3]


def test_a_group_of_blanks_counts_in_the_blanks_alone():
    """f: one 5. g: one blanc. Mean 5, of f alone; blanc (0 + 1)/2."""
    row = _row(_regnier(people(f=1, g=1), voted(5, "f0"), voted("blanc", "g0")))
    assert (row["mean"], row["blanc"], row["n"], row["opinions"]) == (5.0, 0.5, 2, 1)


def test_two_scales_for_one_statement_are_refused():
    with pytest.raises(BadInput, match="une seule échelle"):
        _regnier(people(f=2), voted(5, "f0"), voted("contre", "f1"))


def test_an_unknown_vote_is_refused():
    with pytest.raises(BadInput, match="« 6 »"):
        _regnier(people(f=1), voted(6, "f0"))


def test_nobody_voted():
    assert _regnier(people(f=2)).empty
