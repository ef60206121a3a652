"""One thing more: the host's follow-ups, chosen by tags, and moderators' probes."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from cafe.corpus.models import Contribution
from cafe.extensions import db
from cafe.forum.models import FollowUp
from cafe.referential.versions import publish
from cafe.results.frames import frames_from_base

OPEN, NEVER, TODAY = "/cafe/essai/jour/1/2", "/cafe/essai/jour/2/1", "/cafe/essai/jour/3/1"
ABOUT_COST, ABOUT_NETWORK, ABOUT_HELP = "Qu’avez-vous dû couper ?", "Où cela passe-t-il mal ?", "Qui vous aide ?"
REFERENTIAL = f"""
slug: essai
label: Essai
version: 2
families:
  freins:
    label: Freins
    tags:
      cout: {{label: Coût, follow_up: "{ABOUT_COST}", rules: [cher]}}
      reseau: {{label: Réseau, follow_up: "{ABOUT_NETWORK}", rules: [débit]}}
      aide: {{label: Aide, follow_up: "{ABOUT_HELP}", rules: [aide]}}
      quiet: {{label: Sans question, rules: [calme]}}
"""


@pytest.fixture
def citizen(house, client_as):
    with house.app.app_context():
        publish(REFERENTIAL, house.clock.now)
    return client_as("Tilleul")


def _say(client, text, place=OPEN, **fields):
    return client.send(place, key=str(uuid4()), text=text, **fields)


def _rows(house):
    with house.app.app_context():
        return db.session.scalars(select(FollowUp).order_by(FollowUp.id)).all()


def test_an_answer_brings_the_question_of_its_first_tag_and_its_answer_is_prompted(citizen, house):
    _say(citizen, "C’est cher et le débit est lent")
    assert ABOUT_COST in citizen.get(OPEN).text
    [asked] = _rows(house)
    _say(citizen, "J’ai coupé la télé, trop cher", follow_up=asked.id)
    with house.app.app_context():
        said = db.session.scalars(select(Contribution).order_by(Contribution.id)).all()
        assert [post.prompted for post in said] == [False, True]
        assert list(frames_from_base(stable_pseudonyms=True).contributions["prompted"]) == [0, 1]
    [row] = _rows(house)
    assert (row.state, row.answer_id) == ("answered", said[1].id)
    page = citizen.get(OPEN).text
    assert "Passer" not in page and f"L’animation a demandé : « {ABOUT_COST} »" in page


def test_two_a_day_and_never_the_same_again(citizen, house, clock):
    for text in ("cher", "cher encore", "le débit", "une aide"):
        _say(citizen, text)
    assert [row.text for row in _rows(house)] == [ABOUT_COST, ABOUT_NETWORK]
    clock.move(days=1)
    _say(citizen, "toujours cher")
    _say(citizen, "une aide")
    assert [row.text for row in _rows(house)] == [ABOUT_COST, ABOUT_NETWORK, ABOUT_HELP]


def test_the_day_of_the_two_is_that_of_the_cafe(citizen, house, clock):
    clock.move(hours=11, minutes=30)
    _say(citizen, "cher")
    clock.move(hours=1)
    for text in ("le débit", "une aide"):
        _say(citizen, text)
    assert len(_rows(house)) == 3


def test_passing_is_always_there_and_asks_no_more(citizen, house):
    _say(citizen, "cher")
    [asked] = _rows(house)
    citizen.send(f"{OPEN}/relance/{asked.id}/passer")
    assert _rows(house)[0].state == "passed"
    assert ABOUT_COST not in citizen.get(OPEN).text
    _say(citizen, "autre chose")
    with house.app.app_context():
        assert not db.session.scalars(select(Contribution.prompted).order_by(Contribution.id.desc())).first()


def test_a_replay_a_reply_or_no_tag_asks_nothing_more(citizen, client_as, house):
    key = str(uuid4())
    for _ in range(3):
        citizen.send(OPEN, key=key, text="cher")
    assert len(_rows(house)) == 1
    other = client_as("Garance")
    number = other.send(OPEN, key=str(uuid4()), text="calme").location.rpartition("#m")[2]
    _say(citizen, "le débit", reply_to=number)
    assert len(_rows(house)) == 1


def test_the_follow_up_of_another_person_is_not_theirs_to_answer_or_pass(citizen, client_as, house):
    _say(citizen, "cher")
    [asked] = _rows(house)
    other = client_as("Garance")
    assert ABOUT_COST not in other.get(OPEN).text
    assert other.send(f"{OPEN}/relance/{asked.id}/passer").status_code == 404
    _say(other, "calme", follow_up=asked.id)
    [row] = _rows(house)
    assert row.state == "open"
    with house.app.app_context():
        assert not db.session.scalar(select(Contribution.prompted).order_by(Contribution.id.desc()))


def _post(citizen, text="calme"):
    return int(_say(citizen, text).location.rpartition("#m")[2])


def _probe(moderator, number, text="Quand était-ce ?", **fields):
    page = moderator.get(f"/animation/message/{number}/question").text
    key = page.partition('name="key" value="')[2].partition('"')[0]
    return moderator.send(f"/animation/message/{number}/question", **{"key": key, "text": text} | fields)


def test_a_private_probe_and_its_answer_stay_between_the_person_and_the_team(citizen, client_as, house):
    number, moderator = _post(citizen), client_as("moderator")
    _probe(moderator, number)
    _say(client_as("Garance"), "bonjour")
    assert "Quand était-ce" in citizen.get(OPEN).text
    [asked] = _rows(house)
    _say(citizen, "Hier, entre nous", follow_up=asked.id)
    seen = client_as("Garance").get(OPEN).text
    assert "Quand était-ce" not in seen and "entre nous" not in seen
    assert "Hier, entre nous" in moderator.get(f"/animation/message/{number}/question").text
    assert "Hier, entre nous" in citizen.get(OPEN).text


def test_a_public_probe_is_read_by_all_while_it_waits_and_after(citizen, client_as, house):
    number = _post(citizen)
    _probe(client_as("moderator"), number, public="1")
    assert "L’animation demande à Tilleul : « Quand était-ce ? »" in client_as("Garance").get(OPEN).text
    [asked] = _rows(house)
    _say(citizen, "Hier soir", follow_up=asked.id)
    seen = client_as("Garance").get(OPEN).text
    assert "L’animation a demandé : « Quand était-ce ? »" in seen and "Hier soir" in seen
    assert "demande à Tilleul" not in seen


def test_a_probe_sent_twice_is_one_and_a_bad_one_is_told(citizen, client_as, house):
    number, moderator, key = _post(citizen), client_as("moderator"), str(uuid4())
    for _ in range(2):
        assert _probe(moderator, number, key=key).status_code == 303
    assert len(_rows(house)) == 1
    refused = _probe(moderator, number, key=key, text="Et où ?")
    assert refused.status_code == 409 and "Et où ?" in refused.text
    assert _probe(moderator, number, text=" ").status_code == 400
    assert _probe(moderator, number, text="a" * 501).status_code == 400
    assert _probe(moderator, number, key="x").status_code == 400
    assert moderator.get("/animation/message/999/question").status_code == 404
