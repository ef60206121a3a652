"""What voting reads: a café's statements with one person's votes on them, their reasons, what still waits for them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, bindparam, func, select

from cafe.corpus.models import Answer, Contribution, Question
from cafe.corpus.votes import SCALES, SILENCES, Level
from cafe.forum.models import Draft
from cafe.forum.voting_models import Statement
from cafe.statements import Ready


class Ballot(NamedTuple):
    """A statement as a citizen meets it; `vote`: what they voted, None if they have not."""

    id: int
    question_id: int
    text: str
    context: str
    scale: str
    edition: int
    closes_at: datetime
    vote: str | None

    @property
    def levels(self) -> tuple[Level, ...]:
        return SCALES[self.scale]

    @property
    def said(self) -> Level | None:
        """The level voted, with its sign and its words."""
        return next((level for level in (*self.levels, *SILENCES) if level.code == self.vote), None)


_own_vote = (
    select(Answer.value)
    .where(Answer.question_id == Statement.question_id, Answer.participant_id == bindparam("participant"))
    .limit(1)
    .scalar_subquery()
)
_ballots = Ready(
    select(
        Statement.id, Statement.question_id, Question.text, Question.context, Statement.scale, Statement.edition,
        Statement.closes_at, _own_vote,
    )
    .join(Question, Question.id == Statement.question_id)
    .where(Statement.cafe_id == bindparam("cafe"), Statement.opens_at <= bindparam("now"))
    .order_by(Statement.place, Statement.id)
)  # fmt: skip


def ballots(cafe_id: int, participant_id: int, now: datetime) -> list[Ballot]:
    """The statements that have opened, in their order, with what this participant voted."""
    return list(map(Ballot._make, _ballots.rows(cafe=cafe_id, participant=participant_id, now=now)))


def is_open(cafe, ballot: Ballot, now: datetime) -> bool:
    return cafe.archived_at is None and now < ballot.closes_at


open_statements = (
    select(func.count())
    .select_from(Statement)
    .where(
        Statement.cafe_id == bindparam("cafe"),
        Statement.opens_at <= bindparam("now"),
        Statement.closes_at > bindparam("now"),
    )
)
unvoted_statements = open_statements.where(_own_vote.is_(None))
_to_vote = Ready(
    select(open_statements.scalar_subquery().label("open"), unvoted_statements.scalar_subquery().label("unvoted"))
)


def to_vote(cafe, participant_id: int, now: datetime) -> tuple[int, int]:
    """How many statements are open, and on how many of them this participant has not voted."""
    if cafe.archived_at is not None:
        return 0, 0
    return tuple(_to_vote.first(cafe=cafe.id, participant=participant_id, now=now))


_reasons = Ready(
    select(Contribution.id, Contribution.text, Contribution.status, Contribution.status_reason)
    .where(
        Contribution.question_id == bindparam("question"),
        Contribution.participant_id == bindparam("participant"),
        Contribution.status != "withdrawn",
    )
    .order_by(Contribution.id)
)


def reasons(question_id: int, participant_id: int) -> list[Row]:
    """Why this participant voted so, in their words; what they withdrew is left out."""
    return _reasons.rows(question=question_id, participant=participant_id)


_draft = Ready(
    select(Draft.text).where(
        Draft.question_id == bindparam("question"), Draft.participant_id == bindparam("participant")
    )
)


def draft_of(question_id: int, participant_id: int) -> str:
    row = _draft.first(question=question_id, participant=participant_id)
    return row.text if row else ""
