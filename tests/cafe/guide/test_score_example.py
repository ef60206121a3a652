"""Five people of three groups rank alone; what they said goes out as tables, and scores as the formulas say.

Worked by hand. Borda over the 4 enjeux: ranks give 4, 3, 2, 1 tenths, the unranked share what is left. Champs within an
enjeu, over the k kept: 1; 2/3, 1/3; 3/6, 2/6, 1/6. An enjeu without champ keeps its points under « non_precise ».

person  group  enjeux                                      champs
1       A      acces .4, autonomie .3, others .15          cout_internet 2/3, autre.acces 1/3; craintes_securite 1
2       A      parcours .4, others .2                      passed
3       B      acces .4, parcours .3, autonomie .2, acc .1 couverture 1; navigation, identite, compte; refus; autre 1
4       B      autonomie .4, acces .3, parcours .2, acc .1 competences 2/3, craintes_securite 1/3; cout_internet 1
5       C      accompagnement .4, others .2                nsp
"""

import csv

import pytest
from sqlalchemy import update

from cafe.exports.commands import export_command
from cafe.extensions import writing
from cafe.guide.steps import Given
from cafe.people import services as people
from cafe.people.models import Participant
from cafe.results.commands import score_dir
from tests.cafe.guide.sitting import begin, give
from tests.cafe.guide.small import ranked
from tests.conftest import NOON

GROUPS = (("b", "external", 2), ("c", "internal", 1))
RANKED = (
    (ranked("acces", "autonomie"), {
        "acces": ranked("cout_internet", others=("Pas de prise",)), "autonomie": ranked("craintes_securite"),
    }),
    (ranked("parcours"), {"parcours": Given("rank", state="passed")}),
    (ranked("acces", "parcours", "autonomie", "accompagnement"), {
        "acces": ranked("couverture_reseau"), "parcours": ranked("navigation", "identite_digitale", "compte_bancaire"),
        "autonomie": Given("rank", state="refus"), "accompagnement": ranked(others=("La honte de demander",)),
    }),
    (ranked("autonomie", "acces", "parcours"), {
        "autonomie": ranked("competences_digitales", "craintes_securite"), "acces": ranked("cout_internet"),
        "parcours": Given("rank", state="passed"),
    }),
    (ranked("accompagnement"), {"accompagnement": Given("rank", state="nsp")}),
)  # fmt: skip
# Total: the mean of the groups' values, over those where someone has one; nobody of C cites a champ.
TOTAL = {
    ("freins.enjeux", "score"): {"acces": 17 / 60, "autonomie": 1 / 4, "parcours": 29 / 120, "accompagnement": 9 / 40},
    ("freins.enjeux", "expressed"): {
        "acces": 11 / 24, "autonomie": 7 / 24, "parcours": 3 / 16, "accompagnement": 1 / 16,
    },
    ("freins.champs", "score"): {
        "cout_internet": 17 / 180, "autre.acces": 1 / 45, "craintes_securite": 13 / 180, "navigation": 1 / 40,
        "parcours.non_precise": 23 / 120, "autre.accompagnement": 1 / 60, "lieu_acces": 0,
    },
    ("freins.champs", "expressed"): {
        "cout_internet": 11 / 48, "craintes_securite": 11 / 48, "autre.acces": 1 / 6, "navigation": 1 / 16,
        "autre.accompagnement": 1 / 16, "lieu_acces": 0,
    },
    ("freins.champs", "cited"): {"cout_internet": 3 / 4, "craintes_securite": 3 / 4, "autre.acces": 1 / 2},
}  # fmt: skip
GROUP_B = {"acces": 0.35, "autonomie": 0.3, "parcours": 0.25, "accompagnement": 0.1}


@pytest.fixture
def scores(app, tmp_path):
    """The rows of `cafe score` on what `cafe export frames` wrote."""
    with writing() as session:
        for code, side, count in GROUPS:
            people.create_group(code, code.upper(), side)
            for number in range(count):
                people.create_participant(f"{code} {number}", code, NOON)
        # The third citizen of the house says nothing here.
        session.execute(update(Participant).where(Participant.id == 3).values(erased_at=NOON))
    for person, (enjeux, champs) in zip((1, 2, 4, 5, 6), RANKED, strict=True):
        sitting = begin(person, NOON)
        give(sitting, "freins.enjeux", enjeux, NOON)
        for enjeu, given in champs.items():
            give(sitting, f"freins.champs.{enjeu}", given, NOON)
    run = app.test_cli_runner()
    assert run.invoke(export_command, ["frames", "-o", str(tmp_path / "tables")]).exit_code == 0
    assert run.invoke(score_dir, [str(tmp_path / "tables"), "-o", str(tmp_path / "out")]).exit_code == 0
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _values(scores, section, measure, **place) -> dict[str, float]:
    where = {"section": section, "measure": measure} | place
    return {row["option"]: float(row["value"]) for row in scores if where.items() <= row.items()}


def test_what_is_tapped_scores_as_worked_by_hand(scores):
    for (section, measure), expected in TOTAL.items():
        found = _values(scores, section, measure, view="total")
        assert {option: found[option] for option in expected} == pytest.approx(expected, abs=1e-9), (section, measure)
        assert measure == "cited" or sum(found.values()) == pytest.approx(1, abs=1e-7)
    assert _values(scores, "freins.enjeux", "score", view="group", group="b") == pytest.approx(GROUP_B, abs=1e-9)
    where = ("freins.enjeux", "score", "total")
    assert {row["n"] for row in scores if (row["section"], row["measure"], row["view"]) == where} == {"5"}
