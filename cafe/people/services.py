"""What may be done with people: enter, consent, sign in, be created."""

from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from blinker import Signal
from sqlalchemy import select, update

from cafe.errors import NotAllowed, Refusal
from cafe.extensions import db, writing
from cafe.people.cards import card_digest, draw_words
from cafe.people.models import Card, Consent, ConsentWording, Dialogue, Group, Participant, Staff

ROLES = ("moderator", "analyst", "interviewer", "organiser", "observer", "committee")
UNKNOWN_CARD = "Nous ne trouvons pas cette carte. Vérifiez les trois mots, puis réessayez."
UNKNOWN_LOGIN = "Identifiant ou mot de passe inconnu. Vérifiez, puis réessayez."
hasher = PasswordHasher()
# Sent with a participant's number, inside the transaction, when they leave the dialogue for good: other subjects then
# wipe what they kept of them.
person_gone = Signal()


@cache
def hash_of_nobody() -> str:
    """Verified when the login is unknown, so that both refusals take the same time; a hash takes long: made once."""
    return hasher.hash("nobody")


def create_dialogue(title: str, consent: str, now: datetime, fictional: bool = False) -> None:
    with writing() as session:
        session.add(Dialogue(title=title, fictional=fictional))
        session.add(ConsentWording(version=1, text=consent, created_at=now))


def create_group(code: str, label: str, side: str = "external", in_total: bool = True) -> None:
    """Add a group unless it exists."""
    with writing() as session:
        if session.get(Group, code) is None:
            session.add(Group(code=code, label=label, side=side, in_total=in_total))
            session.flush()


def create_participant(pseudonym: str, group_code: str, now: datetime, **profile) -> Participant:
    with writing() as session:
        participant = Participant(pseudonym=pseudonym, group_code=group_code, created_at=now, **profile)
        session.add(participant)
        session.flush()
    return participant


def erase_participant(participant_id: int, now: datetime) -> None:
    """Take someone out of the dialogue for good; their words are withdrawn by whoever knows them."""
    with writing() as session:
        session.execute(update(Participant).where(Participant.id == participant_id).values(erased_at=now))
        person_gone.send(participant_id)


def issue_card(participant_id: int, key: str, now: datetime) -> str:
    """Give a participant a new card, whose words are returned and kept nowhere; older ones die."""
    words = draw_words()
    with writing() as session:
        alive = (Card.participant_id == participant_id) & Card.revoked_at.is_(None)
        session.execute(update(Card).where(alive).values(revoked_at=now))
        session.add(Card(participant_id=participant_id, digest=card_digest(words, key), created_at=now))
    return words


def enter_with_card(typed: str, key: str) -> int:
    """The participant whose card this is; refused when it is unknown, replaced or erased."""
    participant_id = db.session.scalar(
        select(Card.participant_id)
        .join(Participant, Participant.id == Card.participant_id)
        .where(Card.digest == card_digest(typed, key), Card.revoked_at.is_(None), Participant.erased_at.is_(None))
    )
    if participant_id is None:
        raise NotAllowed(UNKNOWN_CARD)
    return participant_id


def give_consent(participant_id: int, version: int, now: datetime, staff_id: int | None = None) -> None:
    """Date the consent, and who heard it, if someone did; given twice it stays as first given."""
    with writing() as session:
        if session.get(ConsentWording, version) is None:
            raise Refusal("Ce texte n’existe plus. Rechargez la page pour lire le nouveau.")
        if session.get(Consent, (participant_id, version)) is None:
            consent = Consent(participant_id=participant_id, version=version, given_at=now, staff_id=staff_id)
            session.add(consent)


def hash_password(password: str) -> str:
    if len(password) < 12:
        raise Refusal("Le mot de passe est trop court : prenez au moins 12 caractères.")
    return hasher.hash(password)


def create_staff(login: str, role: str, password: str, now: datetime) -> int:
    if role not in ROLES:
        raise Refusal(f"Le rôle « {role} » n’existe pas. Choisissez parmi : {', '.join(ROLES)}.")
    with writing() as session:
        if session.scalar(select(Staff.id).where(Staff.login == login)):
            raise Refusal(f"L’identifiant « {login} » est déjà pris.")
        staff = Staff(login=login, role=role, password_hash=hash_password(password), created_at=now)
        session.add(staff)
        session.flush()
    return staff.id


def sign_in(login: str, password: str) -> int:
    """The member of staff whose login and password these are."""
    staff = db.session.scalar(select(Staff).where(Staff.login == login))
    try:
        hasher.verify(staff.password_hash if staff else hash_of_nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        raise NotAllowed(UNKNOWN_LOGIN) from None
    if staff is None or staff.closed_at:
        raise NotAllowed(UNKNOWN_LOGIN)
    return staff.id
