from dataclasses import fields

import numpy as np
import pandas as pd
import pytest

from analysis.frames import make_frames
from analysis.misclassified import person_errors, rogan_gladen
from analysis.referential import load_referential
from analysis.report import Options, report
from tests.analysis.made import chosen, frames, people, ranked, rated, said

REFERENTIAL = load_referential()
QUICK = {"draws": 50}


def _report(*args, **options):
    *tables, answers, spoken = args
    return report(frames(*tables, answers=answers, spoken=spoken), REFERENTIAL, Options(**QUICK, **options))


def _told(person, *texts, family, question, **columns):
    return said(person, *texts, family=family, question=question, **columns)


def test_nothing_heard_makes_every_output_all_the_same():
    empty = report(make_frames({"participants": pd.DataFrame(columns=["participant", "group"])}), REFERENTIAL)
    for field in fields(empty):
        found = getattr(empty, field.name)
        assert isinstance(found, dict) or found.empty or field.name in ("materiality", "coverage", "initiatives_known")


def test_initiatives_are_ranked_by_owner_and_count_people():
    """fondation_orange: one person, five mentions; tarif_social: two people. Owners apart."""
    spoken = [_told("g0", *["fondation_orange"] * 5, "tarif_social", family="initiatives", question="x")]
    spoken += [_told("g1", "tarif_social", "emmaus_connect", family="initiatives", question="y")]
    table = _report(people(g=2), (), spoken).initiatives
    kept = table[["owner", "rank", "option", "people"]].to_numpy().tolist()
    assert kept == [
        ["autres_acteurs", 1, "emmaus_connect", 1],
        ["operateur", 1, "tarif_social", 2],
        ["operateur", 2, "fondation_orange", 1],
    ]


def test_whether_an_owner_does_something_is_known_or_not():
    """Asked of the operator: g0, who cites, and g1, who cites nothing; g2 cites without being asked."""
    asked = {"family": "initiatives", "question": "initiatives.operateur"}
    spoken = [_told("g0", "tarif_social", **asked), _told("g1", "", **asked)]
    spoken += [_told("g2", "fondation_orange emmaus_connect", family="initiatives", question="x")]
    table = _report(people(g=3), (), spoken).initiatives_known.set_index("owner")
    assert table.loc["operateur"].to_dict() == {"asked": 2, "asked_and_cite": 1, "cite": 2}
    assert table.loc["autres_acteurs"].to_dict() == {"asked": 0, "asked_and_cite": 0, "cite": 1}


def test_uses_stand_by_dependency_and_by_how_many_find_them_critical():
    answers = [rated("g0", "usages.dependance", emploi=5, banque=3), rated("g1", "usages.dependance", emploi=4)]
    answers += [chosen("g0", "usages.critiques", "emploi"), chosen("g1", "usages.critiques", "emploi", "banque")]
    table = _report(people(g=2), answers, ()).uses_by_dependency
    total = table[table["view"] == "total"].set_index("option")
    columns = ["dependency", "n_dependency", "critical", "n_critical"]
    assert total.loc["emploi", columns].to_list() == [4.5, 2, 1.0, 2]
    assert total.loc["banque", columns].to_list() == [3.0, 1, 0.5, 2]


def test_the_table_of_stakes_keeps_the_person_s_order():
    answers = [chosen("g0", "populations.cible", "jeunes", kind="choice"), chosen("g0", "usages.critiques", "emploi")]
    answers += [ranked("g0", "freins.enjeux", "autonomie", "acces")]
    answers += [ranked("g0", "freins.champs.acces", "couverture_reseau", "cout_internet")]
    answers += [ranked("g0", "freins.champs.parcours", "navigation")]
    spoken = [said("g0", "", question="populations.mots", source="interview")]
    table = _report(people(g=2), answers, spoken).stakes_tables
    assert table["enjeu"].to_list() == ["autonomie", "acces", "parcours"]
    assert table["champs"].to_list() == [(), ("couverture_reseau", "cout_internet"), ("navigation",)]
    assert table["rank"].to_list()[:2] == [1, 2] and pd.isna(table["rank"][2])
    assert set(table["population"]) == {"jeunes"} and set(table["uses"]) == {("emploi",)}
    assert set(table["sources"]) == {"interview"}


