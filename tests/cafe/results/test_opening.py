"""Who reads what once the organiser opened it, and what citizens see."""

from uuid import uuid4

import pytest

from cafe.extensions import writing
from cafe.moderation.models import Objection
from tests.cafe.results.conftest import say

COMMITTEE, CITIZENS = "/resultats/ouvrir/comite", "/resultats/ouvrir/citoyens"


@pytest.fixture
def organiser(client_as):
    client = client_as("organiser")
    client.get("/resultats/jeux")
    return client


def change(organiser, path, action, **fields):
    return organiser.send(path, key=fields.pop("key", str(uuid4())), action=action, **fields)


def test_closed_citizens_read_one_sentence_and_open_they_read_the_dataset(crowd, frozen, organiser, client_as):
    citizen = client_as("Tilleul")
    closed = citizen.get("/resultats")
    assert closed.status_code == 403 and "ne sont pas encore ouverts" in closed.text
    change(organiser, CITIZENS, "open", dataset=frozen, page=["freins"])
    assert "Ce que vous avez dit, tous ensemble" in citizen.get("/resultats").text
    assert citizen.get("/resultats/freins").status_code == 200
    assert citizen.get("/resultats/raisons").status_code == 403
    change(organiser, CITIZENS, "close")
    assert citizen.get("/resultats/freins").status_code == 403


def test_what_is_open_to_citizens_is_never_live(opened, client_as, organiser):
    before = client_as("Tilleul").get("/resultats/freins").text.partition("<main")[2]
    say(client_as("Mésange"), "Le débit est mauvais.")
    assert client_as("Tilleul").get("/resultats/freins").text.partition("<main")[2] == before
    answer = change(organiser, CITIZENS, "live")
    assert answer.status_code == 400 and change(organiser, CITIZENS, "open", page=["freins"]).status_code == 400


def test_other_datasets_and_the_words_behind_a_bar_stay_closed_to_citizens(opened, client_as):
    citizen = client_as("Tilleul")
    for path in (f"/resultats/freins?jeu={opened + 1}", "/resultats/paroles/freins/acces", "/resultats/pouls",
                 "/resultats/jeux", f"/resultats/jeux/{opened}/tables.zip"):  # fmt: skip
        assert citizen.get(path).status_code == 403, path


def test_no_pseudonym_no_small_group_no_word_that_was_not_kept(opened, client_as):
    page = client_as("Tilleul").get("/resultats/freins").text
    assert "Internet est trop cher, dit le 0." in page
    # Kept too, but said by the only person of their group.
    assert "dit le 6" not in page and "dit le 1." not in page
    assert "Opérateur" not in page
    assert not any(name in page for name in ("Garance", "Voix", "P0001", "C0001"))


def test_words_taken_back_or_objected_to_leave_the_citizens_page(opened, client_as, house):
    citizen = client_as("Tilleul")
    assert "dit le 0" in citizen.get("/resultats/freins").text
    with house.app.app_context(), writing() as session:
        session.add(Objection(contribution_id=1, objected_at=house.clock.now))
    assert "dit le 0" not in citizen.get("/resultats/freins").text
    with house.app.app_context(), writing() as session:
        session.delete(session.get(Objection, 1))
    assert "dit le 0" in citizen.get("/resultats/freins").text
    client_as("moderator").send("/moderation/1/masquer", reason="x")
    assert "dit le 0" not in citizen.get("/resultats/freins").text


def test_few_people_make_no_figure_for_citizens(frozen, organiser, client_as):
    change(organiser, CITIZENS, "open", dataset=frozen, page=["freins"])
    assert "Trop peu de personnes" in client_as("Tilleul").get("/resultats").text
    assert "<strong>" not in client_as("Tilleul").get("/resultats/freins").text


def test_the_committee_reads_live_until_something_is_opened_to_it(crowd, frozen, organiser, client_as):
    member = client_as("committee")
    assert member.get("/resultats/raisons").status_code == 200
    change(organiser, COMMITTEE, "open", dataset=frozen, page=["freins"])
    assert "Jeu figé" in member.get("/resultats/freins").text
    assert "Raisons" not in member.get("/resultats").text
    closed = ("/resultats/raisons", "/resultats/pouls", "/resultats?jeu=9")
    assert {member.get(path).status_code for path in closed} == {403}
    change(organiser, COMMITTEE, "close")
    assert member.get("/resultats").status_code == 403
    change(organiser, COMMITTEE, "live")
    assert "Jeu figé" not in member.get("/resultats/raisons").text


def test_what_is_open_to_one_is_closed_to_the_other(crowd, frozen, organiser, client_as):
    change(organiser, COMMITTEE, "open", dataset=frozen, page=["freins"])
    assert client_as("Tilleul").get("/resultats").status_code == 403


def test_a_form_sent_again_opens_once_and_with_other_choices_is_refused(frozen, organiser):
    key = str(uuid4())
    for _ in range(5):
        assert change(organiser, CITIZENS, "open", key=key, dataset=frozen, page=["freins"]).status_code == 303
    assert change(organiser, CITIZENS, "open", key=key, dataset=frozen, page=["raisons"]).status_code == 409
    assert organiser.get("/resultats/jeux").text.count("ouvert aux citoyens") == 1


def test_a_dataset_that_someone_reads_is_not_deleted(opened, organiser):
    answer = organiser.send(f"/resultats/jeux/{opened}/supprimer", key=str(uuid4()))
    assert answer.status_code == 400 and "Fermez-le d’abord" in answer.text


def test_the_cafe_tells_citizens_that_results_are_there(crowd, frozen, organiser, client_as):
    day = "/cafe/essai/jour/1/2"
    assert "Les résultats sont là" not in client_as("Tilleul").get(day).text
    change(organiser, CITIZENS, "open", dataset=frozen, page=["freins"])
    assert "Les résultats sont là" in client_as("Tilleul").get(day).text


def test_no_page_chosen_is_one_sentence(frozen, organiser):
    assert "au moins une page" in change(organiser, CITIZENS, "open", dataset=frozen).text
