"""The team's accounts: opened, changed and closed by the organiser; each changes their own password."""

from dataclasses import dataclass
from datetime import datetime

from argon2.exceptions import VerificationError
from sqlalchemy import func, select, update

from cafe.errors import Conflict, NotAllowed, NotFound, Refusal
from cafe.extensions import writing
from cafe.people.fields import clean, clean_email, quoted
from cafe.people.models import Contact, Dialogue, Participant, Staff, Visit
from cafe.people.services import ROLES, create_staff, hash_password, hasher

ROLE_LABELS = {
    "moderator": "Modération",
    "analyst": "Analyse",
    "interviewer": "Entretiens",
    "organiser": "Organisation",
    "observer": "Observation",
    "committee": "Comité d’experts",
}
LAST_ORGANISER = "C’est le seul compte d’organisation : ouvrez-en un autre d’abord."


@dataclass(frozen=True)
class Account:
    """What the organiser says of an account; `pseudonym`: who this person is in the café, if they take part."""

    login: str
    role: str
    email: str = ""
    cares: bool = False
    pseudonym: str = ""


def create_account(account: Account, password: str, now: datetime) -> int:
    """Open an account; the same form sent again finds the account that it opened."""
    with writing() as session:
        session.execute(select(Dialogue.id).with_for_update())
        known = session.scalar(select(Staff).where(Staff.login == account.login))
        if known and known.role == account.role and known.closed_at is None and _opens(known, password):
            return known.id
        login = clean(account.login)
        if not 1 <= len(login) <= 60:
            raise Refusal("Donnez un identifiant de 60 signes au plus.")
        staff = session.get(Staff, create_staff(login, account.role, password, now))
        _describe(session, staff, account)
    return staff.id


def change_account(staff_id: int, account: Account, by: int) -> None:
    with writing() as session:
        staff = _open_account(session, staff_id)
        if account.role not in ROLES:
            raise Refusal("Choisissez un rôle dans la liste.")
        if account.role != staff.role:
            if staff_id == by:
                raise Refusal("Vous ne pouvez pas changer votre propre rôle.")
            _keep_an_organiser(session, staff)
        staff.role = account.role
        _describe(session, staff, account)


def reset_password(staff_id: int, password: str, now: datetime) -> None:
    """Give a new password; whoever is signed in with the old one is out."""
    with writing() as session:
        _open_account(session, staff_id).password_hash = hash_password(password)
        _end_visits(session, staff_id, now)


def reset_second_factor(staff_id: int) -> None:
    """Forget the telephone; the next code needed asks to set another one up."""
    with writing() as session:
        _open_account(session, staff_id).totp_secret = ""
        session.execute(update(Visit).where(Visit.staff_id == staff_id).values(second_factor=False))


def close_account(staff_id: int, by: int, now: datetime) -> None:
    """End an account and its sessions; what it decided keeps its name."""
    with writing() as session:
        staff = _open_account(session, staff_id)
        if staff_id == by:
            raise Refusal("Vous ne pouvez pas fermer votre propre compte.")
        _keep_an_organiser(session, staff)
        staff.closed_at = now
        _end_visits(session, staff_id, now)


def change_own_password(staff_id: int, visit_id: int, current: str, new: str, now: datetime) -> None:
    with writing() as session:
        staff = _open_account(session, staff_id)
        if not _opens(staff, current):
            raise NotAllowed("Le mot de passe actuel n’est pas le bon.")
        staff.password_hash = hash_password(new)
        _end_visits(session, staff_id, now, but=visit_id)


def _opens(staff: Staff, password: str) -> bool:
    try:
        return hasher.verify(staff.password_hash, password)
    except VerificationError:
        return False


def _open_account(session, staff_id: int) -> Staff:
    # Two who close or change accounts at once come one after the other: an organiser always remains.
    session.execute(select(Dialogue.id).with_for_update())
    staff = session.get(Staff, staff_id, populate_existing=True)
    if staff is None or staff.closed_at:
        raise NotFound("Ce compte n’existe pas, ou il est fermé.")
    return staff


def _keep_an_organiser(session, staff: Staff) -> None:
    others = select(func.count()).where(Staff.role == "organiser", Staff.closed_at.is_(None), Staff.id != staff.id)
    if staff.role == "organiser" and not session.scalar(others):
        raise Conflict(LAST_ORGANISER)


def _describe(session, staff: Staff, account: Account) -> None:
    staff.cares = account.cares
    staff.participant_id = _participant(session, clean(account.pseudonym))
    email = clean_email(account.email)
    if len(email) > 254:
        raise Refusal("Cet e-mail est trop long.")
    contact = session.scalar(select(Contact).where(Contact.staff_id == staff.id))
    if contact is None:
        session.add(contact := Contact(staff_id=staff.id))
    contact.email = email


def _participant(session, pseudonym: str) -> int | None:
    if not pseudonym:
        return None
    known = select(Participant.id).where(Participant.pseudonym == pseudonym, Participant.erased_at.is_(None))
    found = session.scalar(known)
    if found is None:
        raise Refusal(f"Personne n’a le pseudonyme {quoted(pseudonym)}.")
    return found


def _end_visits(session, staff_id: int, now: datetime, but: int = 0) -> None:
    theirs = (Visit.staff_id == staff_id) & (Visit.id != but) & Visit.ended_at.is_(None)
    session.execute(update(Visit).where(theirs).values(ended_at=now))
