import pytest

from analysis.gaps import gaps
from analysis.heard import hear
from analysis.pairs import pair_gaps
from analysis.scoring import sections_of
from analysis.strata import Drawing
from tests.analysis.made import Referential, frames, people, said

THREE = [said("f0", "a1"), said("f1", "a1 b1"), said("g0", "b1"), said("g1", "b1"), said("h0", "a1"), said("h1", "c1")]


def _both(spoken, **groups):
    heard, drawing = hear(frames(people(**groups), spoken=spoken)), Drawing(200, 7)
    sections = list(sections_of(heard, Referential(), drawing, ["freins.champs"]))
    tables = (make(sections, heard.people, drawing) for make in (pair_gaps, gaps))
    return [table[(table["measure"] == "cited") & (table["option"] == "a1")] for table in tables]


def test_each_pair_of_groups_is_there_once_with_its_gap():
    """a1 cited by 1, 0 and 1/2."""
    pairs, _ = _both(THREE, f=2, g=2, h=2)
    found = {(row.group, row.other): row.gap for row in pairs.itertuples() if row.other}
    assert found == pytest.approx({("f", "g"): 1.0, ("f", "h"): 0.5, ("g", "h"): -0.5})


def test_a_group_and_the_others_are_as_far_apart_as_gaps_say():
    pairs, others = _both(THREE, f=2, g=2, h=2)
    alone = pairs[pairs["other"] == ""]
    for mine, known in zip(alone.itertuples(), others.itertuples(), strict=True):
        told = (mine.gap, mine.gap_low, mine.gap_high, mine.p, mine.n)
        assert told == pytest.approx((known.gap, known.low, known.high, known.p, known.n), nan_ok=True)


def test_each_side_has_its_own_interval():
    pairs, _ = _both(THREE, f=2, g=2, h=2)
    row = pairs[(pairs["group"] == "f") & (pairs["other"] == "h")].iloc[0]
    assert (row["low"], row["high"]) == (1, 1) and row["other_low"] < 0.5 < row["other_high"]


def test_few_people_make_a_pair_fragile_and_one_group_makes_none():
    pairs, _ = _both(THREE[:4], f=2, g=2)
    assert set(pairs["fragile"]) == {"fragile"}
    assert _both(THREE[:2], f=2)[0].empty
