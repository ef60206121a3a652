"""The e-mails of the restitution: recorded once, before any leaves; to those who gave an address and want messages."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, String, cast, literal, select

from cafe.corpus.models import Contribution
from cafe.extensions import run, writing
from cafe.forum.models import Cafe
from cafe.messages.due import next_morning, waking_time
from cafe.messages.models import Message
from cafe.messages.services import insert_new
from cafe.people.models import Contact, Participant
from cafe.people.queries import the_dialogue
from cafe.referential.versions import current_referential
from cafe.restitution import wording
from cafe.restitution.models import Outcome, Piece
from cafe.restitution.quotable import current_edition, of_edition, stands
from cafe.restitution.subjects import expand, read_subjects, spoke_of

# An outcome is told by e-mail for so long: what is missed longer waits for the next visit.
TOLD_WITHIN = timedelta(days=7)


def record_news(now: datetime) -> None:
    """Record what has come due: to those quoted, at once; to those who spoke of a lead, the morning after.

    The morning after, since what is written on one day makes one e-mail. Hours are those of the latest café.
    """
    cafe = run(select(Cafe.__table__).order_by(Cafe.first_day.desc(), Cafe.id.desc()).limit(1)).first()
    if cafe is not None:
        _record_quoted(cafe, now)
        _record_decided(cafe, now)


def _record_quoted(cafe: Row, now: datetime) -> None:
    edition = current_edition()
    if edition is None or edition.published_at or edition.objects_until <= now:
        return
    last = (edition.objects_until - timedelta(seconds=1)).astimezone(ZoneInfo(cafe.timezone))
    said = wording.quoted(the_dialogue().title, f"{last:%d/%m/%Y}")
    quoted = of_edition(edition.id, Contribution.participant_id).where(stands())
    window = {"due_at": waking_time(cafe, now), "expires_at": edition.objects_until}
    _record(cafe, "quoted", f"quoted {edition.id} p", quoted, said, window, now)


def _record_decided(cafe: Row, now: datetime) -> None:
    for outcome in _recent_outcomes(now):
        due = next_morning(cafe, outcome.written_at)
        pairs = expand(read_subjects(outcome.published_subjects), current_referential()[1])
        if pairs:
            prefix = f"decided {due.astimezone(ZoneInfo(cafe.timezone)):%Y-%m-%d} p"
            window = {"due_at": max(due, now), "expires_at": due + TOLD_WITHIN}
            _record(cafe, "decided", prefix, spoke_of(pairs), wording.decided(the_dialogue().title), window, now)


def _recent_outcomes(now: datetime) -> list[Row]:
    query = select(Outcome.written_at, Piece.published_subjects).join(Piece, Piece.id == Outcome.piece_id)
    is_read = Piece.published_at.is_not(None) & Piece.removed_at.is_(None)
    return list(run(query.where(is_read, Outcome.written_at > now - TOLD_WITHIN).order_by(Outcome.id)))


def _record(cafe: Row, kind: str, prefix: str, people: Select, said: wording.Said, window: dict, now: datetime) -> None:
    """One message to each of these people who can and will be written to, unless it is recorded already."""
    known = select(Message.id).where(Message.key == literal(prefix) + cast(Participant.id, String)).exists()
    query = (
        select(Participant.id)
        .join(Contact, Contact.participant_id == Participant.id)
        .where(Participant.id.in_(people), Participant.erased_at.is_(None), Contact.stopped_at.is_(None))
        .where(Contact.email != "", ~known)
        .order_by(Participant.id)
    )
    common = {"kind": kind, "channel": "email", "cafe_id": cafe.id, "recorded_at": now} | window | said._asdict()
    rows = [common | {"key": f"{prefix}{number}", "participant_id": number} for number in run(query).scalars()]
    if rows:
        with writing():
            run(insert_new(Message), rows)
