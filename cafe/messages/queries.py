"""What messages read: who is to be told what, and what the organiser's pages show. No page costs more for more rows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, String, and_, case, cast, distinct, func, literal, or_, select
from sqlalchemy.orm import aliased

from cafe.corpus.models import ALERTS, CARES, Contribution, Flag, Question
from cafe.extensions import run
from cafe.forum.cafes import is_invited
from cafe.forum.models import Cafe, CafeQuestion
from cafe.forum.schedule import day_began
from cafe.messages.models import Message
from cafe.messages.wording import Waiting
from cafe.moderation.models import Report
from cafe.people.models import Contact, Participant, Staff

PAGE = 50
TOLD = ("moderator", "organiser")
_has_email, _has_phone = Contact.email != "", Contact.phone != ""


def running_cafes() -> list[Row]:
    return list(run(select(Cafe.__table__).where(Cafe.archived_at.is_(None)).order_by(Cafe.id)))


def all_cafes() -> list[Row]:
    return list(run(select(Cafe.__table__).order_by(Cafe.id)))


def questions_of(cafe_id: int, day: int) -> list[Row]:
    """The day's questions and what the host says before each."""
    here = (CafeQuestion.cafe_id == cafe_id, CafeQuestion.day == day)
    query = select(Question.text, CafeQuestion.host).join(CafeQuestion, CafeQuestion.question_id == Question.id)
    return list(run(query.where(*here).order_by(CafeQuestion.n)))


def has_answered(cafe_id, day, participant_id) -> ColumnElement[bool]:
    """Whether the participant has an answer standing on any question of the day."""
    return (
        select(Contribution.id)
        .join(CafeQuestion, CafeQuestion.question_id == Contribution.question_id)
        .where(
            CafeQuestion.cafe_id == cafe_id,
            CafeQuestion.day == day,
            Contribution.participant_id == participant_id,
            Contribution.status != "withdrawn",
        )
        .exists()
    )


def _lacks(prefix: str, number) -> ColumnElement[bool]:
    """No message is recorded under this key and number."""
    return ~select(Message.id).where(Message.key == literal(prefix) + cast(number, String)).exists()


def recipients(cafe_id: int, prefix: str, *, by_hand: bool, unanswered_day: int = 0) -> list[Row]:
    """Participants who accept messages and have none under this key yet: number, whether they gave an address.

    `by_hand`: also those who gave a phone only. `unanswered_day`: a day that they have said nothing on.
    """
    reachable = or_(_has_email, _has_phone) if by_hand else _has_email
    query = (
        select(Participant.id, _has_email.label("by_email"))
        .join(Contact, Contact.participant_id == Participant.id)
        .where(Participant.erased_at.is_(None), Contact.stopped_at.is_(None), reachable)
        .where(is_invited(cafe_id), _lacks(prefix, Participant.id))
        .order_by(Participant.id)
    )
    if unanswered_day:
        query = query.where(~has_answered(cafe_id, unanswered_day, Participant.id))
    return list(run(query))


def staff_recipients(prefix: str) -> list[Row]:
    """Moderators and organisers who gave an address and have no digest under this key; who may read the care list."""
    query = (
        select(Staff.id, or_(Staff.role == "organiser", Staff.cares).label("may_care"))
        .join(Contact, Contact.staff_id == Staff.id)
        .where(Staff.role.in_(TOLD), Staff.closed_at.is_(None), Contact.stopped_at.is_(None), _has_email)
        .where(_lacks(prefix, Staff.id))
        .order_by(Staff.id)
    )
    return list(run(query))


def waiting_in(cafe_id: int) -> Waiting:
    """What waits for moderators in a café."""
    here = select(CafeQuestion.question_id).where(CafeQuestion.cafe_id == cafe_id)

    def count(column, *where):
        """The contributions of this café under some conditions."""
        found = select(func.count(distinct(Contribution.id))).where(Contribution.question_id.in_(here), *where)
        return (found.join(column.class_) if column is not Contribution.id else found).scalar_subquery()

    flagged = Flag.settled_at.is_(None)
    row = run(
        select(
            count(Contribution.id, Contribution.status == "waiting"),
            count(Report.contribution_id, Report.settled_at.is_(None)),
            count(Flag.contribution_id, flagged, Flag.kind.in_(ALERTS)),
            count(Flag.contribution_id, flagged, Flag.kind.in_(CARES)),
        )
    ).one()
    return Waiting(*row)


_done_by = aliased(Staff)


def to_do(cafes: list[Row], now: datetime) -> list[Row]:
    """The messages of today to give by hand, done or not, of those who accept them."""
    if not cafes:
        return []
    today = or_(*(and_(Message.cafe_id == cafe.id, Message.due_at >= day_began(cafe, now)) for cafe in cafes))
    query = (
        select(
            Message.id, Message.cafe_id, Message.day, Message.kind, Message.state, Message.body, Message.sent_at,
            Participant.pseudonym, Contact.name, Contact.phone, _done_by.login.label("done_by"),
            has_answered(Message.cafe_id, Message.day, Message.participant_id).label("answered"),
        )
        .join(Participant, Participant.id == Message.participant_id)
        .join(Contact, Contact.participant_id == Participant.id)
        .outerjoin(_done_by, _done_by.id == Message.done_by_id)
        .where(Message.channel == "hand", Message.due_at <= now, today)
        .where(or_(Message.state == "sent", and_(Message.state == "due", Contact.stopped_at.is_(None))))
        .order_by(case((Message.state == "due", 0), else_=1), Message.id)
    )  # fmt: skip
    return list(run(query))


@dataclass(frozen=True)
class Journal:
    rows: list[Row]
    older: int
    counts: dict[str, int]


def journal(state: str, before: int) -> Journal:
    """A page of what left, what waits and what failed, by pseudonym, newest first; `older`: where the next starts."""
    query = (
        select(
            Message.id, Message.kind, Message.channel, Message.day, Message.state, Message.detail, Message.tries,
            Message.due_at, Message.claimed_at, Message.sent_at, Message.expires_at, Cafe.title, Cafe.timezone,
            func.coalesce(Participant.pseudonym, Staff.login, "").label("to_whom"),
        )
        .join(Cafe, Cafe.id == Message.cafe_id)
        .outerjoin(Participant, Participant.id == Message.participant_id)
        .outerjoin(Staff, Staff.id == Message.staff_id)
        .order_by(Message.id.desc())
        .limit(PAGE + 1)
    )  # fmt: skip
    if state:
        query = query.where(Message.state == state)
    if before:
        query = query.where(Message.id < before)
    rows = list(run(query))
    counts = dict(run(select(Message.state, func.count()).group_by(Message.state)).tuples().all())
    return Journal(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else 0, counts)


def contact_of(person: str) -> Row | None:
    """The contact of « p12 », a participant, or « s3 », a member of staff."""
    column = Contact.participant_id if person[0] == "p" else Contact.staff_id
    return run(select(Contact.__table__).where(column == int(person[1:]))).first()


def emails_today(cafe: Row, participant_id: int, now: datetime) -> int:
    """How many e-mails left for this participant since midnight, by the café's clocks."""
    left = (Message.channel == "email", Message.state.in_(("sending", "sent", "failed")))
    query = select(func.count()).select_from(Message).where(Message.participant_id == participant_id, *left)
    return run(query.where(Message.claimed_at >= day_began(cafe, now))).scalar()
