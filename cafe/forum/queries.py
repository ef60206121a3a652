"""What the conversation reads: a fixed number of queries, however many posts there are."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from cafe.corpus.models import Contribution, Question
from cafe.extensions import db
from cafe.forum.models import Cafe, CafeQuestion, Draft, Reaction
from cafe.people.models import Participant

PAGE = 20


@dataclass(frozen=True)
class Asked:
    """A question as a citizen meets it, and whether they have answered it."""

    id: int
    code: str
    day: int
    n: int
    text: str
    context: str
    host: str
    visibility: str
    answered: bool


@dataclass
class Post:
    id: int
    participant_id: int
    author: str
    text: str
    status: str
    status_reason: str
    created_at: datetime
    edited_at: datetime | None
    reply_to_id: int | None
    reply_text: str | None
    reply_status: str | None
    reply_author: str | None
    mine: str | None = None
    reactions: Counter = field(default_factory=Counter)


def find_cafe(slug: str) -> Cafe | None:
    return db.session.scalar(select(Cafe).where(Cafe.slug == slug))


def latest_cafe() -> Cafe | None:
    return db.session.scalar(select(Cafe).order_by(Cafe.first_day.desc(), Cafe.id.desc()))


def asked_questions(cafe_id: int, participant_id: int) -> list[Asked]:
    """The café's questions in order, each with whether the participant has an answer standing."""
    own = (
        select(Contribution.id)
        .where(
            Contribution.question_id == CafeQuestion.question_id,
            Contribution.participant_id == participant_id,
            Contribution.status != "withdrawn",
        )
        .exists()
    )
    rows = db.session.execute(
        select(
            Question.id, Question.code, CafeQuestion.day, CafeQuestion.n, Question.text, Question.context,
            CafeQuestion.host, CafeQuestion.visibility, own,
        )
        .join(CafeQuestion, CafeQuestion.question_id == Question.id)
        .where(CafeQuestion.cafe_id == cafe_id)
        .order_by(CafeQuestion.day, CafeQuestion.n)
    )  # fmt: skip
    return [Asked(*row) for row in rows]


def sees_others(asked: Asked) -> bool:
    return asked.visibility == "at_once" or (asked.visibility == "after_own" and asked.answered)


def posts(asked: Asked, participant_id: int, *, after: int | None = None, before: int = 0) -> tuple[list[Post], bool]:
    """The newest posts that this participant may see, oldest first, and whether there are more.

    `before`: the page that precedes this number, 0 for the last one; `after`: the first ones that follow it.
    """
    parent, parent_author = aliased(Contribution), aliased(Participant)
    query = (
        select(
            Contribution.id, Contribution.participant_id, Participant.pseudonym, Contribution.text, Contribution.status,
            Contribution.status_reason, Contribution.created_at, Contribution.edited_at, Contribution.reply_to_id,
            parent.text, parent.status, parent_author.pseudonym,
        )
        .join(Participant, Participant.id == Contribution.participant_id)
        .outerjoin(parent, parent.id == Contribution.reply_to_id)
        .outerjoin(parent_author, parent_author.id == parent.participant_id)
        .where(Contribution.question_id == asked.id)
        .order_by(Contribution.id.desc() if after is None else Contribution.id)
        .limit(PAGE + 1)
    )  # fmt: skip
    if not sees_others(asked):
        query = query.where(Contribution.participant_id == participant_id)
    if after is not None:
        query = query.where(Contribution.id > after)
    if before:
        query = query.where(Contribution.id < before)
    found = [Post(*row) for row in db.session.execute(query)]
    page = found[:PAGE][::-1] if after is None else found[:PAGE]
    _add_reactions(page, participant_id)
    return page, len(found) > PAGE


def _add_reactions(page: list[Post], participant_id: int) -> None:
    if not page:
        return
    is_mine = func.sum(case((Reaction.participant_id == participant_id, 1), else_=0))
    rows = db.session.execute(
        select(Reaction.contribution_id, Reaction.kind, func.count(), is_mine)
        .where(Reaction.contribution_id.in_([post.id for post in page]))
        .group_by(Reaction.contribution_id, Reaction.kind)
    )
    counts, mine = defaultdict(Counter), {}
    for contribution_id, kind, count, own in rows:
        counts[contribution_id][kind] = count
        if own:
            mine[contribution_id] = kind
    for post in page:
        post.reactions, post.mine = counts[post.id], mine.get(post.id)


def find_post(post_id: int, participant_id: int) -> Post | None:
    """One contribution of the café, with its reactions as this participant sees them."""
    row = db.session.execute(
        select(
            Contribution.id, Contribution.participant_id, Participant.pseudonym, Contribution.text, Contribution.status,
            Contribution.status_reason, Contribution.created_at, Contribution.edited_at, Contribution.reply_to_id,
        )
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(Contribution.id == post_id)
    ).first()  # fmt: skip
    if row is None:
        return None
    post = Post(*row, None, None, None)
    _add_reactions([post], participant_id)
    return post


def draft_text(participant_id: int, question_id: int) -> str:
    query = select(Draft.text).where(Draft.participant_id == participant_id, Draft.question_id == question_id)
    return db.session.scalar(query) or ""
