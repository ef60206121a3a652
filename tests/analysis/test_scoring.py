from functools import partial

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.frames import make_frames
from analysis.scoring import COLUMNS, score
from tests.analysis.made import Referential, frames, people, ranked, said, value

REFERENTIAL = Referential()


def _score(*args, **kwargs):
    return score(frames(*args, **kwargs), REFERENTIAL, draws=200)


def test_the_table_has_the_columns_of_the_contract():
    assert tuple(_score(people(g=2), spoken=[said("g0", "a1")]).columns) == COLUMNS


def test_expressed_divides_by_options_and_cited_by_people():
    """g0 cites a1 (three times) and b1, g1 cites a1: 3 options of 2 people; a1 is 2/3 expressed and 2/2 cited."""
    table = _score(people(g=2), spoken=[said("g0", "a1", "a1 b1", "a1"), said("g1", "a1")])
    assert value(table, "freins.champs", "expressed", "a1") == pytest.approx(2 / 3)
    assert value(table, "freins.champs", "cited", "a1") == 1.0
    assert value(table, "freins.champs", "cited", "b1") == 0.5
    assert value(table, "freins.champs", "expressed", "c1") == 0.0


def test_enjeux_add_the_champs_under_them():
    """g0 cites a1, a2 and b1: acces 2/3 of the options; one person, so both enjeux are cited by all."""
    table = _score(people(g=1), spoken=[said("g0", "a1 a2 b1")])
    assert value(table, "freins.enjeux", "expressed", "acces") == pytest.approx(2 / 3)
    assert value(table, "freins.enjeux", "cited", "autonomie") == 1.0


def test_ninety_posts_weigh_as_nine():
    """Both put all on one champ: half and half, whatever the number of posts."""
    table = _score(people(g=2), spoken=[said("g0", *["a1"] * 90), said("g1", *["b1"] * 9)])
    assert value(table, "freins.champs", "score", "a1") == pytest.approx(0.5)


def test_score_of_words_counts_pairs():
    """Three posts: a1, a1 and b1 → a1 has 2 of the person's 3 pairs."""
    table = _score(people(g=1), spoken=[said("g0", "a1", "a1", "b1")])
    assert value(table, "freins.champs", "score", "a1") == pytest.approx(2 / 3)
    assert value(table, "freins.enjeux", "score", "acces") == pytest.approx(2 / 3)


def test_score_of_rankings_multiplies_the_levels():
    """autonomie 1st, acces 2nd of four: .4 and .3, the others .15. Within autonomie b2 then b1: 2/3 and 1/3.

    Nothing retained under acces: its .3 is unspecified.
    """
    answers = [ranked("g0", "freins.enjeux", "autonomie", "acces"), ranked("g0", "freins.champs.autonomie", "b2", "b1")]
    table = _score(people(g=1), answers=answers)
    assert value(table, "freins.enjeux", "score", "autonomie") == pytest.approx(0.4)
    assert value(table, "freins.champs", "score", "b2") == pytest.approx(0.4 * 2 / 3)
    assert value(table, "freins.champs", "score", "acces.non_precise") == pytest.approx(0.3)
    assert value(table, "freins.champs", "score", "parcours.non_precise") == pytest.approx(0.15)


def test_whoever_ranked_is_not_read_from_words():
    answers = [ranked("g0", "freins.enjeux", "acces")]
    table = _score(people(g=2), answers=answers, spoken=[said("g0", "b1"), said("g1", "a1")])
    assert value(table, "freins.champs", "cited", "b1") == 0.0
    assert value(table, "freins.champs", "cited", "a1", column="n") == 1
    assert value(table, "freins.enjeux", "score", "acces", column="n") == 2


def test_champs_without_enjeux_have_no_score():
    table = _score(people(g=1), answers=[ranked("g0", "freins.champs.acces", "a1")])
    assert value(table, "freins.champs", "expressed", "a1") == 1.0
    assert table[table["measure"] == "score"].empty


def test_an_added_option_counts_under_its_enjeu():
    table = _score(people(g=1), answers=[ranked("g0", "freins.champs.acces", "autre.acces", "a1")])
    assert value(table, "freins.champs", "cited", "autre.acces") == 1.0
    assert value(table, "freins.enjeux", "expressed", "acces") == 1.0


