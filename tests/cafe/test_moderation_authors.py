"""The citizens' side: reporting, the state of one's own words, writing to the team and back."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from cafe.extensions import db
from cafe.forum.models import Cafe, CafeGroup
from cafe.moderation.models import Note, Report
from cafe.people.models import Group
from tests.cafe.moderating import AFTER_OWN, MAIL, NEVER, OPEN, Desk, say


@pytest.fixture
def desk(house, client_as):
    return Desk(house, client_as("moderator"))


@pytest.fixture
def citizen(client_as):
    return client_as("Tilleul")


@pytest.fixture
def other(client_as):
    return client_as("Garance")


def _reports(desk) -> list[tuple[int, str]]:
    return desk.read(lambda: list(db.session.execute(select(Report.contribution_id, Report.reason)).tuples()))


def test_a_report_is_four_reasons_one_tap_and_one_row(desk, citizen, other):
    number = say(citizen, "Des mots <b>durs")
    page = other.get(f"/signaler/{number}").text
    assert page.count('name="reason"') == 4 and "Des mots &lt;b&gt;durs" in page
    for reason in ("hurtful", "hurtful", "private"):
        answer = other.send(f"/signaler/{number}", reason=reason)
        thanks = other.get(answer.location).text
        assert "Merci, c’est signalé" in thanks and f"{OPEN}#m{number}" in thanks
    assert _reports(desk) == [(number, "hurtful")]
    assert other.send(f"/signaler/{number}", reason="autre").status_code == 400


def test_only_what_one_may_read_is_reported_and_never_one_s_own(desk, citizen, other):
    own, hidden_yet = say(citizen, "À tous"), say(citizen, "Après la vôtre", AFTER_OWN)
    secret, masked = say(citizen, "Entre nous", NEVER), say(citizen, MAIL)
    desk.decide(masked, "hide", why="contacts")
    for client, number, status in (
        (citizen, own, 403), (other, hidden_yet, 404), (other, secret, 404), (other, masked, 404), (other, 999, 404),
    ):  # fmt: skip
        assert client.get(f"/signaler/{number}").status_code == status
        assert client.send(f"/signaler/{number}", reason="hurtful").status_code == status
    assert _reports(desk) == []
    say(other, "la mienne", AFTER_OWN)
    assert other.get(f"/signaler/{hidden_yet}").status_code == 200


def test_whoever_is_not_invited_to_the_cafe_reports_nothing_in_it(desk, citizen, other):
    number = say(citizen, "À tous")
    desk.lay(Group(code="elus", label="Élus"))
    cafe_id = desk.read(lambda: db.session.scalar(select(Cafe.id)))
    desk.lay(CafeGroup(cafe_id=cafe_id, group_code="elus"))
    assert other.get(f"/signaler/{number}").status_code == 404


def test_each_state_is_said_in_words(desk, citizen):
    number, secret = say(citizen, MAIL), say(citizen, "Entre nous", NEVER)
    here = f"/mes-mots/{number}"
    assert "Publié." in citizen.get(here).text
    assert "Enregistré. Seule l’équipe le lit." in citizen.get(f"/mes-mots/{secret}").text
    desk.decide(number, "mask")
    page = citizen.get(here).text
    assert "Un passage est masqué par l’équipe." in page and "[masqué]" in page
    desk.decide(number, "return", explanation="Dites-le autrement.")
    assert "Renvoyé : Dites-le autrement." in citizen.get(here).text
    assert f"{OPEN}/message/{number}" in citizen.get(here).text
    citizen.send(f"{OPEN}/message/{number}", action="correct", text="Autrement")
    assert "En attente d’un animateur." in citizen.get(here).text
    desk.decide(number, "hide", why="other", reason="Publicité <b>")
    page = citizen.get(here).text
    assert "Masqué : Publicité &lt;b&gt;" in page and f"{OPEN}/message/{number}" not in page


def test_the_exchange_goes_both_ways_and_each_word_is_sent_once(desk, citizen):
    number = say(citizen, MAIL)
    to_author, answer = {"key": str(uuid4()), "audience": "author", "text": "Puis-je vous appeler ?"}, str(uuid4())
    for _ in range(2):
        desk.client.send(f"/moderation/{number}/note", **to_author)
        citizen.send(f"/mes-mots/{number}", key=answer, text="Oui, le soir.")
    page = citizen.get(f"/mes-mots/{number}").text
    assert page.count("Puis-je vous appeler ?") == page.count("Oui, le soir.") == 1
    assert "L’équipe" in page and "moderator" not in page
    assert "Tilleul, " in desk.client.get(f"/moderation/{number}").text
    refused = citizen.send(f"/mes-mots/{number}", key=answer, text="D’autres mots")
    assert refused.status_code == 409 and "D’autres mots</textarea>" in refused.text
    assert desk.read(lambda: db.session.scalar(select(func.count()).select_from(Note))) == 2


def test_a_refused_word_is_kept_in_the_form(desk, citizen):
    number = say(citizen, MAIL)
    for key, text in (("x", "Mes mots"), (str(uuid4()), "a" * 2001)):
        answer = citizen.send(f"/mes-mots/{number}", key=key, text=text)
        assert answer.status_code == 400 and f"{text}</textarea>" in answer.text
    assert citizen.send(f"/mes-mots/{number}", key=str(uuid4()), text=" ").status_code == 400
    answer = desk.client.send(f"/moderation/{number}/note", key="x", audience="team", text="Ma note")
    assert answer.status_code == 400 and "Ma note</textarea>" in answer.text


def test_one_s_own_message_is_nobody_else_s(citizen, other):
    number = say(citizen, MAIL)
    assert other.get(f"/mes-mots/{number}").status_code == 404
    assert other.send(f"/mes-mots/{number}", key=str(uuid4()), text="moi").status_code == 404
    citizen.send(f"{OPEN}/message/{number}", action="withdraw")
    assert citizen.get(f"/mes-mots/{number}").status_code == 404


def test_notes_of_the_team_stay_within_it(desk, citizen, client_as):
    number = say(citizen, MAIL)
    note = {"key": str(uuid4()), "audience": "team", "text": "À surveiller"}
    desk.client.send(f"/moderation/{number}/note", **note)
    assert "À surveiller" in client_as("organiser").get(f"/moderation/{number}").text
    assert "À surveiller" not in citizen.get(f"/mes-mots/{number}").text
    assert desk.client.send(f"/moderation/{number}/note", **note | {"audience": "x"}).status_code == 400
