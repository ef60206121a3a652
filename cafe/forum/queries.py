"""What the conversation reads: a fixed number of queries, however many posts there are."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Row, bindparam, case, func, null, select
from sqlalchemy.orm import aliased

from cafe.corpus.models import Contribution, Question
from cafe.extensions import db, run
from cafe.forum.models import CafeQuestion, Draft, FollowUp, Reaction, Synthesis
from cafe.people.models import Participant

PAGE = 20
# One that waits or came back is its author's and the team's; of the others, the place at least stays.
SEEN_BY_ALL = ("published", "hidden", "withdrawn")


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


@dataclass(slots=True)
class Post:
    """A contribution in the conversation. `asked_by_host`: the follow-up that it answers; `probe`: the public question
    that still waits for its author."""

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
    private: bool
    asked_by_host: str | None
    probe: str | None
    mine: str | None = None
    reactions: Counter = field(default_factory=Counter)


_draft = select(Draft.text).where(
    Draft.participant_id == bindparam("participant"), Draft.question_id == bindparam("question")
)
_open_follow_up = (
    select(FollowUp.id)
    .where(
        FollowUp.question_id == bindparam("question"),
        FollowUp.participant_id == bindparam("participant"),
        FollowUp.state == "open",
    )
    .order_by(FollowUp.id)
    .limit(1)
)
_published_synthesis = select(Synthesis.id).where(
    Synthesis.cafe_id == bindparam("cafe"), Synthesis.day == bindparam("day"), Synthesis.published_at.is_not(None)
)
_surroundings = select(
    _draft.scalar_subquery().label("draft"),
    _open_follow_up.scalar_subquery().label("follow_up_id"),
    select(FollowUp.text).where(FollowUp.id == _open_follow_up.scalar_subquery()).scalar_subquery().label("follow_up"),
    _published_synthesis.scalar_subquery().label("synthesis_id"),
)


_own_answer = (
    select(Contribution.id)
    .where(
        Contribution.question_id == CafeQuestion.question_id,
        Contribution.participant_id == bindparam("participant"),
        Contribution.status != "withdrawn",
    )
    .exists()
)
# Statements are built once: building them took as long as running them.
_asked = (
    select(
        Question.id, Question.code, CafeQuestion.day, CafeQuestion.n, Question.text, Question.context,
        CafeQuestion.host, CafeQuestion.visibility, _own_answer,
    )
    .join(CafeQuestion, CafeQuestion.question_id == Question.id)
    .where(CafeQuestion.cafe_id == bindparam("cafe"))
    .order_by(CafeQuestion.day, CafeQuestion.n)
)  # fmt: skip
_asked_here = _asked.where(CafeQuestion.day == bindparam("day"), CafeQuestion.n == bindparam("n"))


def asked_questions(cafe_id: int, participant_id: int) -> list[Asked]:
    """The café's questions in order, each with whether the participant has an answer standing."""
    return [Asked(*row) for row in run(_asked, {"cafe": cafe_id, "participant": participant_id})]


def asked_question(cafe_id: int, day: int, n: int, participant_id: int) -> Asked | None:
    row = run(_asked_here, {"cafe": cafe_id, "day": day, "n": n, "participant": participant_id}).first()
    return row and Asked(*row)


def sees_others(asked: Asked) -> bool:
    return asked.visibility == "at_once" or (asked.visibility == "after_own" and asked.answered)


_is_for_all = Contribution.status.in_(SEEN_BY_ALL) & Contribution.private.is_(False)
_answered_follow_up = (
    select(FollowUp.text).where(FollowUp.answer_id == Contribution.id).order_by(FollowUp.id).limit(1).scalar_subquery()
)
_open_probe = (
    select(FollowUp.text)
    .where(FollowUp.contribution_id == Contribution.id, FollowUp.public, FollowUp.state == "open")
    .order_by(FollowUp.id)
    .limit(1)
    .scalar_subquery()
)


