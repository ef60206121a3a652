"""Cards to print: fresh ones for those asked for, whose older cards die at that moment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from cafe.errors import Conflict, NotFound
from cafe.extensions import writing
from cafe.people.cards import card_digest, words_from
from cafe.people.models import Card, Participant
from cafe.people.queries import invited
from cafe.people.visits import end_visits_of

EVERYONE, MISSING = "everyone", "missing"


@dataclass(frozen=True)
class NewCard:
    participant_id: int
    pseudonym: str
    words: str


def issue_cards(whom: str | int, form_key: str, key: str, now: datetime) -> list[NewCard]:
    """Cards for everyone, for those who have none alive, or for one person; their words are kept nowhere.

    The words come from the form's key: the same form, sent again or as a PDF, gives the same cards and kills none.
    """
    people = select(Participant.id, Participant.pseudonym).where(invited)
    if isinstance(whom, int):
        people = people.where(Participant.id == whom)
    with writing() as session:
        # Two who print at once come one after the other.
        rows = session.execute(people.order_by(Participant.pseudonym, Participant.id).with_for_update()).all()
        if isinstance(whom, int) and not rows:
            raise NotFound("Cette personne n’est plus là.")
        drawn = _Draw(session, form_key, key)
        cards = [NewCard(id, pseudonym, drawn.words(id)) for id, pseudonym in rows]
        if whom == MISSING:
            cards = [card for card in cards if card.participant_id not in drawn.holders or drawn.is_known(card)]
        _replace(session, [card for card in cards if not drawn.is_known(card)], key, now)
    return cards


class _Draw:
    """The words that a form's key gives to each person, apart from those of every card ever made."""

    def __init__(self, session, form_key: str, key: str):
        self.form_key, self.key = form_key, key
        rows = session.execute(select(Card.digest, Card.participant_id, Card.revoked_at)).all()
        self.owners = {digest: participant_id for digest, participant_id, _ in rows}
        self.alive = {digest for digest, _, revoked_at in rows if revoked_at is None}
        self.holders = {self.owners[digest] for digest in self.alive}

    def words(self, participant_id: int) -> str:
        turn = 0
        while True:
            words = words_from(f"{self.form_key}/{participant_id}/{turn}", self.key)
            digest = card_digest(words, self.key)
            owner = self.owners.setdefault(digest, participant_id)
            if owner == participant_id:
                return words
            turn += 1

    def is_known(self, card: NewCard) -> bool:
        return card_digest(card.words, self.key) in self.alive


def _replace(session, cards: list[NewCard], key: str, now: datetime) -> None:
    rows = [
        {"participant_id": card.participant_id, "digest": card_digest(card.words, key), "created_at": now}
        for card in cards
    ]
    if not rows:
        return
    if session.scalar(select(Card.id).where(Card.digest.in_([row["digest"] for row in rows])).limit(1)):
        raise Conflict("Ces cartes ont été remplacées depuis. Recommencez depuis la page des cartes.")
    replaced = Card.participant_id.in_([row["participant_id"] for row in rows]) & Card.revoked_at.is_(None)
    session.execute(update(Card).where(replaced).values(revoked_at=now))
    end_visits_of([row["participant_id"] for row in rows], now)
    session.execute(insert(Card), rows)
