"""What analysts read."""

import re
from itertools import count
from uuid import uuid4

import pytest
from sqlalchemy import update

from cafe.extensions import db, writing
from cafe.people import services as people
from cafe.people.models import Group, Participant
from cafe.results import site, state
from cafe.results.frames import frames_from_base
from cafe.results.queries import signature
from tests.conftest import NOON, counted_queries

QUESTION = "/cafe/essai/jour/1/2"


def results(analyst, path: str) -> str:
    """A page of results once its figures are computed beside the requests."""
    analyst.get(path)
    for thread in analyst.application.extensions.pop("works", []):
        thread.join()
    return analyst.get(path).text


@pytest.fixture
def spoken(client_as):
    """Two citizens have spoken: of the price, and of the network."""
    for name, text in (("Tilleul", "Internet est trop cher."), ("Garance", "Le débit est mauvais.")):
        client_as(name).send(QUESTION, key=str(uuid4()), text=text)


def test_before_any_tag_the_page_says_what_will_be_there(client_as):
    page = results(client_as("analyst"), "/resultats/freins")
    assert "Les résultats seront ici" in page


def test_the_chart_says_share_people_and_what_is_weak(spoken, client_as):
    page = results(client_as("analyst"), "/resultats/freins")
    assert "<strong>50\u00a0%</strong>" in page
    assert "n = 2\u00a0personnes" in page and "référentiel v1" in page
    assert "indicatif" in page and "fragile" in page


FILTERS = ["mesure=cited", "mesure=score&vue=all", "cible=seniors", "mesure=rien&vue=rien&cible=rien"]


@pytest.mark.parametrize("query", FILTERS)
def test_each_filter_has_its_page(query, spoken, client_as):
    assert "n = 2\u00a0personnes" in results(client_as("analyst"), f"/resultats/freins?{query}")


def test_a_removed_tag_changes_the_figures_at_once(spoken, client_as):
    analyst = client_as("analyst")
    results(analyst, "/resultats/freins")
    client_as("moderator").send("/moderation/1/tag", tag="freins:cout_internet", state="removed")
    page = results(analyst, "/resultats/freins")
    assert "<strong>100\u00a0%</strong>" in page and "n = 1\u00a0personne " in page


def test_a_corrected_target_changes_the_figures_at_once(spoken, client_as, house):
    analyst = client_as("analyst")
    assert "n = 2\u00a0personnes" in results(analyst, "/resultats/freins?cible=seniors")
    with house.app.app_context(), writing() as session:
        session.execute(update(Participant).where(Participant.pseudonym == "Garance").values(target="jeunes"))
    assert "n = 1\u00a0personne" in results(analyst, "/resultats/freins?cible=seniors")


def test_verbatims_are_lit_and_signed_without_a_name(spoken, client_as):
    page = client_as("analyst").get("/resultats/paroles/freins/acces").text
    assert "<mark>Internet est trop cher</mark>" in page
    assert "<figcaption>Grand public</figcaption>" in page
    assert "Tilleul" not in page


def test_words_for_the_team_alone_are_marked_as_not_to_be_quoted(spoken, client_as):
    warning, analyst = "à ne pas citer", client_as("analyst")
    assert warning not in analyst.get("/resultats/paroles/freins/cout_internet").text
    client_as("Garance").send("/cafe/essai/jour/2/1", key=str(uuid4()), text="Internet est trop cher, entre nous.")
    assert analyst.get("/resultats/paroles/freins/cout_internet").text.count(warning) == 1


@pytest.mark.parametrize(("people", "signed"), [(4, "Grand public"), (5, "Grand public, Aidants")])
def test_a_small_subgroup_is_not_named(people, signed):
    assert signature("Grand public", "Aidants", people) == signed


def test_the_pulse_counts_posts_and_people_by_day(spoken, client_as):
    page = client_as("analyst").get("/resultats/pouls").text
    assert "2 messages en 3 jours, sur 15 prévus." in page
    assert "<strong>2</strong> messages · 2 personnes" in page
    # The clock stands on the third day: two silent days, twelve to come.
    assert (page.count("<strong>0</strong> message · 0 personne"), page.count("à venir")) == (2, 12)


def test_late_answers_count_on_the_day_of_their_question(spoken, client_as, clock):
    clock.move(days=3)
    client_as("Mésange").send(QUESTION, key=str(uuid4()), text="En retard.")
    assert "<strong>3</strong> messages · 3 personnes" in client_as("analyst").get("/resultats/pouls").text


def test_when_no_group_is_in_the_total_the_page_shows_all_and_says_so(spoken, client_as, house):
    analyst = client_as("analyst")
    results(analyst, "/resultats/freins")
    with house.app.app_context():
        db.session.get(Group, "grand_public").in_total = False
        db.session.commit()
    page = results(analyst, "/resultats/freins")
    assert "Aucun groupe du total n’a encore parlé" in page and "<strong>50\u00a0%</strong>" in page
    assert "sans Grand public</a>" in page and "avec Grand public</a>" in page


