"""What one must never see or change by guessing a number, an order of gestures, or an old door."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from cafe.corpus.models import Contribution, Flag
from cafe.extensions import db, writing
from cafe.forum.models import Cafe, FollowUp
from cafe.forum.services import create_cafe
from tests.conftest import definition

OPEN, AFTER_OWN, NEVER, LATER = (f"/cafe/essai/jour/{place}" for place in ("1/2", "1/1", "2/1", "4/1"))


def _say(client, text, place=OPEN, **fields):
    return client.send(place, **{"key": str(uuid4()), "text": text} | fields)


def _number(answer) -> int:
    return int(answer.location.rpartition("#m")[2])


@pytest.fixture
def citizen(client_as):
    return client_as("Tilleul")


@pytest.fixture
def private(citizen, client_as, house):
    """Tilleul's answer to a private question of the team."""
    asked = _number(_say(citizen, "bonjour"))
    moderator = client_as("moderator")
    moderator.get(f"/animation/message/{asked}/question")
    moderator.send(f"/animation/message/{asked}/question", key=str(uuid4()), text="Quand ?")
    with house.app.app_context():
        follow_up = db.session.scalar(select(FollowUp.id))
    return _number(_say(citizen, "Un secret entre nous", follow_up=follow_up)), follow_up


def _post(house, number) -> Contribution:
    with house.app.app_context():
        return db.session.get(Contribution, number)


def test_a_quote_is_not_a_way_to_read_what_is_kept_from_us(citizen, client_as, private):
    never = _number(_say(citizen, "Pour l’équipe seule", NEVER))
    other = client_as("Garance")
    for number in (private[0], never):
        pages = other.get(f"{OPEN}?repondre={number}").text, _say(other, "x", reply_to=number, key="bad").text
        assert not any("secret" in page or "équipe seule »" in page for page in pages)


def test_a_private_answer_is_quoted_to_no_one(citizen, private, client_as):
    refused = _say(citizen, "Je me réponds", reply_to=private[0])
    assert refused.status_code == 403 and "Je me réponds" in refused.text
    assert "secret" not in client_as("Garance").get(OPEN).text


def test_an_answered_question_makes_no_ordinary_message_private(citizen, private, house):
    refused = _say(citizen, "Un autre message", follow_up=private[1])
    assert refused.status_code == 409 and "Un autre message" in refused.text
    key = str(uuid4())
    assert _say(citizen, "Un autre message", key=key).status_code == 303
    assert not _post(house, _number(_say(citizen, "Un autre message", key=key))).private


def test_moderated_before_a_correction_waits_too(house, citizen, client_as):
    number = _number(_say(citizen, "Poli"))
    with house.app.app_context(), writing() as session:
        session.execute(update(Cafe).values(moderation="before"))
    citizen.send(f"{OPEN}/message/{number}", action="correct", text="Plus poli du tout")
    assert _post(house, number).status == "waiting"
    assert "Plus poli" not in client_as("Garance").get(OPEN).text


def test_a_post_is_changed_from_its_own_question_alone(citizen, clock, house):
    number = _number(_say(citizen, "Mes mots"))
    assert citizen.get(f"{LATER}/message/{number}").status_code == 404
    assert citizen.send(f"{AFTER_OWN}/message/{number}", action="correct", text="Changés").status_code == 404
    assert _post(house, number).text == "Mes mots"


def test_a_reaction_to_what_is_not_there_is_refused(citizen, private, client_as):
    other, fragment = client_as("Garance"), {"HX-Request": "true"}
    for number in (99_999, private[0]):
        sent = {"csrf_token": other.token, "kind": "none"}
        answer = other.post(f"{OPEN}/message/{number}/reaction", data=sent, headers=fragment)
        assert answer.status_code == 404


def test_a_cafe_made_ahead_does_not_hide_the_one_that_runs(house, citizen, client_as):
    with house.app.app_context():
        create_cafe(definition(slug="printemps", first_day=date(2026, 3, 2)))
    assert citizen.get("/").location == "/cafe/essai/jour/3"
    assert "/participation/essai" in client_as("moderator").get("/animation").text
    with house.app.app_context(), writing() as session:
        session.execute(update(Cafe).where(Cafe.slug == "essai").values(archived_at=house.clock.now))
    assert citizen.get("/").location == "/cafe/printemps/jour/1"


def test_a_sign_of_distress_outlives_its_correction(house, citizen):
    number = _number(_say(citizen, "Je n’ai plus envie de vivre, je pense au suicide"))
    citizen.send(f"{OPEN}/message/{number}", action="correct", text="Tout va bien")
    with house.app.app_context():
        signs = db.session.execute(select(Flag.kind, Flag.start, Flag.end, Flag.settled_at)).all()
    assert signs == [("distress", 0, len("Tout va bien"), None)]


def test_a_hidden_message_may_be_withdrawn(house, citizen, client_as):
    number = _number(_say(citizen, "Mots durs"))
    client_as("moderator").send(f"/moderation/{number}/masquer", reason="Blessant")
    citizen.get("/mes-mots")
    citizen.send(f"/mes-mots/{number}/retirer")
    assert (_post(house, number).status, _post(house, number).text) == ("withdrawn", "")


def test_whoever_holds_a_lost_card_goes_out_with_it(citizen, client_as, house):
    assert citizen.get("/mes-mots").status_code == 200
    desk = client_as("organiser")
    with house.app.app_context():
        number = db.session.scalar(select(Contribution.participant_id)) or 1
    desk.get(f"/organisation/participants/{number}")
    desk.send(f"/organisation/participants/{number}/carte", key=str(uuid4()))
    assert citizen.get("/mes-mots").location == "/entrer"


@pytest.mark.parametrize("blank", ["\u200b\u202e", " \u2066\ufeff\n"])
def test_what_shows_nothing_is_an_empty_message(citizen, blank):
    assert _say(citizen, blank).status_code == 400
