"""Taking care: a list for few eyes, who is in charge, by when, how it ended."""

import pytest
from sqlalchemy import update

from cafe.extensions import db, writing
from cafe.moderation.models import Care
from cafe.people.models import Staff
from tests.cafe.moderating import MAIL, OPEN, Desk, say

LIST = "/moderation/soin"
TEXT = "La tasse est sur le grand canapé bleu."
SIGN = "grand canapé bleu"


@pytest.fixture
def desk(house, client_as):
    """An organiser, who may care."""
    return Desk(house, client_as("organiser"))


@pytest.fixture
def moderator(house, client_as):
    """A moderator without that right."""
    return Desk(house, client_as("moderator"))


@pytest.fixture
def citizen(client_as):
    return client_as("Tilleul")


@pytest.fixture
def number(desk, citizen):
    """A message with a sign of distress."""
    number = say(citizen, TEXT)
    desk.flag(number, "distress", SIGN)
    return number


def _staff(desk, login: str) -> int:
    return desk.read(lambda: db.session.query(Staff).filter_by(login=login).one().id)


def _take(desk, number: int, login: str, hours: int):
    return desk.client.send(f"{LIST}/{number}/prendre", keeper=str(_staff(desk, login)), hours=str(hours))


def _care(desk, number: int) -> Care | None:
    return desk.read(lambda: db.session.get(Care, number))


def test_a_sign_is_on_the_list_lit_and_not_in_the_queue(desk, number):
    page = desk.client.get(LIST).text
    assert f"<mark>{SIGN}<small" in page and "détresse" in page and "personne n’en est chargé" in page
    assert "3114" in page and "3919" in page and "119" in page and "115" in page and "112" in page
    assert "Tout (0)" in desk.queue()


def test_it_is_for_few_eyes(moderator, desk, number, client_as, house):
    _take(desk, number, "organiser", 24)
    for page in (moderator.client.get(f"/moderation/{number}").text, moderator.client.get("/moderation").text):
        assert TEXT in page and "détresse" not in page and "Pris en charge" not in page and LIST not in page
    assert moderator.client.get(LIST).status_code == 403
    for page, fields in (("prendre", {"keeper": "1", "hours": "24"}), ("clore", {"outcome": "rien"})):
        assert moderator.client.send(f"{LIST}/{number}/{page}", **fields).status_code == 403
    assert client_as("observer").get(LIST).status_code == 403
    assert "détresse" in desk.client.get(f"/moderation/{number}").text
    with house.app.app_context(), writing() as session:
        session.execute(update(Staff).where(Staff.role == "moderator").values(cares=True))
    assert SIGN in moderator.client.get(LIST).text


def test_someone_is_in_charge_and_by_when_and_the_late_come_first(desk, number, citizen, clock):
    later = say(citizen, "Une autre personne")
    desk.flag(later, "danger", "Une autre personne")
    assert _take(desk, later, "moderator", 24).status_code == 400
    assert _take(desk, later, "organiser", 5).status_code == 400
    _take(desk, later, "organiser", 2)
    page = desk.client.get(LIST).text
    assert "organiser, avant mercredi 7 janvier à 14\u00a0h" in page and "en retard" not in page
    assert page.index(f'id="c{number}"') < page.index(f'id="c{later}"')
    clock.move(hours=3)
    page = desk.client.get(LIST).text
    assert "en retard" in page and page.index(f'id="c{later}"') < page.index(f'id="c{number}"')


def test_closed_with_what_was_done_it_leaves_the_list_and_the_record_stays(desk, number):
    _take(desk, number, "organiser", 24)
    assert desk.client.send(f"{LIST}/{number}/clore", outcome=" ").status_code == 400
    desk.client.send(f"{LIST}/{number}/clore", outcome="Appelée, elle va mieux.")
    assert "Personne n’attend" in desk.client.get(LIST).text
    assert _care(desk, number).outcome == "Appelée, elle va mieux."
    assert [flag[3] for flag in desk.flags(number)] == [True]
    page = desk.client.get(f"/moderation/{number}").text
    assert "Pris en charge : organiser" in page and "Prise en charge terminée : Appelée, elle va mieux." in page
    assert desk.client.send(f"{LIST}/{number}/clore", outcome="encore").status_code == 409


def test_what_is_passed_on_comes_to_the_list_and_leaves_the_queue(desk, moderator, citizen):
    number = say(citizen, MAIL)
    answer = moderator.decide(number, "pass_on")
    assert list(moderator.picks()) == []
    assert "transmis par l’équipe" in desk.client.get(LIST).text
    moderator.undo(answer)
    assert list(moderator.picks()) == [number]
    assert "Personne n’attend" in desk.client.get(LIST).text


def test_once_someone_is_in_charge_passing_on_is_undone_without_leaving_the_list(desk, moderator, citizen):
    number = say(citizen, MAIL)
    answer = moderator.decide(number, "pass_on")
    _take(desk, number, "organiser", 24)
    moderator.undo(answer)
    assert f'id="c{number}"' in desk.client.get(LIST).text


def test_deciding_on_a_message_leaves_its_signs_to_those_who_care(desk, moderator, number):
    moderator.flag(number, "insult", "La tasse")
    moderator.decide(number, "mask")
    assert "[masqué]" in moderator.post(number).text
    assert f'id="c{number}"' in desk.client.get(LIST).text
    moderator.client.send(f"/moderation/{number}/masquer", reason="x")
    assert f'id="c{number}"' in desk.client.get(LIST).text


def test_nobody_takes_charge_of_their_own_words(desk, number):
    with desk.house.app.app_context(), writing() as session:
        own = desk.post(number).participant_id
        session.execute(update(Staff).where(Staff.role == "organiser").values(participant_id=own))
    assert "Personne n’attend" in desk.client.get(LIST).text
    assert _take(desk, number, "organiser", 24).status_code == 403


def test_withdrawn_words_leave_the_list(desk, number, citizen):
    _take(desk, number, "organiser", 24)
    citizen.send(f"{OPEN}/message/{number}", action="withdraw")
    assert "Personne n’attend" in desk.client.get(LIST).text
