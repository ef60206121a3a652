import numpy as np
import pandas as pd
import pytest

from analysis.crosstab import Axis, cross_tab
from analysis.frames import make_frames
from analysis.strata import Drawing

POPULATIONS, USES, OBSTACLES = Axis("populations"), Axis("usages"), Axis("freins")
NONE = Drawing(0, 7)


def _frames(texts: list[tuple[str, str]], groups=(), **columns):
    """Texts as (person, « family:tag family:tag »); a person's group is the first letter of their name."""
    names = sorted({person for person, _ in texts})
    said = [
        {"contribution": f"c{n}", "participant": person, "text": "x"} | columns for n, (person, _) in enumerate(texts)
    ]
    tags = [
        {"contribution": f"c{n}", "family": tag.split(":")[0], "tag": tag.split(":")[1]}
        for n, (_, carried) in enumerate(texts)
        for tag in carried.split()
    ]
    tables = {
        "participants": pd.DataFrame([{"participant": name, "group": name[0]} for name in names]),
        "contributions": pd.DataFrame(said), "tags": pd.DataFrame(tags),
    }  # fmt: skip
    return make_frames(tables | ({"groups": pd.DataFrame(groups)} if groups else {}))


def _cell(made, row: str, column: str, layer: str = ""):
    table = made.table
    (found,) = table[(table["layer"] == layer) & (table["row"] == row) & (table["column"] == column)].itertuples()
    return found


TWO = "populations:seniors usages:banque"
OTHER = "populations:jeunes usages:emploi"


def test_people_are_counted_once_however_often_they_say_it():
    made = cross_tab(_frames([("g0", TWO)] * 5 + [("g1", TWO), ("g2", OTHER)]), (POPULATIONS, USES), NONE)
    cell = _cell(made, "seniors", "banque")
    assert (cell.people, cell.texts, made.bases["people"][0], made.bases["texts"][0]) == (2, 6, 3, 7)
    assert cell.share == pytest.approx(2 / 3)


def test_lift_is_one_when_the_two_ignore_each_other_and_more_when_they_go_together():
    """Four people, every pair once: x(both) = 1/4 = 1/2 · 1/2. Then two pairs alone: 1/2 over 1/2 · 1/2."""
    mixed = [f"populations:{who} usages:{what}" for who in ("seniors", "jeunes") for what in ("banque", "emploi")]
    apart = _frames([(f"g{n}", tags) for n, tags in enumerate(mixed)])
    assert _cell(cross_tab(apart, (POPULATIONS, USES), NONE), "seniors", "banque").lift == pytest.approx(1)
    bound = _frames([(f"g{n}", (TWO, OTHER)[n % 2]) for n in range(4)])
    assert _cell(cross_tab(bound, (POPULATIONS, USES), NONE), "seniors", "banque").lift == pytest.approx(2)


def test_a_text_that_carries_one_family_alone_is_outside_the_base():
    made = cross_tab(_frames([("g0", TWO), ("g1", "usages:banque")]), (POPULATIONS, USES), NONE)
    assert made.bases["people"][0] == 1


def test_what_a_question_does_not_feed_counts_here_and_what_was_prompted_too():
    frames = _frames([("g0", TWO), ("g1", OTHER)], feeds="freins", prompted=1)
    assert len(cross_tab(frames, (POPULATIONS, USES), NONE).table) == 2


def test_groups_weigh_the_same_and_those_out_of_the_total_come_when_asked():
    """g: 1 of 2 says it; h, alone: says it; k, out of the total: does not."""
    groups = [{"group": g, "label": g, "in_total": int(g != "k")} for g in "ghk"]
    frames = _frames([("g0", TWO), ("g1", OTHER), ("h0", TWO), ("k0", OTHER)], groups)
    shares = [
        _cell(cross_tab(frames, (POPULATIONS, USES), NONE, everyone), "seniors", "banque").share
        for everyone in (False, True)
    ]
    assert shares == pytest.approx([(1 / 2 + 1) / 2, (1 / 2 + 1 + 0) / 3])


def test_a_third_family_cuts_the_table_in_layers():
    frames = _frames([("g0", f"{TWO} freins:cout"), ("g1", f"{OTHER} freins:peur"), ("g2", TWO)])
    made = cross_tab(frames, (POPULATIONS, USES, OBSTACLES), NONE)
    assert set(made.bases["layer"]) == {"", "cout", "peur"}
    assert (_cell(made, "seniors", "banque").people, _cell(made, "seniors", "banque", "cout").people) == (2, 1)
    assert _cell(made, "seniors", "banque", "cout").share == 1


def test_an_axis_of_headings_counts_a_heading_for_its_tags():
    frames = _frames([("g0", "freins:a1 freins:a2 usages:banque")])
    made = cross_tab(frames, (Axis("freins", {"a1": "acces", "a2": "acces"}), USES), NONE)
    assert made.table[["row", "people"]].to_numpy().tolist() == [["acces", 1]]


def test_a_strong_tie_stands_out_and_a_small_cell_is_not_tested():
    texts = [(f"g{n}", (TWO, OTHER)[n % 2]) for n in range(40)] + [("g40", "populations:jeunes usages:banque")]
    made = cross_tab(_frames(texts), (POPULATIONS, USES), Drawing(300, 7))
    strong, small = _cell(made, "seniors", "banque"), _cell(made, "jeunes", "banque")
    assert strong.separated == 1 and strong.lift_low > 1 and strong.fragile == ""
    assert small.fragile == "fragile" and np.isnan(small.p) and pd.isna(small.separated)


def test_a_group_of_one_leaves_no_interval_and_makes_the_whole_a_hint():
    made = cross_tab(_frames([("g0", TWO)] * 9 + [("h0", OTHER)]), (POPULATIONS, USES), Drawing(50, 7))
    assert made.table[["low", "lift_low", "p"]].isna().all(axis=None)
    assert set(made.bases["fragile"]) == {"indicatif"}


def test_nobody_makes_an_empty_table():
    made = cross_tab(_frames([("g0", "usages:banque")]), (POPULATIONS, USES), Drawing(50, 7))
    assert (len(made.table), made.bases["people"][0]) == (0, 0)


def test_the_draws_come_back_from_the_seed_and_the_frames_are_not_changed():
    frames = _frames([(f"g{n}", (TWO, OTHER)[n % 2]) for n in range(12)])
    before = frames.tags.copy()
    first, second = (cross_tab(frames, (POPULATIONS, USES), Drawing(50, 7)).table for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
    pd.testing.assert_frame_equal(before, frames.tags)


def test_a_group_out_of_the_total_counts_only_when_asked_or_alone():
    groups = [{"group": g, "label": g, "in_total": int(g != "k")} for g in "gk"]
    both = _frames([("g0", TWO), ("k0", OTHER)], groups)
    counts = [len(cross_tab(both, (POPULATIONS, USES), NONE, everyone).table) for everyone in (False, True)]
    alone = cross_tab(_frames([("k0", OTHER)], [groups[1]]), (POPULATIONS, USES), NONE)
    assert (counts, len(alone.table)) == ([1, 2], 1)
