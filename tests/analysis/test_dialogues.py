"""Made-up dialogues whose every figure was worked by hand, to 1e-9."""

import pandas as pd
import pytest

from analysis.frames import make_frames
from analysis.scoring import score
from tests.analysis.made import Referential, chosen, figures, frames, people, ranked, rated, rows_of, said, value


def _score(*args, **kwargs):
    return score(frames(*args, **kwargs), Referential(), draws=0)


def close(expected):
    return pytest.approx(expected, abs=1e-9)


def _group(code, in_total=1, side="external"):
    return {"group": code, "label": code, "side": side, "in_total": in_total}


def test_partial_ranks_with_ties():
    """autonomie and acces tied first of four: each (4 + 3)/2 = 3.5 of 10; the two unranked (4 − 2 + 1)/2 = 1.5 of 10.

    Under acces, a2 before a1: 2/3, 1/3. Nothing under the others.
    """
    answers = [ranked("g0", "freins.enjeux", "autonomie=acces"), ranked("g0", "freins.champs.acces", "a2", "a1")]
    table = _score(people(g=1), answers=answers)
    wanted = {"acces": 0.35, "autonomie": 0.35, "parcours": 0.15, "accompagnement": 0.15}
    assert figures(table, "freins.enjeux", "score") == close(wanted)
    unsaid = {f"{enjeu}.non_precise": share for enjeu, share in wanted.items() if enjeu != "acces"}
    assert figures(table, "freins.champs", "score") == close(unsaid | {"a2": 0.35 * 2 / 3, "a1": 0.35 / 3})
    assert figures(table, "freins.enjeux", "expressed") == {"acces": 1.0}


def test_enjeux_without_champs_beside_champs_without_enjeux():
    """g0 ranks one enjeu only: .4, the others 2/10 each, all unspecified, nothing cited. g1 keeps b1 and c1 alone."""
    answers = [ranked("g0", "freins.enjeux", "parcours")]
    answers += [ranked("g1", "freins.champs.autonomie", "b1"), ranked("g1", "freins.champs.parcours", "c1")]
    table = _score(people(g=2), answers=answers)
    rest = dict.fromkeys(("acces", "autonomie", "accompagnement"), 0.2)
    assert figures(table, "freins.enjeux", "score") == close(rest | {"parcours": 0.4})
    assert figures(table, "freins.champs", "expressed") == close({"b1": 0.5, "c1": 0.5})
    assert figures(table, "freins.champs", "cited") == {"b1": 1.0, "c1": 1.0}
    assert [value(table, "freins.champs", m, "b1", column="n") for m in ("cited", "score")] == [1, 1]


def test_one_person_groups_and_an_empty_one():
    """Groups of one: a1 alone, then a1 and b1. expressed: (1 + 1/2)/2 for a1; pooled 2/3. Kish 2²/(1 + 1) = 2."""
    groups = [_group(code) for code in ("f", "g", "h")]
    table = _score(people(f=1, g=1), spoken=[said("f0", "a1"), said("g0", "a1 b1")], groups=groups)
    assert figures(table, "freins.champs", "expressed") == close({"a1": 0.75, "b1": 0.25})
    assert value(table, "freins.champs", "expressed", "a1", column="unweighted") == close(2 / 3)
    assert value(table, "freins.champs", "expressed", "a1", column="kish") == 2.0
    assert set(table["group"]) == {"", "f", "g"} and table["low"].isna().all()


def test_a_group_out_of_the_total_is_seen_in_all_and_alone():
    """Total: f alone, a1. All: (1 + 0)/2. The group of the target is kept to the groups of the total too."""
    who = people(f=1, g=1).assign(target="seniors", profile="u")
    groups = [_group("f"), _group("g", in_total=0)]
    table = _score(who, spoken=[said("f0", "a1"), said("g0", "b1")], groups=groups)
    assert figures(table, "freins.champs", "cited") == {"a1": 1.0}
    assert figures(table, "freins.champs", "cited", "all") == {"a1": 0.5, "b1": 0.5}
    assert figures(table, "freins.champs", "cited", "group", group="g") == {"b1": 1.0}
    for view in ("target", "profile", "source", "group_target"):
        assert figures(table, "freins.champs", "cited", view) == {"a1": 1.0}


def test_prompted_and_unfed_texts_count_nowhere_but_nobody_is_lost():
    """g0: a1 said, b1 prompted; g1: only a text of another family's question. n = 1."""
    spoken = [said("g0", "a1"), said("g0", "b1", prompted=1), said("g1", "c1", feeds="usages populations")]
    table = _score(people(g=2), spoken=spoken)
    for measure in ("expressed", "cited", "score"):
        assert figures(table, "freins.champs", measure) == {"a1": 1.0}
        assert value(table, "freins.champs", measure, "c1", column="n") == 1


