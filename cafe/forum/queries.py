"""What the conversation reads: a fixed number of queries, however many posts there are."""

from collections import Counter
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import aliased

from cafe.corpus.models import Contribution, Question
from cafe.forum.models import CafeQuestion, Draft, FollowUp, Reaction, Synthesis
from cafe.forum.voting_queries import open_statements, unvoted_statements
from cafe.people.models import Participant
from cafe.statements import Ready

PAGE = 20
# One that waits or came back is its author's and the team's; of the others, the place at least stays.
SEEN_BY_ALL = ("published", "hidden", "withdrawn")


class Asked(NamedTuple):
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


class Post(NamedTuple):
    """A contribution in the conversation. `asked_by_host`: the follow-up that it answers; `probe`: the public question
    that still waits for its author; `mine`: the reader's own reaction; `reacted`: everyone's, one word each."""

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
    mine: str | None
    reacted: str | None

    @property
    def reactions(self) -> Counter:
        """How many hold each reaction."""
        return Counter((self.reacted or "").split())


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
_surroundings = Ready(
    select(
        _draft.scalar_subquery().label("draft"),
        _open_follow_up.scalar_subquery().label("follow_up_id"),
        select(FollowUp.text)
        .where(FollowUp.id == _open_follow_up.scalar_subquery())
        .scalar_subquery()
        .label("follow_up"),
        _published_synthesis.scalar_subquery().label("synthesis_id"),
        open_statements.scalar_subquery().label("open_statements"),
        unvoted_statements.scalar_subquery().label("unvoted_statements"),
    )
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
_asked = (
    select(
        Question.id, Question.code, CafeQuestion.day, CafeQuestion.n, Question.text, Question.context,
        CafeQuestion.host, CafeQuestion.visibility, _own_answer,
    )
    .join(CafeQuestion, CafeQuestion.question_id == Question.id)
    .where(CafeQuestion.cafe_id == bindparam("cafe"))
    .order_by(CafeQuestion.day, CafeQuestion.n)
)  # fmt: skip
_all_asked = Ready(_asked)
_asked_here = Ready(_asked.where(CafeQuestion.day == bindparam("day"), CafeQuestion.n == bindparam("n")))


def asked_questions(cafe_id: int, participant_id: int) -> list[Asked]:
    """The café's questions in order, each with whether the participant has an answer standing."""
    return list(map(Asked._make, _all_asked.rows(cafe=cafe_id, participant=participant_id)))


def asked_question(cafe_id: int, day: int, n: int, participant_id: int) -> Asked | None:
    row = _asked_here.first(cafe=cafe_id, day=day, n=n, participant=participant_id)
    return row and Asked._make(row)


def sees_others(asked: Asked) -> bool:
    return asked.visibility == "at_once" or (asked.visibility == "after_own" and asked.answered)


_is_for_all = or_(*(Contribution.status == status for status in SEEN_BY_ALL)) & Contribution.private.is_(False)
_own = Contribution.participant_id == bindparam("participant")
_parent, _parent_author = aliased(Contribution), aliased(Participant)
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
_reacted = select(func.aggregate_strings(Reaction.kind, " ")).where(Reaction.contribution_id == Contribution.id)
_mine = select(Reaction.kind).where(
    Reaction.contribution_id == Contribution.id, Reaction.participant_id == bindparam("participant")
)
# In the order of the fields of Post.
_post = (
    select(
        Contribution.id, Contribution.participant_id, Participant.pseudonym, Contribution.text, Contribution.status,
        Contribution.status_reason, Contribution.created_at, Contribution.edited_at, Contribution.reply_to_id,
        _parent.text, _parent.status, _parent_author.pseudonym, Contribution.private, _answered_follow_up, _open_probe,
        _mine.scalar_subquery(), _reacted.scalar_subquery(),
    )
    .join(Participant, Participant.id == Contribution.participant_id)
    .outerjoin(_parent, _parent.id == Contribution.reply_to_id)
    .outerjoin(_parent_author, _parent_author.id == _parent.participant_id)
)  # fmt: skip


@lru_cache
def _posts(everyone: bool, forward: bool, bounded: bool) -> Ready:
    """The statement of a page of posts: of everyone or one's own, forward from a post or back from one or the last."""
    query = (
        _post.where(Contribution.question_id == bindparam("question"), _own | _is_for_all if everyone else _own)
        .order_by(Contribution.id if forward else Contribution.id.desc())
        .limit(PAGE + 1)
    )
    if bounded:
        bound = bindparam("bound")
        query = query.where(Contribution.id > bound if forward else Contribution.id < bound)
    return Ready(query)


def posts(asked: Asked, participant_id: int, *, after: int | None = None, before: int = 0) -> tuple[list[Post], bool]:
    """The newest posts that this participant may see, oldest first, and whether there are more.

    `before`: the page that precedes this number, 0 for the last one; `after`: the first ones that follow it.
    """
    forward = after is not None
    query = _posts(sees_others(asked), forward, forward or before > 0)
    rows = query.rows(question=asked.id, participant=participant_id, bound=after if forward else before)
    found = list(map(Post._make, rows))
    return found[:PAGE] if forward else found[:PAGE][::-1], len(found) > PAGE


_any_post = Ready(_post.where(Contribution.id == bindparam("post")))
_own_post = Ready(
    _post.where(Contribution.id == bindparam("post"), Contribution.question_id == bindparam("question"), _own)
)
_seen_post = Ready(
    _post.where(
        Contribution.id == bindparam("post"), Contribution.question_id == bindparam("question"), _own | _is_for_all
    )
)


def find_post(post_id: int, asked: Asked, participant_id: int) -> Post | None:
    """One contribution to a question, if this participant may see it, with its reactions as they see them."""
    query = _seen_post if sees_others(asked) else _own_post
    row = query.first(post=post_id, question=asked.id, participant=participant_id)
    return row and Post._make(row)


def any_post(post_id: int) -> Post | None:
    """One contribution, for the team."""
    row = _any_post.first(post=post_id, participant=0)
    return row and Post._make(row)


def surroundings(cafe_id: int, asked: Asked, participant_id: int, now: datetime):
    """What stands around the posts: one's draft, the follow-up that waits for one's answer, the day's synthesis, and
    the statements to vote on."""
    place = {"cafe": cafe_id, "day": asked.day, "question": asked.id, "participant": participant_id}
    return _surroundings.first(**place, now=now)
