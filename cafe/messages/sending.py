"""E-mails on their way: each is claimed, and the claim kept, before it is sent. What was claimed is never sent again,
unless the server said that it did not take it.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, select, update

from cafe.extensions import run, writing
from cafe.forum.models import Cafe
from cafe.messages import queries
from cafe.messages.due import is_quiet
from cafe.messages.models import LASTING, Message
from cafe.messages.services import DAILY_CAP
from cafe.messages.smtp import Letter, Mailer, NotTaken, Rejected, Uncertain, Unreachable
from cafe.messages.stopping import stop_token
from cafe.messages.wording import PERHAPS
from cafe.people.models import Contact, Participant, Staff

log = logging.getLogger(__name__)
# No sending lasts as long: who claimed it is gone.
ABANDONED = timedelta(minutes=15)
WAIT = timedelta(minutes=5)
# Where a message leads, when it is not to a day of the café.
PLACES = {"digest": "/moderation/file"} | dict.fromkeys(LASTING, "/mes-paroles")
TOO_LATE = "Son heure est passée."
NO_ANSWER = "Le serveur de messagerie ne répond pas. Nouvel essai chaque minute."


@dataclass(frozen=True)
class Office:
    """What sending needs of the install: the mail server, the site's address, the key that signs links, the clock."""

    mailer: Mailer
    public_url: str
    key: str
    clock: Callable[[], datetime]


def settle(now: datetime) -> None:
    """Put aside what nobody will send any more: claims left by a process that died, messages whose time has passed."""
    dead = (Message.state == "sending", Message.claimed_at < now - ABANDONED)
    late = (Message.state == "due", Message.expires_at <= now)
    with writing():
        lost = run(update(Message).where(*dead).values(state="failed", detail=PERHAPS)).rowcount
        missed = run(update(Message).where(*late).values(state="dropped", detail=TOO_LATE)).rowcount
    if lost:
        log.warning("%s e-mail(s) claimed and not acknowledged: perhaps sent, never sent again", lost)
    if missed:
        log.warning("%s message(s) dropped: their time has passed", missed)


def send_due(office: Office, halted: Callable[[], bool]) -> Counter:
    """Send what is due, one by one, until nothing is left, the mail server is gone, or the process must stop."""
    done = Counter()
    try:
        while not halted() and (number := _next_due(office.clock())) is not None:
            office.mailer.open()
            if row := _claim(number, office.clock()):
                done[_send(office, row)] += 1
    except Unreachable as error:
        log.warning("no mail server: %s", error)
        _tell_why_they_wait(office.clock())
    finally:
        office.mailer.close()
    return done


def _next_due(now: datetime) -> int | None:
    """The first e-mail that may leave now: not in the quiet hours of its café."""
    awake = [cafe for cafe in queries.all_cafes() if not is_quiet(cafe, now)]
    running = Message.cafe_id.in_([cafe.id for cafe in awake if cafe.archived_at is None])
    lasting = Message.cafe_id.in_([cafe.id for cafe in awake]) & Message.kind.in_(LASTING)
    query = select(Message.id).where(*_due(now), running | lasting).order_by(Message.due_at, Message.id)
    return run(query.limit(1)).scalar()


def _due(now: datetime):
    return Message.state == "due", Message.channel == "email", Message.due_at <= now, Message.expires_at > now


def _tell_why_they_wait(now: datetime) -> None:
    with writing():
        run(update(Message).where(*_due(now)).values(detail=NO_ANSWER))


_claimed = (
    select(
        Message.id, Message.key, Message.kind, Message.subject, Message.body, Message.day, Message.tries,
        Message.participant_id, Message.staff_id, Cafe.slug, Contact.email, Contact.stopped_at, Participant.erased_at,
        Staff.closed_at,
    )
    .join(Cafe, Cafe.id == Message.cafe_id)
    .outerjoin(Participant, Participant.id == Message.participant_id)
    .outerjoin(Staff, Staff.id == Message.staff_id)
    .outerjoin(Contact, (Contact.participant_id == Participant.id) | (Contact.staff_id == Staff.id))
)  # fmt: skip


def _claim(number: int, now: datetime) -> Row | None:
    """Make one e-mail ours, for good and for all to see; None when another process has it, or it must not leave."""
    with writing():
        row = run(_claimed.where(Message.id == number)).one()
        # Two processes that write to one person wait for each other, so that each counts the other's e-mail.
        run(select(Participant.id).where(Participant.id == row.participant_id).with_for_update(key_share=True))
        reason = _why_not(row, now)
        values = {"state": "dropped", "detail": reason} if reason else {"state": "sending", "claimed_at": now}
        ours = run(update(Message).where(Message.id == number, Message.state == "due").values(values)).rowcount
    return row if ours and not reason else None


def _why_not(row: Row, now: datetime) -> str:
    if not row.email or row.erased_at or row.closed_at:
        return "Il n’y a plus d’adresse."
    if row.stopped_at:
        return "La personne a demandé l’arrêt des messages."
    if row.participant_id is None:
        return ""
    cafe = run(select(Cafe.__table__).where(Cafe.slug == row.slug)).one()
    if row.kind in ("reminder", "nudge") and _answered(cafe, row):
        return "La personne a répondu entre-temps."
    if row.kind not in LASTING and queries.emails_today(cafe, row.participant_id, now) >= DAILY_CAP:
        return f"Déjà {DAILY_CAP} messages ce jour-là."
    return ""


def _answered(cafe: Row, row: Row) -> bool:
    return run(select(queries.has_answered(cafe.id, row.day, row.participant_id))).scalar()


def _send(office: Office, row: Row) -> str:
    """Hand over what was claimed and keep what became of it; returns its new state."""
    outcome = {"state": "sent", "detail": ""}
    try:
        office.mailer.send(_letter(office, row), office.clock())
    except NotTaken as error:
        tries = row.tries + 1
        outcome = {"state": "due", "detail": str(error), "tries": tries, "due_at": office.clock() + WAIT * tries}
    except Rejected as error:
        outcome = {"state": "failed", "detail": str(error)}
    except Uncertain:
        log.warning("message %s: no answer once it was handed over; perhaps sent, never sent again", row.id)
        outcome = {"state": "failed", "detail": PERHAPS}
    if outcome["state"] == "sent":
        outcome["sent_at"] = office.clock()
    with writing():
        run(update(Message).where(Message.id == row.id).values(outcome))
    return outcome["state"]


def _letter(office: Office, row: Row) -> Letter:
    person = f"p{row.participant_id}" if row.participant_id else f"s{row.staff_id}"
    stop = f"{office.public_url}/messages/stop/{stop_token(person, office.key)}"
    return Letter(row.key, row.email, row.subject, row.body, f"{office.public_url}{_path(row)}", stop)


def _path(row: Row) -> str:
    if row.kind in PLACES:
        return PLACES[row.kind]
    return f"/cafe/{row.slug}/jour/{row.day}" if row.day else "/"
