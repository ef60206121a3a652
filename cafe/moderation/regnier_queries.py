"""What the team reads of statements: their words, where their vote stands, how many voted, what they come from."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, select

from cafe.corpus.models import Answer, Contribution, Question
from cafe.extensions import db
from cafe.forum.models import Cafe
from cafe.forum.voting_models import Statement, StatementOrigin
from cafe.moderation.models import Retained
from cafe.people.models import Participant

STATES = {"coming": "à venir", "open": "ouverte", "closed": "fermée"}


@dataclass(frozen=True)
class StatementLine:
    """A statement as the team sees it. `votes`: people who voted, silences included; `reasons`: who said why."""

    id: int
    text: str
    code: str
    scale: str
    place: int
    opens_at: datetime
    closes_at: datetime
    cafe_slug: str
    cafe_title: str
    timezone: str
    archived_at: datetime | None
    votes: int
    reasons: int
    origins: int

    def state(self, now: datetime) -> str:
        if self.archived_at is not None or now >= self.closes_at:
            return "closed"
        return "open" if now >= self.opens_at else "coming"


def _counted(counted, question_id, *where) -> Select:
    people = select(func.count(counted.participant_id.distinct()))
    alive = people.join(Participant, Participant.id == counted.participant_id).where(Participant.erased_at.is_(None))
    return alive.where(question_id == Statement.question_id, *where).scalar_subquery()


_lines = (
    select(
        Statement.id, Question.text, Question.code, Statement.scale, Statement.place, Statement.opens_at,
        Statement.closes_at, Cafe.slug, Cafe.title, Cafe.timezone, Cafe.archived_at,
        _counted(Answer, Answer.question_id),
        _counted(Contribution, Contribution.question_id, Contribution.status != "withdrawn"),
        select(func.count()).where(StatementOrigin.statement_id == Statement.id).scalar_subquery(),
    )
    .join(Question, Question.id == Statement.question_id)
    .join(Cafe, Cafe.id == Statement.cafe_id)
    .order_by(Cafe.first_day.desc(), Cafe.id.desc(), Statement.place, Statement.id)
)  # fmt: skip


def statement_lines() -> list[StatementLine]:
    """Every statement, those of the latest café first, in the order in which they are voted on."""
    return [StatementLine(*row) for row in db.session.execute(_lines)]


def find_line(statement_id: int) -> StatementLine | None:
    row = db.session.execute(_lines.where(Statement.id == statement_id)).first()
    return row and StatementLine(*row)


def origins_of(statement_id: int) -> list[Row]:
    """The contributions that a statement comes from and that still stand; `retained`: kept to be quoted."""
    retained = select(Retained.section).where(Retained.contribution_id == Contribution.id).exists()
    query = (
        select(Contribution.id, Contribution.text, Question.text.label("question"), retained.label("retained"))
        .join(StatementOrigin, StatementOrigin.contribution_id == Contribution.id)
        .join(Question, Question.id == Contribution.question_id)
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(StatementOrigin.statement_id == statement_id, Contribution.status == "published")
        .where(Participant.erased_at.is_(None))
    )
    return list(db.session.execute(query.order_by(Contribution.id)))


def statements_from(contribution_id: int) -> list[Row]:
    """The statements that come from a contribution."""
    query = (
        select(Statement.id, Question.text)
        .join(Question, Question.id == Statement.question_id)
        .join(StatementOrigin, StatementOrigin.statement_id == Statement.id)
        .where(StatementOrigin.contribution_id == contribution_id)
    )
    return list(db.session.execute(query.order_by(Statement.id)))


def current_cafes() -> list[Cafe]:
    """The cafés that may have statements, the latest first."""
    query = select(Cafe).where(Cafe.archived_at.is_(None)).order_by(Cafe.first_day.desc(), Cafe.id.desc())
    return list(db.session.scalars(query))


def next_place(cafe_id: int) -> int:
    """The rank that follows those of a café's statements."""
    return (db.session.scalar(select(func.max(Statement.place)).where(Statement.cafe_id == cafe_id)) or 0) + 1
