"""Sessions kept by the server: once ended, the old cookie opens nothing."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from cafe.extensions import writing
from cafe.people.models import Consent, ConsentWording, Dialogue, Participant, Staff, Visit
from cafe.statements import Ready

CITIZEN_LASTS = timedelta(days=30)
SHARED_LASTS = timedelta(hours=2)
STAFF_LASTS = timedelta(hours=12)
# « Last seen » is known to this much: each page would cost a write otherwise.
SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class Actor:
    """Whoever sends the request: a citizen or a member of staff, by pseudonym or login.

    `own_participant_id`: who a member of staff is in the café, when they also take part.
    """

    visit_id: int
    name: str
    role: str
    participant_id: int | None = None
    staff_id: int | None = None
    shared_phone: bool = False
    consented: bool = True
    second_factor: bool = False
    cares: bool = False
    own_participant_id: int | None = None


_fictional = select(Dialogue.fictional)


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_visit(now: datetime, *, participant_id=None, staff_id=None, shared_phone=False) -> str:
    """Start a session and return its token, which only the cookie will hold.

    The demonstration's team needs no second factor: nothing in a fictional dialogue belongs to anyone.
    """
    token = secrets.token_urlsafe(24)
    lasts = STAFF_LASTS if staff_id else SHARED_LASTS if shared_phone else CITIZEN_LASTS
    with writing() as session:
        session.add(
            Visit(
                digest=token_digest(token),
                participant_id=participant_id,
                staff_id=staff_id,
                shared_phone=shared_phone,
                second_factor=staff_id is not None and bool(session.scalar(_fictional)),
                started_at=now,
                seen_at=now,
                expires_at=now + lasts,
            )
        )
    return token


def end_visit(visit_id: int, now: datetime) -> None:
    with writing() as session:
        session.execute(update(Visit).where(Visit.id == visit_id).values(ended_at=now))


def end_visits_of(participants: list[int], now: datetime) -> None:
    """Whoever came in with a card that dies goes out with it."""
    open_ones = Visit.participant_id.in_(participants) & Visit.ended_at.is_(None)
    with writing() as session:
        session.execute(update(Visit).where(open_ones).values(ended_at=now))


_latest = select(ConsentWording.version).order_by(ConsentWording.version.desc()).limit(1).scalar_subquery()
_open_visit = Ready(
    select(
        Visit.id, Visit.shared_phone, Visit.participant_id, Visit.staff_id, Visit.second_factor, Visit.seen_at,
        Participant.pseudonym, Staff.login, Staff.role, Staff.cares, Staff.participant_id.label("own_participant_id"),
        Consent.version,
    )
    .outerjoin(Participant, (Participant.id == Visit.participant_id) & Participant.erased_at.is_(None))
    .outerjoin(Staff, (Staff.id == Visit.staff_id) & Staff.closed_at.is_(None))
    .outerjoin(Consent, (Consent.participant_id == Visit.participant_id) & (Consent.version == _latest))
    .where(Visit.digest == bindparam("digest"), Visit.ended_at.is_(None), Visit.expires_at > bindparam("now"))
)  # fmt: skip


def find_actor(token: str, now: datetime) -> Actor | None:
    """The person whose open session this is, in one query."""
    row = _open_visit.first(digest=token_digest(token), now=now)
    if row and (row.seen_at is None or now - row.seen_at > SEEN_EVERY):
        _note_seen(row.id, now)
    return row and _actor(row)


def _note_seen(visit_id: int, now: datetime) -> None:
    with writing() as session:
        session.execute(update(Visit).where(Visit.id == visit_id).values(seen_at=now))


def _actor(row) -> Actor | None:
    if row.login:
        return Actor(
            row.id,
            row.login,
            row.role,
            staff_id=row.staff_id,
            second_factor=row.second_factor,
            cares=row.cares,
            own_participant_id=row.own_participant_id,
        )
    if row.pseudonym:
        return Actor(
            row.id,
            row.pseudonym,
            "citizen",
            participant_id=row.participant_id,
            shared_phone=row.shared_phone,
            consented=row.version is not None,
        )
    return None
