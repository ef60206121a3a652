"""What the tests of votes share: a moderator who writes statements, citizens who vote."""

import re
from uuid import uuid4

from sqlalchemy import select

from cafe.corpus.models import Answer, Question
from cafe.extensions import db

ROOM, DESK = "/cafe/essai/affirmations", "/moderation/affirmations"
# The clock of tests stands at noon, in Paris, of the café's third day.
OPENS, CLOSES = "2026-01-07T12:00", "2026-01-19T08:00"


def write(moderator, text: str = "Un accueil humain partout.", **changes) -> int:
    """A statement, open from now on unless told otherwise; returns its number."""
    fields = {"key": str(uuid4()), "cafe": "essai", "text": text, "scale": "words", "place": "1"}
    fields |= {"opens_at": OPENS, "closes_at": CLOSES} | changes
    answer = moderator.send(f"{DESK}/nouvelle", **fields)
    assert answer.status_code == 303, answer.text
    return int(answer.location.rpartition("/")[2])


def vote(citizen, number: int, value: str, **fields):
    fields = {"edition": "1", "then": "next", "value": value} | fields
    return citizen.send(f"{ROOM}/{number}", **fields)


def rows(house) -> list[tuple]:
    """Every vote of the base: person, code of the statement, kind, option, value."""
    query = select(Answer.participant_id, Question.code, Answer.kind, Answer.option, Answer.value)
    with house.app.app_context():
        found = db.session.execute(query.join(Question).order_by(Answer.id)).tuples().all()
    return list(found)


def values(house) -> list[str]:
    return [row[-1] for row in rows(house)]


def key_in(page: str) -> str:
    return re.search(r'name="key" value="([^"]+)"', page)[1]
