"""A fictional dialogue built on the shares that the restitution published: they come back, « expressed »."""

import pytest

from analysis.referential import load_referential
from analysis.report import Options, report
from tests.analysis.made import chosen, frames, people, ranked, said

# Each section's published shares, in per cent; what is left goes to options that were not published.
LINKS = {"accentue_exclusion": 51, "levier": 16, "isolement": 33}
TARGETS = {"demandeurs_emploi": 25, "familles_precaires": 23, "jeunes": 19, "seniors": 14, "ruraux": 19}
REASONS = {"responsabilite_societale": 29, "reputation_image": 25, "nouveaux_clients": 18, "contact_societe": 28}
# All: autonomie 32, accès 30; beneficiaries: accès 36, parcours 36, autonomie 14. The other group makes the mean.
BENEFICIARIES = {"acces": 36, "parcours": 36, "autonomie": 14, "accompagnement": 14}
OTHERS = {"acces": 24, "parcours": 12, "autonomie": 50, "accompagnement": 14}
CHAMPS = {"acces": "cout_internet", "parcours": "navigation", "autonomie": "competences_digitales",
          "accompagnement": "moyens_aidants"}  # fmt: skip


def _hundred(shares: dict[str, int]) -> list[str]:
    """A hundred answers in these shares."""
    answers = [option for option, share in shares.items() for _ in range(share)]
    assert len(answers) == 100
    return answers


@pytest.fixture(scope="module")
def published():
    """Two groups of a hundred: beneficiaries answer the guide, the café posts."""
    answers, spoken = [], []
    told = zip(*map(_hundred, (LINKS, TARGETS, REASONS, BENEFICIARIES, OTHERS)), strict=True)
    for n, (link, target, reason, stake, other) in enumerate(told):
        asked, posted = f"beneficiaires{n}", f"cafe{n}"
        answers += [chosen(asked, "populations.cible", target, kind="choice"), chosen(asked, "raisons", reason)]
        answers += [ranked(asked, f"freins.champs.{stake}", CHAMPS[stake])]
        answers += [chosen(posted, "populations.cible", target, kind="choice")]
        spoken += [said(who, link, family="liens", feeds="liens") for who in (asked, posted)]
        spoken += [said(posted, CHAMPS[other], feeds="freins"), said(posted, reason, family="raisons", feeds="raisons")]
    tables = frames(people(beneficiaires=100, cafe=100), answers=answers, spoken=spoken)
    return report(tables, load_referential(), Options(draws=20))


def _percent(table, section, options, view="total", group=""):
    rows = table[(table["section"] == section) & (table["measure"] == "expressed") & (table["view"] == view)]
    found = rows[rows["group"] == group].set_index("option")["value"]
    return [100 * found[option] for option in options]


def test_links(published):
    assert _percent(published.links, "liens", LINKS) == pytest.approx(list(LINKS.values()))


def test_priority_populations(published):
    assert _percent(published.populations, "populations", TARGETS) == pytest.approx(list(TARGETS.values()))


def test_obstacles_of_all_and_of_the_beneficiaries(published):
    assert _percent(published.obstacles, "freins.enjeux", ["autonomie", "acces"]) == pytest.approx([32, 30])
    own = _percent(published.obstacles, "freins.enjeux", ["acces", "parcours", "autonomie"], "group", "beneficiaires")
    assert own == pytest.approx([36, 36, 14])


def test_reasons(published):
    assert _percent(published.reasons, "raisons", REASONS) == pytest.approx(list(REASONS.values()))