@lru_cache
def _posts(everyone: bool, forward: bool, bounded: bool):
    """The statement of a page of posts: of everyone or one's own, forward from a post or back from one or the last."""
    parent, parent_author = aliased(Contribution), aliased(Participant)
    query = (
        select(
            Contribution.id, Contribution.participant_id, Participant.pseudonym, Contribution.text, Contribution.status,
            Contribution.status_reason, Contribution.created_at, Contribution.edited_at, Contribution.reply_to_id,
            parent.text, parent.status, parent_author.pseudonym, Contribution.private, _answered_follow_up, _open_probe,
        )
        .join(Participant, Participant.id == Contribution.participant_id)
        .outerjoin(parent, parent.id == Contribution.reply_to_id)
        .outerjoin(parent_author, parent_author.id == parent.participant_id)
        .where(Contribution.question_id == bindparam("question"))
        .order_by(Contribution.id if forward else Contribution.id.desc())
        .limit(PAGE + 1)
    )  # fmt: skip
    own = Contribution.participant_id == bindparam("participant")
    query = query.where(own | _is_for_all if everyone else own)
    if bounded:
        bound = bindparam("bound")
        query = query.where(Contribution.id > bound if forward else Contribution.id < bound)
    return query


def posts(asked: Asked, participant_id: int, *, after: int | None = None, before: int = 0) -> tuple[list[Post], bool]:
    """The newest posts that this participant may see, oldest first, and whether there are more.

    `before`: the page that precedes this number, 0 for the last one; `after`: the first ones that follow it.
    """
    forward = after is not None
    query = _posts(sees_others(asked), forward, forward or before > 0)
    values = {"question": asked.id, "participant": participant_id, "bound": after if forward else before}
    found = [Post(*row) for row in run(query, values)]
    page = found[:PAGE] if forward else found[:PAGE][::-1]
    _add_reactions(page, participant_id)
    return page, len(found) > PAGE


_is_mine = func.sum(case((Reaction.participant_id == bindparam("participant"), 1), else_=0))
_reactions = (
    select(Reaction.contribution_id, Reaction.kind, func.count(), _is_mine)
    .where(Reaction.contribution_id.in_(bindparam("posts", expanding=True)))
    .group_by(Reaction.contribution_id, Reaction.kind)
)


def _add_reactions(page: list[Post], participant_id: int) -> None:
    if not page:
        return
    by_id = {post.id: post for post in page}
    values = {"posts": list(by_id), "participant": participant_id}
    for post_id, kind, count, own in run(_reactions, values):
        by_id[post_id].reactions[kind] = count
        if own:
            by_id[post_id].mine = kind


def find_post(post_id: int, asked: Asked, participant_id: int) -> Post | None:
    """One contribution to a question, if this participant may see it, with its reactions as they see them."""
    own = Contribution.participant_id == participant_id
    seen = own | _is_for_all if sees_others(asked) else own
    post = _one_post(Contribution.id == post_id, Contribution.question_id == asked.id, seen)
    if post:
        _add_reactions([post], participant_id)
    return post


def any_post(post_id: int) -> Post | None:
    """One contribution, for the team."""
    return _one_post(Contribution.id == post_id)


def _one_post(*conditions) -> Post | None:
    row = db.session.execute(
        select(
            Contribution.id, Contribution.participant_id, Participant.pseudonym, Contribution.text, Contribution.status,
            Contribution.status_reason, Contribution.created_at, Contribution.edited_at, Contribution.reply_to_id,
            null(), null(), null(), Contribution.private, null(), null(),
        )
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(*conditions)
    ).first()  # fmt: skip
    return row and Post(*row)


def surroundings(cafe_id: int, asked: Asked, participant_id: int) -> Row:
    """What stands around the posts: one's draft, the follow-up that waits for one's answer, the day's synthesis."""
    values = {"cafe": cafe_id, "day": asked.day, "question": asked.id, "participant": participant_id}
    return run(_surroundings, values).one()