def test_a_triptych_is_told_by_what_the_proposal_is_about():
    """g0 proposes on cout_internet, for the use that it chose; g1 speaks in the café, so its tags make the triptych."""
    answers = [chosen("g0", "populations.cible", "jeunes", kind="choice")]
    answers += [chosen("g0", "usages.proposition.cout_internet", "emploi", kind="choice")]
    spoken = [_told("g0", "offres_ciblees", family="essentiels", question="essentiels", about="cout_internet")]
    contributions, tags = _told("g1", "offres_ciblees", family="essentiels", question="cafe.j1.1")
    tags += [tags[0] | {"family": "freins", "tag": "cout_internet"}, tags[0] | {"family": "usages", "tag": "emploi"},
             tags[0] | {"family": "populations", "tag": "jeunes"}]  # fmt: skip
    # Who should carry it is no proposition.
    spoken += [_told("g0", "", family="partenariats", question="partenariats.avec", about="cout_internet",
                     feeds="partenariats")]  # fmt: skip
    made = _report(people(g=2), answers, [*spoken, (contributions, tags)])
    (row,) = made.triptychs.to_dict("records")
    assert (row["population"], row["use"], row["obstacle"]) == ("jeunes", "emploi", "cout_internet")
    assert (row["people"], row["texts"], row["propositions"]) == (2, 2, ("offres_ciblees",))


def test_verbatims_put_what_people_retained_first_then_the_most_typical():
    texts = ["prix forfait cher", "forfait cher", "girafe bleue"]
    spoken = []
    for n, text in enumerate(texts):
        ((row,), tags) = said(f"g{n}", "cout_internet")
        spoken.append(([row | {"text": text}], tags))
    kept = spoken[2][0][0]["contribution"]
    table = _report(people(g=3), (), spoken, retained=frozenset([kept])).verbatims
    assert table["text"].to_list()[0] == "girafe bleue" and table["retained"].to_list() == [1, 0, 0]
    assert table["typicality"][1] > 0


@pytest.mark.parametrize(("size", "signed"), [(4, "g"), (5, "g, Aidants")])
def test_a_verbatim_is_signed_without_a_small_subgroup_or_a_name(size, signed):
    who = people(g=size).assign(subgroup="Aidants")
    table = _report(who, (), [said("g0", "cout_internet")]).verbatims
    assert table["signature"].to_list() == [signed]
    assert not {"participant", "place"} & set(table.columns)


def test_cited_is_corrected_beside_for_the_words_alone():
    """Of 3 people in words 2 carry the tag; sensitivity .8, specificity .9: (2/3 + .9 − 1)/.7 = 17/21.

    g3 chose in its ranking: it stands. (3 × 17/21 + 1)/4.
    """
    answers = [ranked("g3", "freins.champs.acces", "cout_internet")]
    spoken = [said("g0", "cout_internet"), said("g1", "cout_internet"), said("g2", "navigation")]
    table = _report(people(g=4), answers, spoken, errors={("freins.champs", "cout_internet"): (0.8, 0.9)}).corrected
    row = table[table["view"] == "total"].iloc[0]
    assert (row["cited"], row["corrected"]) == pytest.approx((0.75, (3 * 17 / 21 + 1) / 4))


def test_a_correction_stays_between_none_and_all():
    assert (rogan_gladen(0.05, 0.8, 0.9), rogan_gladen(0.95, 0.8, 0.9)) == (0.0, 1.0)
    assert pd.isna(rogan_gladen(0.5, 0.4, 0.5))


def test_rankings_say_how_stable_they_are():
    """Four raisons, each of 30 people on one of three: those three are first in every draw, the fourth in none."""
    reasons = ("responsabilite_societale", "reputation_image", "contact_societe")
    spoken = [said(f"g{n}", reasons[n % 3], family="raisons") for n in range(30)]
    table = _report(people(g=30), (), spoken).reasons
    total = table[(table["view"] == "total") & (table["measure"] == "cited")].set_index("option")["stable"]
    assert total["reputation_image"] == 1.0 and total["couts_evites"] == 0.0


def test_it_says_what_it_rests_on():
    made = _report(people(g=2), (), [said("g0", "cout_internet")], guide="precarite-numerique v1")
    assert made.summary["guide"] == "precarite-numerique v1"
    assert made.summary["referential"]["hash"] == REFERENTIAL.hash
    assert made.coverage.set_index("family").loc["freins", "people"] == 1
    label = {tag.code: tag.label for tag in REFERENTIAL.family("freins").tags}["cout_internet"]
    assert label in set(made.obstacles["label"])


def test_frames_are_not_changed():
    answers = [chosen("g0", "raisons", "reputation_image")]
    tables = frames(people(g=3), answers=answers, spoken=[said("g1", "navigation")])
    before = {name: table.copy() for name, table in vars(tables).items()}
    report(tables, REFERENTIAL, Options(draws=10))
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(tables, name), table)


def test_errors_over_texts_become_errors_over_people():
    """Two people of one and two texts: specificity (.9 + .9²) / 2; who says it in one of two may be found by the other.
    """
    sensitivity, specificity = person_errors(0.8, 0.9, np.array([1, 2]))
    assert specificity == pytest.approx((0.9 + 0.81) / 2)
    assert sensitivity == pytest.approx((0.8 + (1 - 0.2 * 0.9)) / 2)
