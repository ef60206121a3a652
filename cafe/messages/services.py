"""What may be done with messages: record what is due, nudge someone, tick what was said by hand, stop and resume."""

from datetime import datetime

from sqlalchemy import Row, select, update
from sqlalchemy.dialects import postgresql, sqlite

from cafe.errors import Conflict, NotFound
from cafe.extensions import db, run, writing
from cafe.forum.cafes import is_invited
from cafe.forum.schedule import current_day, is_over
from cafe.messages import queries, wording
from cafe.messages.due import Window, local_date, nudge_window, windows
from cafe.messages.models import Message
from cafe.people.models import Contact, Participant

# E-mails to one participant in one day of the café.
DAILY_CAP = 2
BY_HAND = ("reminder", "nudge")
SAYING = {"opening": wording.opening, "reminder": wording.reminder, "closing": wording.closing}
NOT_THERE = "Cette ligne n’est plus dans la liste."


def insert_new(model):
    """The statement that adds a row unless its key is there; two processes may try at once."""
    insert = {"sqlite": sqlite, "postgresql": postgresql}[db.engine.dialect.name].insert
    return insert(model).on_conflict_do_nothing(index_elements=["key"])


def record_due(now: datetime) -> None:
    """Record the messages that have come due, before any of them leaves; a fixed number of statements a café."""
    for cafe in queries.running_cafes():
        for window in windows(cafe, now):
            rows = _digests(cafe, window) if window.kind == "digest" else _to_participants(cafe, window)
            if rows:
                with writing():
                    run(insert_new(Message), [row | _times(window, now) for row in rows])


def _times(window: Window, now: datetime) -> dict:
    return {"recorded_at": now, "due_at": max(now, window.start), "expires_at": window.end}


def _to_participants(cafe: Row, window: Window) -> list[dict]:
    kind, day = window.kind, window.day
    questions = queries.questions_of(cafe.id, day)
    if day and not questions:
        return []
    prefix = f"{kind} {cafe.slug} {day} p" if day else f"{kind} {cafe.slug} p"
    only = {"by_hand": kind in BY_HAND, "unanswered_day": day if kind == "reminder" else 0}
    people = queries.recipients(cafe.id, prefix, **only)
    said = SAYING[kind](cafe.title, day, questions)
    common = {"kind": kind, "cafe_id": cafe.id, "day": day} | said._asdict()
    return [
        common | {"key": f"{prefix}{person.id}", "participant_id": person.id, "channel": _channel(person.by_email)}
        for person in people
    ]


def _channel(by_email: bool) -> str:
    return "email" if by_email else "hand"


def _digests(cafe: Row, window: Window) -> list[dict]:
    """One a day for each person who moderates, when something waits."""
    prefix = f"digest {cafe.slug} {local_date(cafe, window.start)} s"
    people = queries.staff_recipients(prefix)
    waiting = queries.waiting_in(cafe.id) if people else None
    common = {"kind": "digest", "channel": "email", "cafe_id": cafe.id}
    return [
        common
        | {"key": f"{prefix}{one.id}", "staff_id": one.id}
        | wording.digest(cafe.title, waiting, one.may_care)._asdict()
        for one in people
        if waiting.is_something_for(one.may_care)
    ]


def pseudonym_of(participant_id: int) -> str | None:
    here = (Participant.id == participant_id) & Participant.erased_at.is_(None)
    return run(select(Participant.pseudonym).where(here)).scalar()


def nudge(cafe: Row, participant_id: int, staff_id: int, now: datetime) -> str:
    """Remind one person of today's question, at once or when the quiet hours end; twice a day is once.

    Returns how it goes: `email`, `hand`, or nothing when they cannot or will not be reached. Refused when they have
    answered, or were written to enough today.
    """
    day = current_day(cafe, now)
    if is_over(cafe, now) or not day:
        raise Conflict("Le café n’est pas ouvert aujourd’hui.")
    window = nudge_window(cafe, day, now)
    key = f"nudge {cafe.slug} {day} p{participant_id} {local_date(cafe, now)}"
    with writing():
        if known := run(select(Message.channel).where(Message.key == key)).scalar():
            return known
        channel = _reach(cafe, participant_id, window, now)
        if channel:
            said = wording.nudge(cafe.title, day, queries.questions_of(cafe.id, day))
            whom = {"participant_id": participant_id, "asked_by_id": staff_id, "cafe_id": cafe.id, "day": day}
            row = {"key": key, "kind": "nudge", "channel": channel} | whom | said._asdict() | _times(window, now)
            run(insert_new(Message), row)
    return channel


def _reach(cafe: Row, participant_id: int, window: Window, now: datetime) -> str:
    """The way to reach someone now, if any."""
    person = run(
        select(Contact.email, Contact.phone)
        .join(Participant, Participant.id == Contact.participant_id)
        .where(Participant.id == participant_id, Participant.erased_at.is_(None), Contact.stopped_at.is_(None))
        .where(is_invited(cafe.id))
    ).first()
    if person is None or not (person.email or person.phone):
        return ""
    if run(select(queries.has_answered(cafe.id, window.day, participant_id))).scalar():
        raise Conflict("Cette personne a déjà répondu aujourd’hui.")
    if person.email and window.start <= now and queries.emails_today(cafe, participant_id, now) >= DAILY_CAP:
        raise Conflict("Cette personne a déjà reçu deux messages aujourd’hui.")
    return _channel(bool(person.email))


def tick(message_id: int, staff_id: int, now: datetime) -> None:
    """Said by hand; ticked twice it stays as first ticked."""
    _change(message_id, "due", {"state": "sent", "sent_at": now, "done_by_id": staff_id})


def untick(message_id: int) -> None:
    _change(message_id, "sent", {"state": "due", "sent_at": None, "done_by_id": None})


def _change(message_id: int, state: str, values: dict) -> None:
    here = (Message.id == message_id) & (Message.channel == "hand")
    with writing():
        if not run(select(Message.id).where(here, Message.state.in_(("due", "sent")))).scalar():
            raise NotFound(NOT_THERE)
        run(update(Message).where(here, Message.state == state).values(values))


def retry(message_id: int, now: datetime) -> None:
    """Let an e-mail that failed leave again, while it still makes sense; asked twice it leaves once."""
    here = (Message.id == message_id) & (Message.channel == "email")
    again = (Message.state == "failed", Message.detail != wording.PERHAPS, Message.expires_at > now)
    with writing():
        if run(select(Message.id).where(here, Message.state.in_(("due", "sending", "sent")))).first():
            return
        values = {"state": "due", "due_at": now, "tries": 0, "detail": "", "claimed_at": None}
        if not run(update(Message).where(here, *again).values(values)).rowcount:
            raise Conflict("Ce message ne peut pas repartir : il est peut-être parti, ou son heure est passée.")


def stop(contact: Row, now: datetime) -> None:
    """No more messages to this person; asked twice it stays as first asked."""
    with writing():
        here = (Contact.id == contact.id) & Contact.stopped_at.is_(None)
        run(update(Contact).where(here).values(stopped_at=now))


def resume(contact: Row) -> None:
    with writing():
        run(update(Contact).where(Contact.id == contact.id).values(stopped_at=None))
