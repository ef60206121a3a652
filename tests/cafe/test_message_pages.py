"""The list to phone by hand, and the journal of messages."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from cafe.extensions import writing
from cafe.messages import queries
from cafe.people.models import Contact, Visit
from cafe.people.services import ROLES
from tests.conftest import counted_queries

EVENING = datetime(2026, 1, 7, 17, 0, tzinfo=UTC)
LIST, JOURNAL = "/messages/a-faire", "/messages/journal"


@pytest.fixture
def organiser(office, client_as):
    return client_as("organiser")


@pytest.fixture
def evening(office):
    """One person to phone, one to write to, at the hour of reminders."""
    office.reachable("Tilleul", phone="06 00 00 00-01")
    office.reachable("Garance", "garance@exemple.fr", "06 00 00 00 02")
    office.house.clock.now = EVENING
    office.run_pass()
    return office


def test_real_names_are_for_an_organiser_with_a_second_factor(evening, client_as, organiser):
    assert organiser.get(LIST).status_code == organiser.get(JOURNAL).status_code == 200
    with evening.house.app.app_context(), writing() as session:
        session.execute(update(Visit).values(second_factor=False))
    assert organiser.get(JOURNAL).status_code == 200
    # Asked for a code: what was sent is not done.
    assert organiser.get(LIST).status_code == organiser.send(f"{LIST}/1/fait").status_code == 303
    for role in set(ROLES) - {"organiser"}:
        client = client_as(role)
        assert {client.get(page).status_code for page in (LIST, JOURNAL)} == {403}
        assert client.send(f"{LIST}/1/fait").status_code == 403
    assert client_as("citizen").get(LIST).status_code == 403
    assert evening.house.app.test_client().get(LIST).status_code == 303
    assert evening.messages(channel="hand", state="sent") == []


def test_the_list_says_whom_to_phone_and_what_to_say(evening, organiser):
    page = organiser.get(LIST).text
    assert "Vrai nom de Tilleul" in page and "Vrai nom de Garance" not in page
    assert 'href="tel:0600000001"' in page and 'href="sms:0600000001?body=Bonjour' in page
    assert "Qu’est-ce qui bloque ?" in page and "1 à appeler sur 1" in page


def test_what_was_said_is_ticked_off_with_who_and_when_and_can_be_put_back(evening, organiser):
    (message,) = evening.messages(channel="hand")
    organiser.get(LIST)
    evening.house.clock.move(minutes=5)
    for _ in range(2):
        assert organiser.send(f"{LIST}/{message.id}/fait").status_code == 303
        evening.house.clock.move(minutes=5)
    page = organiser.get(LIST).text
    assert "<s>Vrai nom de Tilleul</s>" in page and "fait par organiser, mercredi 7 janvier à 18\u00a0h\u00a005" in page
    organiser.send(f"{LIST}/{message.id}/pas-fait")
    assert "Appeler 06 00 00 00-01" in organiser.get(LIST).text
    assert [m.done_by_id for m in evening.messages(channel="hand")] == [None]


def test_an_e_mail_or_a_guessed_number_cannot_be_ticked(evening, organiser):
    (by_email,) = evening.messages(channel="email", kind="reminder")
    organiser.get(LIST)
    assert organiser.send(f"{LIST}/{by_email.id}/fait").status_code == 404
    assert organiser.send(f"{LIST}/{by_email.id}/pas-fait").status_code == 404
    assert organiser.send(f"{LIST}/99999/fait").status_code == 404
    assert [m.state for m in evening.messages(id=by_email.id)] == ["sent"]


def test_who_said_stop_leaves_the_list_and_yesterday_s_is_gone(evening, organiser, client_as):
    with evening.house.app.app_context(), writing() as session:
        session.execute(update(Contact).values(stopped_at=EVENING))
    assert "Personne à appeler" in organiser.get(LIST).text
    with evening.house.app.app_context(), writing() as session:
        session.execute(update(Contact).values(stopped_at=None))
    evening.house.clock.now = datetime(2026, 1, 8, 11, 0, tzinfo=UTC)
    evening.run_pass()
    assert "Personne à appeler" in client_as("organiser").get(LIST).text


def test_the_list_costs_the_same_for_many(evening, organiser):
    with evening.house.app.app_context(), counted_queries(evening.house.app) as seen:
        queries.to_do(queries.running_cafes(), EVENING)
    assert len([statement for statement in seen if statement != "BEGIN"]) == 2


def test_the_journal_tells_what_left_by_pages(evening, organiser, monkeypatch):
    page = organiser.get(JOURNAL).text
    assert "Garance" in page and "Parti" in page and "Tous : 3" in page
    assert not [secret for secret in ("garance@", "Vrai nom", "06 00") if secret in page]
    assert "Tilleul" not in organiser.get(f"{JOURNAL}?etat=sent").text
    assert "Aucun message dans cet état" in organiser.get(f"{JOURNAL}?etat=failed").text
    monkeypatch.setattr(queries, "PAGE", 2)
    first = organiser.get(JOURNAL).text
    assert "Plus anciens" in first and first.count('<th scope="row">') == 2
    oldest = min(m.id for m in evening.messages())
    assert organiser.get(f"{JOURNAL}?avant={oldest + 1}").text.count('<th scope="row">') == 1


def test_without_a_mail_server_the_journal_says_that_e_mails_wait(house, client_as):
    page = client_as("organiser").get(JOURNAL).text
    assert "les e-mails attendent" in page and "Aucun message pour l’instant" in page
    with house.app.app_context(), writing() as session:
        assert session.scalar(select(Contact.id)) is None