def test_a_choice_is_read_before_words_and_silence_is_neither():
    """raisons: g0 chose image (its words on societe are not read); g1 refused, so its words are: societe."""
    answers = [chosen("g0", "raisons", "image"), chosen("g1", "raisons", "refus")]
    spoken = [said("g0", "societe", family="raisons"), said("g1", "societe societe", "societe", family="raisons")]
    table = _score(people(g=2), answers=answers, spoken=spoken)
    for measure in ("expressed", "cited", "score"):
        assert figures(table, "raisons", measure) == {"image": 0.5, "societe": 0.5}


def test_a_ranking_of_a_family_weighs_what_was_retained():
    """g0 ranks societe then image: 2/3, 1/3; g1 ties an added one with image: 1/2 each. Mean: 5/12, 1/3, 1/4."""
    answers = [ranked("g0", "raisons", "societe", "image"), ranked("g1", "raisons", "autre=image")]
    table = _score(people(g=2), answers=answers)
    assert figures(table, "raisons", "score") == close({"image": 5 / 12, "societe": 1 / 3, "autre": 1 / 4})
    assert figures(table, "raisons", "expressed") == close({"image": 0.5, "societe": 0.25, "autre": 0.25})


def test_populations_asked_touched_and_cited_are_three_sections():
    """The target is the answer alone; touched is the multi alone; cited is the words alone, even of who answered."""
    answers = [chosen("g0", "populations.cible", "seniors"), chosen("g0", "populations.touchees", "jeunes", "ruraux")]
    spoken = [said("g0", "seniors", "seniors jeunes", family="populations")]
    table = _score(people(g=2), answers=answers, spoken=spoken)
    assert figures(table, "populations", "cited") == {"seniors": 1.0}
    assert figures(table, "populations.touchees", "expressed") == {"jeunes": 0.5, "ruraux": 0.5}
    assert figures(table, "populations.citees", "score") == close({"seniors": 2 / 3, "jeunes": 1 / 3})
    # The target is filled from the answer.
    assert figures(table, "populations", "cited", "target", target="seniors") == {"seniors": 1.0}


def test_dependence_is_a_mean_of_those_who_rated_each_service():
    """f: emploi 5 and 2, banque 4; g: emploi 1. emploi (3.5 + 1)/2 = 2.25, pooled 8/3; banque 4; sante: nobody."""
    answers = [rated("f0", "usages.dependance", emploi=5, banque=4), rated("f1", "usages.dependance", emploi=2)]
    table = _score(people(f=2, g=1), answers=[*answers, rated("g0", "usages.dependance", emploi=1)])
    rows = rows_of(table, "usages.dependance", "score", "total", {}).set_index("option")
    assert rows["value"].dropna().to_dict() == close({"banque": 4.0, "emploi": 2.25})
    assert rows.loc["emploi", ["n", "unweighted", "rank"]].to_list() == close([3, 8 / 3, 2])
    assert rows.loc["sante", ["value", "rank", "kish"]].isna().all() and rows.loc["sante", "n"] == 0


def test_a_source_keeps_its_texts_and_the_answers_of_who_wrote_in_it():
    """g0 spoke in the café (a1) and an interview (b1), and chose societe; g1 answered without a text: in no source."""
    spoken = [said("g0", "a1", source="cafe"), said("g0", "b1", source="interview")]
    answers = [chosen("g0", "raisons", "societe"), chosen("g1", "raisons", "image")]
    table = _score(people(g=2), answers=answers, spoken=spoken)
    assert figures(table, "freins.champs", "cited", "source", source="cafe") == {"a1": 1.0}
    assert figures(table, "freins.champs", "cited", "source", source="interview") == {"b1": 1.0}
    assert figures(table, "raisons", "cited", "source", source="cafe") == {"societe": 1.0}


def test_headings_are_no_options_unless_someone_chose_them():
    """essentiels: the themes have no row, the three propositions do; « eco » gets one once someone is tagged so."""
    table = _score(people(g=1), spoken=[said("g0", "offre", family="essentiels")])
    assert set(rows_of(table, "essentiels", "cited", "total", {})["option"]) == {"offre", "pret", "fonds"}
    table = _score(people(g=1), spoken=[said("g0", "offre eco", family="essentiels")])
    assert figures(table, "essentiels", "cited") == {"offre": 1.0, "eco": 1.0}


def test_arguments_are_not_changed_and_the_seed_brings_intervals_back():
    spoken = [said(f"g{n}", *words) for n, words in enumerate((["a1"], ["b1", "b1 c1"], ["a1 b1", "d2"], ["c2"]))]
    tables = frames(people(g=6), answers=[ranked("g5", "freins.enjeux", "acces")], spoken=spoken)
    before = {name: table.copy() for name, table in vars(tables).items()}
    first, again, other = (score(tables, Referential(), draws=50, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first["low"].equals(other["low"])
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(tables, name), table)


def test_no_table_but_participants_makes_no_row():
    empty = pd.DataFrame(columns=["participant", "group"])
    assert score(make_frames({"participants": empty}), Referential()).empty
