"""Someone met in the field lets themselves in: a pseudonym, their consent, and a card to come back with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cafe.errors import Conflict
from cafe.extensions import db, writing
from cafe.people.cards import card_digest, words_from
from cafe.people.models import Card, ConsentWording, Participant
from cafe.people.roster import Roll
from cafe.people.services import give_consent

NEW_WORDING = "Le texte d’accord vient de changer. Lisez le nouveau, puis touchez Commencer."
# As good as never needed: three words of 2,048 seldom meet.
TURNS = 20


@dataclass(frozen=True)
class Welcome:
    """`key`: of the form that asks; `version`: the text of consent that it showed; `met`: group and profile."""

    key: str
    version: int
    met: dict[str, str]


def welcome(asked: Welcome, secret: str, now: datetime) -> int:
    """Make a participant under a pseudonym drawn from those left, who has agreed and has a card; returns the number."""
    with writing() as session:
        pseudonym = Roll(session).draw()
        if asked.version != session.scalar(select(ConsentWording.version).order_by(ConsentWording.version.desc())):
            raise Conflict(NEW_WORDING)
        person = Participant(key=asked.key, pseudonym=pseudonym, created_at=now, **asked.met)
        session.add(person)
        session.flush()
        give_consent(person.id, asked.version, now)
        digest = next(digest for _, digest in _drawn(asked.key, secret) if not _is_taken(session, digest))
        session.add(Card(participant_id=person.id, digest=digest, created_at=now))
    return person.id


def _drawn(key: str, secret: str):
    """The words that a form's key gives, and others should those be someone's already; with what each is kept by."""
    for turn in range(TURNS):
        words = words_from(f"welcome/{key}/{turn}", secret)
        yield words, card_digest(words, secret)


def _is_taken(session, digest: str) -> bool:
    return session.scalar(select(Card.id).where(Card.digest == digest)) is not None


def own_words(participant_id: int, secret: str) -> str:
    """The words of the card that someone let themselves in with, drawn again; empty once it is no longer theirs."""
    alive = select(Card.digest).where(Card.participant_id == participant_id, Card.revoked_at.is_(None))
    digests = set(db.session.scalars(alive))
    key = db.session.scalar(select(Participant.key).where(Participant.id == participant_id))
    return next((words for words, digest in _drawn(key, secret) if digest in digests), "") if key else ""