def test_groups_weigh_the_same_and_only_some_make_the_total():
    """Big: nine of a1. Small: one of b1. Café: one of c1, heard but out of the total."""
    groups = [
        {"group": "big", "label": "B", "side": "external", "in_total": 1},
        {"group": "small", "label": "S", "side": "internal", "in_total": 1},
        {"group": "cafe", "label": "C", "side": "external", "in_total": 0},
    ]
    spoken = [said(f"big{n}", "a1") for n in range(9)] + [said("small0", "b1"), said("cafe0", "c1")]
    table = _score(people(big=9, small=1, cafe=1), spoken=spoken, groups=groups)
    assert value(table, "freins.champs", "expressed", "a1") == pytest.approx(1 / 2)
    assert value(table, "freins.champs", "expressed", "a1", view="all") == pytest.approx(1 / 3)
    assert value(table, "freins.champs", "expressed", "a1", column="unweighted") == pytest.approx(0.9)
    assert value(table, "freins.champs", "expressed", "a1", column="kish") == pytest.approx(4 / (1 / 9 + 1))
    assert value(table, "freins.champs", "expressed", "b1", view="group", group="small") == 1.0


def test_few_people_are_marked_and_a_single_one_has_no_interval():
    spoken = [said(f"big{n}", "a1") for n in range(9)] + [said("small0", "b1")]
    table = _score(people(big=9, small=1), spoken=spoken)
    assert value(table, "freins.champs", "cited", "a1", view="group", column="fragile", group="small") == "fragile"
    assert value(table, "freins.champs", "cited", "a1", view="group", column="fragile", group="big") == ""
    assert value(table, "freins.champs", "cited", "a1", column="fragile") == "indicatif"
    assert pd.isna(value(table, "freins.champs", "cited", "a1", view="group", column="low", group="small"))
    assert value(table, "freins.champs", "cited", "a1", view="group", column="high", group="big") == 1.0


def test_a_target_keeps_those_who_chose_it():
    who = people(g=4).assign(target=["seniors", "seniors", "jeunes", ""])
    table = _score(who, spoken=[said("g0", "a1"), said("g1", "b1"), said("g2", "c1"), said("g3", "c1")])
    assert value(table, "freins.champs", "expressed", "a1", view="target", target="seniors") == 0.5
    assert value(table, "freins.champs", "expressed", "c1", view="target", target="seniors") == 0.0
    assert value(table, "freins.champs", "cited", "b1", view="group_target", target="seniors", group="g") == 0.5


def test_ranks_follow_the_values_then_the_codes():
    table = _score(people(g=1), spoken=[said("g0", "b1 a2")])
    rows = table[(table["section"] == "freins.champs") & (table["measure"] == "cited") & (table["view"] == "total")]
    assert rows.sort_values("rank")["option"].to_list()[:4] == ["a2", "b1", "a1", "b2"]


def test_nobody_heard_makes_no_row():
    assert _score(people(g=3)).empty


CHAMPS = [f"{letter}{n}" for letter in "abcd" for n in (1, 2)]
WORDS = st.lists(st.lists(st.sampled_from(CHAMPS), min_size=1, max_size=4).map(" ".join), max_size=4)


@settings(max_examples=12, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_shares_sum_to_one_and_the_order_of_rows_changes_nothing(everyone, draw):
    spoken = [said(f"{'gh'[n % 2]}{n // 2}", *texts) for n, texts in enumerate(everyone)]
    tables = frames(people(g=3, h=3), spoken=spoken)
    freins = partial(score, referential=REFERENTIAL, draws=20, sections=("freins.enjeux", "freins.champs"))
    table = freins(tables)
    shares = table[table["measure"] != "cited"].groupby(["section", "measure", "view", "group"])["value"].sum()
    assert shares.to_list() == pytest.approx([1.0] * len(shares))
    shuffled = {name: getattr(tables, name).sample(frac=1, random_state=draw.randrange(99)) for name in vars(tables)}
    pd.testing.assert_frame_equal(freins(make_frames(shuffled)), table)