def test_a_target_is_named_in_french_and_only_if_someone_chose_it(spoken, client_as):
    page = results(client_as("analyst"), "/resultats/freins?cible=seniors")
    assert '<option value="seniors" selected>Seniors</option>' in page and ">Jeunes" not in page


def test_verbatims_come_by_twenty(client_as):
    citizen, analyst = client_as("Tilleul"), client_as("analyst")
    for n in range(22):
        citizen.send(QUESTION, key=str(uuid4()), text=f"Internet est trop cher {n}.")
    first = analyst.get("/resultats/paroles/freins/acces").text
    older = re.search(r'href="([^"]+)">Paroles plus anciennes', first)[1]
    assert (first.count("<figure"), analyst.get(older).text.count("<figure")) == (20, 2)


def test_an_unknown_option_is_not_found(client_as):
    assert client_as("analyst").get("/resultats/paroles/freins/rien").status_code == 404


PAGES = ("/resultats", "/resultats/paroles/freins/acces", "/resultats/pouls", "/donnees", "/donnees/csv")


@pytest.mark.parametrize("who", ["citizen", "moderator", "interviewer"])
def test_only_analysts_pass(who, client_as):
    client = client_as(who)
    assert [client.get(path).status_code for path in PAGES] == [403] * len(PAGES)


def test_without_a_session_the_door_is_shown(visitor):
    assert visitor.get("/resultats").location == "/equipe/entrer"


def test_frames_leave_behind_what_was_hidden(spoken, client_as, house):
    client_as("moderator").send("/moderation/1/masquer", reason="x")
    with house.app.app_context():
        kept = frames_from_base(stable_pseudonyms=True)
    assert kept.contributions["text"].to_list() == ["Le débit est mauvais."]
    assert set(kept.tags["contribution"]) == set(kept.contributions["contribution"])


def test_pseudonyms_are_drawn_at_each_export_unless_asked(app):
    for n in range(40):
        people.create_participant(f"Personne {n}", "grand_public", NOON, place=str(n))
    db.session.commit()
    places = [frames_from_base().participants.set_index("place")["participant"].to_dict() for _ in range(2)]
    assert places[0] != places[1]
    stable = [frames_from_base(stable_pseudonyms=True).participants for _ in range(2)]
    assert stable[0].equals(stable[1])


def test_queries_do_not_grow_with_rows(spoken, client_as, house, monkeypatch):
    # Whatever else a server writes for others has the marks read again: here they always are.
    monkeypatch.setattr(state, "_writes", count().__next__)
    analyst, counts, pages = client_as("analyst"), [], (*PAGES, "/resultats/freins")
    for _ in range(2):
        results(analyst, "/resultats/freins")
        # What a process reads once is read before counting.
        for path in pages:
            analyst.get(path)
        with counted_queries(house.app) as seen:
            for path in pages:
                analyst.get(path)
        counts.append(len(seen))
        for n in range(10):
            client_as("Mésange").send(QUESTION, key=str(uuid4()), text=f"Internet est trop cher {n}")
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", site.PAGES, ids=lambda page: page.slug)
def test_each_page_stands_before_and_after_the_first_words(page, client_as):
    analyst = client_as("analyst")
    assert page.title in results(analyst, f"/resultats/{page.slug}")
    client_as("Tilleul").send(QUESTION, key=str(uuid4()), text="Internet est trop cher pour les seniors.")
    assert page.title in results(analyst, f"/resultats/{page.slug}")


def test_the_first_page_tells_the_fact_of_each_output(spoken, client_as):
    page = results(client_as("analyst"), "/resultats")
    fact = page.split("<strong>Freins</strong>")[1].split("</li>")[0]
    assert "Accès des utilisateurs au numérique (100\u00a0%)" in fact and "n = 2\u00a0personnes" in fact
    assert "indicatif" in fact


def test_while_newer_figures_are_computed_the_last_ones_stay(spoken, client_as):
    analyst = client_as("analyst")
    before = results(analyst, "/resultats/freins")
    client_as("Mésange").send(QUESTION, key=str(uuid4()), text="Internet est trop cher.")
    waiting = analyst.get("/resultats/freins").text
    assert "Des messages sont arrivés" in waiting and "n = 2\u00a0personnes" in waiting and "n = 2" in before
    assert "n = 3\u00a0personnes" in results(analyst, "/resultats/freins")


def test_each_person_may_weigh_the_same_and_the_interval_then_stays_away(spoken, client_as):
    page = results(client_as("analyst"), "/resultats/freins?poids=unweighted")
    assert "chaque personne pèse autant" in page and "<strong>50\u00a0%</strong>" in page


def test_words_for_the_team_alone_are_quoted_on_no_page_of_results(client_as):
    client_as("Garance").send("/cafe/essai/jour/2/1", key=str(uuid4()), text="Internet est trop cher, entre nous.")
    page = results(client_as("analyst"), "/resultats/freins")
    assert "Ils le disent" not in page and "entre nous" not in page
