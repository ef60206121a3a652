"""What the organiser's desk reads of cafés: a fixed number of queries, however many questions and messages."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, and_, exists, func, select

from cafe.corpus.models import Contribution, Question
from cafe.extensions import db
from cafe.forum.arranging import is_answered
from cafe.forum.cafes import is_invited
from cafe.forum.figures import day_counts
from cafe.forum.models import Cafe, CafeGroup, CafeQuestion, Reopening
from cafe.forum.schedule import current_day, is_over, opens_at
from cafe.people.models import Card, Group, Participant, Staff
from cafe.people.queries import invited


def state_of(cafe, now: datetime) -> str:
    """archived, over, running or coming."""
    if cafe.archived_at:
        return "archived"
    if is_over(cafe, now):
        return "over"
    return "running" if current_day(cafe, now) else "coming"


@dataclass(frozen=True)
class CafeLine:
    """A café in the list: where it stands, how many people spoke, how many messages stand."""

    cafe: Cafe
    state: str
    today: int
    opens_at: datetime
    last_opens: datetime
    people: int
    messages: int


def cafes(now: datetime) -> list[CafeLine]:
    """Every café, latest first."""
    said = (
        select(
            CafeQuestion.cafe_id,
            func.count(Contribution.participant_id.distinct()).label("people"),
            func.count().label("messages"),
        )
        .join(Contribution, Contribution.question_id == CafeQuestion.question_id)
        .where(Contribution.status == "published")
        .group_by(CafeQuestion.cafe_id)
        .subquery()
    )
    rows = select(Cafe, func.coalesce(said.c.people, 0), func.coalesce(said.c.messages, 0))
    rows = rows.outerjoin(said, said.c.cafe_id == Cafe.id).order_by(Cafe.first_day.desc(), Cafe.id.desc())
    return [_line(cafe, people, messages, now) for cafe, people, messages in db.session.execute(rows)]


def _line(cafe: Cafe, people: int, messages: int, now: datetime) -> CafeLine:
    bounds = opens_at(cafe, 1), opens_at(cafe, cafe.days)
    return CafeLine(cafe, state_of(cafe, now), current_day(cafe, now), *bounds, people, messages)


@dataclass(frozen=True)
class DayLine:
    """A day of the calendar; `reopened_until`: when it stops taking answers again, if it was reopened."""

    day: int
    opens_at: datetime
    has_opened: bool
    questions: int
    people: int
    messages: int
    reopened_until: datetime | None


def days_of(cafe, now: datetime) -> list[DayLine]:
    """Each day of a café, with or without a question."""
    counts = {row.day: row for row in day_counts(cafe.id)}
    query = select(Reopening.day, Reopening.until).where(Reopening.cafe_id == cafe.id, Reopening.until > now)
    reopened, today = dict(db.session.execute(query).tuples().all()), current_day(cafe, now)
    lines = []
    for day in range(1, cafe.days + 1):
        row = counts.get(day)
        figures = (row.questions, row.people, row.messages) if row else (0, 0, 0)
        lines.append(DayLine(day, opens_at(cafe, day), day <= today, *figures, reopened.get(day)))
    return lines


def groups_of(cafe_id: int) -> dict[str, str]:
    """The groups that a café is for, code and label; none: everyone."""
    query = select(Group.code, Group.label).join(CafeGroup, CafeGroup.group_code == Group.code)
    return dict(db.session.execute(query.where(CafeGroup.cafe_id == cafe_id).order_by(Group.label)).tuples().all())


_has_card = exists().where(Card.participant_id == Participant.id, Card.revoked_at.is_(None))


def readiness(cafe_id: int) -> Row:
    """How many people the café expects, how many of them have no card, and whether someone moderates."""
    people = (
        select(func.count())
        .select_from(Participant)
        .join(Cafe, Cafe.id == cafe_id)
        .where(and_(invited, is_invited(Cafe.id)))
    )
    moderators = select(func.count()).where(Staff.role == "moderator", Staff.closed_at.is_(None))
    counts = {
        "people": people,
        "without_card": people.where(~_has_card),
        "moderators": moderators,
        "groups": select(func.count()).select_from(Group),
    }
    return db.session.execute(select(*(count.scalar_subquery().label(name) for name, count in counts.items()))).one()


_written = select(
    Question.id, CafeQuestion.day, CafeQuestion.n, Question.text, Question.feeds, CafeQuestion.host,
    CafeQuestion.visibility, is_answered.label("answered"),
).join(CafeQuestion, CafeQuestion.question_id == Question.id)  # fmt: skip


def questions_of(cafe_id: int, day: int) -> list[Row]:
    """The questions of a day, in order, each with whether anyone has answered it."""
    here = _written.where(CafeQuestion.cafe_id == cafe_id, CafeQuestion.day == day)
    return list(db.session.execute(here.order_by(CafeQuestion.n)))
