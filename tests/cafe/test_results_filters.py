"""What analysts choose to look at: filters, periods, what rests on them, and the way back."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import update

from cafe.extensions import writing
from cafe.people.models import Group, Participant
from cafe.people.phases import set_dates
from cafe.results.filters import Filters, Shown
from cafe.results.labels import Labels
from cafe.results.slices import WHOLE, Slice
from tests.cafe.test_results import QUESTION, results, spoken  # noqa: F401

KNOWN = Labels({}, {"seniors": "Seniors"}, {"a": "A", "k": "K"}, {"a": True, "k": False}, {})


def _shown(**args):
    return Filters.read(args, KNOWN).shown(KNOWN)


def test_the_whole_holds_each_group_target_and_way_and_a_target_in_a_group_of_the_total():
    assert _shown() == (WHOLE, Shown("total"))
    assert _shown(groupe="k") == (WHOLE, Shown("group", "k"))
    assert _shown(cible="seniors") == (WHOLE, Shown("target", target="seniors"))
    assert _shown(source="cafe") == (WHOLE, Shown("source", source="cafe"))
    assert _shown(groupe="a", cible="seniors") == (WHOLE, Shown("group_target", "a", "seniors"))


def test_anything_else_is_a_part_of_its_own():
    assert _shown(groupe="k", cible="seniors") == (Slice(target="seniors"), Shown("group", "k"))
    assert _shown(cible="seniors", vue="all") == (Slice(target="seniors"), Shown("all"))
    assert _shown(cible="seniors", source="cafe") == (Slice(source="cafe", target="seniors"), Shown("total"))
    assert _shown(du="2026-01-05", groupe="a") == (Slice(since=date(2026, 1, 5)), Shown("group", "a"))


def test_a_link_keeps_the_other_choices_and_says_no_more_than_needed():
    filters = Filters.read({"mesure": "cited", "cible": "seniors", "vue": "total"}, KNOWN)
    assert filters.link() == {"mesure": "cited", "cible": "seniors"}
    assert filters.link(mesure="expressed", groupe="a") == {"cible": "seniors", "groupe": "a"}


@pytest.mark.parametrize(("query", "said"), [
    ({"du": "2026-01-09", "au": "2026-01-05"}, "Le premier jour vient après le dernier"),
    ({"du": "hier"}, "n’est pas lisible"),
])  # fmt: skip
def test_a_period_that_cannot_be_is_refused_in_a_sentence_and_the_rest_is_kept(query, said):
    filters = Filters.read(query | {"cible": "seniors"}, KNOWN)
    assert said in filters.fault and filters.target == "seniors" and filters.since is None


@pytest.fixture
def two_days(spoken, client_as, clock):  # noqa: F811
    """Two spoke on the 7th; a third speaks on the 8th."""
    clock.move(days=1)
    client_as("Mésange").send(QUESTION, key=str(uuid4()), text="Internet est trop cher.")


def test_a_period_keeps_what_was_said_in_it_computed_beside_the_requests(two_days, client_as):
    analyst = client_as("analyst")
    results(analyst, "/resultats/freins")
    waiting = analyst.get("/resultats/freins?au=2026-01-07").text
    assert "se calculent pour ce que vous avez choisi" in waiting
    assert "n = 2\u00a0personnes" in results(analyst, "/resultats/freins?au=2026-01-07")
    assert "n = 1\u00a0personne" in results(analyst, "/resultats/freins?du=2026-01-08")
    assert "n = 3\u00a0personnes" in results(analyst, "/resultats/freins?du=2026-01-07&au=2026-01-08")


def test_a_phase_that_has_begun_is_a_period_of_one_tap(two_days, client_as, house):
    with house.app.app_context():
        set_dates("consultation", "05/01/2026", "20/01/2026")
        set_dates("analysis", "01/02/2026", "20/02/2026")
    page = results(client_as("analyst"), "/resultats/freins")
    assert 'href="/resultats/freins?du=2026-01-05&amp;au=2026-01-20">Consultation</a>' in page
    assert ">Le café</a>" in page and ">Analyse</a>" not in page


def test_a_period_with_nobody_says_so_and_shows_the_way_back(two_days, client_as):
    page = results(client_as("analyst"), "/resultats/freins?du=2026-01-01&au=2026-01-02")
    assert "Personne n’a été entendu là" in page and 'href="/resultats/freins">Retirer les filtres' in page


def test_parts_do_not_stand_in_for_the_whole(two_days, client_as, house):
    analyst = client_as("analyst")
    results(analyst, "/resultats/freins?au=2026-01-07")
    assert "n = 3\u00a0personnes" in results(analyst, "/resultats/freins")
    client_as("Tilleul").send(QUESTION, key=str(uuid4()), text="Le débit est mauvais.")
    assert "n = 3\u00a0personnes" in analyst.get("/resultats/freins").text


def test_one_group_alone_and_its_words(two_days, client_as, house):
    with house.app.app_context(), writing() as session:
        session.add(Group(code="operateur", label="Opérateur", side="internal", in_total=True))
        session.flush()
        session.execute(update(Participant).where(Participant.pseudonym == "Garance").values(group_code="operateur"))
    analyst = client_as("analyst")
    page = results(analyst, "/resultats/freins?groupe=operateur")
    assert "n = 1\u00a0personne" in page and "fragile" in page
    assert "/resultats/paroles/freins/couverture_reseau?groupe=operateur" in page
    assert "cher" not in analyst.get("/resultats/paroles/freins/acces?groupe=operateur").text
    assert "mauvais" in analyst.get("/resultats/paroles/freins/acces?groupe=operateur").text


def test_filters_go_along_the_links_and_can_be_cleared(two_days, client_as):
    page = results(client_as("analyst"), "/resultats?mesure=cited&cible=seniors")
    assert "/resultats/freins?mesure=cited&amp;cible=seniors" in page
    assert '<a class="button other" href="/resultats">Retirer tous les filtres</a>' in page
    assert 'href="/resultats?mesure=cited">cible Seniors' in page


def test_words_of_a_period_are_those_behind_its_figures(two_days, client_as):
    analyst = client_as("analyst")
    assert analyst.get("/resultats/paroles/freins/cout_internet?au=2026-01-07").text.count("<figure") == 1
    assert analyst.get("/resultats/paroles/freins/cout_internet").text.count("<figure") == 2
    assert "parlé là" in analyst.get("/resultats/paroles/freins/cout_internet?source=interview").text


def test_a_computation_that_failed_can_begin_again(two_days, client_as, monkeypatch):
    def broken(*_args):
        raise RuntimeError("broken")

    analyst = client_as("analyst")
    with monkeypatch.context() as patch:
        patch.setattr("cafe.results.services.report", broken)
        assert "Relancer le calcul" in results(analyst, "/resultats/freins?du=2026-01-08")
    analyst.send("/resultats/recalculer", du="2026-01-08")
    assert "n = 1\u00a0personne" in results(analyst, "/resultats/freins?du=2026-01-08")
