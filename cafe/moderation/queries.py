"""What moderators read: contributions with their tags, filtered, and what surrounds one of them."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from cafe.corpus.models import Contribution, Question, Tag
from cafe.extensions import db
from cafe.moderation.models import Decision
from cafe.people.models import Participant, Staff

PAGE = 25


@dataclass(frozen=True)
class Filters:
    """What the moderator asked for: a state, words, a question, and where the page starts."""

    state: str = ""
    words: str = ""
    question: int = 0
    before: int = 0

    def link(self, **change) -> dict:
        """The query of the same list with one filter changed."""
        current = {"etat": self.state, "mots": self.words, "question": self.question, "avant": self.before}
        return {name: value for name, value in (current | change).items() if value}


@dataclass
class Item:
    """A contribution as a moderator reads it."""

    id: int
    author: str
    group: str
    text: str
    status: str
    status_reason: str
    created_at: datetime
    edited_at: datetime | None
    read_at: datetime | None
    question_id: int
    question: str
    reply_to_id: int | None
    tags: list[Tag] = field(default_factory=list)

    @property
    def standing(self) -> list[Tag]:
        return [tag for tag in self.tags if tag.state != "removed"]


@dataclass(frozen=True)
class Counts:
    total: int
    untagged: int
    unread: int
    hidden: int


_tagged = select(Tag.id).where(Tag.contribution_id == Contribution.id, Tag.state != "removed").exists()
STATES = {
    "sans-tag": (~_tagged, Contribution.status == "published"),
    "non-relu": (Contribution.read_at.is_(None), Contribution.status == "published"),
    "masque": (Contribution.status == "hidden",),
}
_items = (
    select(
        Contribution.id, Participant.pseudonym, Participant.group_code, Contribution.text, Contribution.status,
        Contribution.status_reason, Contribution.created_at, Contribution.edited_at, Contribution.read_at,
        Contribution.question_id, Question.text, Contribution.reply_to_id,
    )
    .join(Participant, Participant.id == Contribution.participant_id)
    .join(Question, Question.id == Contribution.question_id)
    .where(Contribution.status != "withdrawn")
    .order_by(Contribution.id.desc())
)  # fmt: skip


def find_items(filters: Filters) -> tuple[list[Item], bool]:
    """A page of contributions, newest first, and whether there are older ones."""
    query = _items.where(*STATES.get(filters.state, ()))
    if filters.words:
        query = query.where(Contribution.text.icontains(filters.words, autoescape=True))
    if filters.question:
        query = query.where(Contribution.question_id == filters.question)
    if filters.before:
        query = query.where(Contribution.id < filters.before)
    items = _read(query.limit(PAGE + 1))
    return items[:PAGE], len(items) > PAGE


def _read(query) -> list[Item]:
    items = [Item(*row) for row in db.session.execute(query)]
    by_id = {item.id: item for item in items}
    for tag in db.session.scalars(select(Tag).where(Tag.contribution_id.in_(by_id)).order_by(Tag.start, Tag.id)):
        by_id[tag.contribution_id].tags.append(tag)
    return items


def find_item(contribution_id: int) -> Item | None:
    items = _read(_items.where(Contribution.id == contribution_id))
    return items[0] if items else None


def counts() -> Counts:
    """What there is and what waits, for the head of the list."""
    published = Contribution.status == "published"
    row = db.session.execute(
        select(
            func.count().filter(Contribution.status != "withdrawn"),
            func.count().filter(published, ~_tagged),
            func.count().filter(published, Contribution.read_at.is_(None)),
            func.count().filter(Contribution.status == "hidden"),
        ).select_from(Contribution)
    ).one()
    return Counts(*row)


def asked() -> list[tuple[int, str]]:
    """Each question that has contributions: its number and its text."""
    has_some = select(Contribution.id).where(Contribution.question_id == Question.id).exists()
    return list(db.session.execute(select(Question.id, Question.text).where(has_some).order_by(Question.id)).tuples())


def around(item: Item, limit: int = 10) -> dict[str, list[Item]]:
    """What surrounds a contribution: what it answers, what answers it, what its author said elsewhere."""
    author = select(Contribution.participant_id).where(Contribution.id == item.id).scalar_subquery()
    others = _items.where(Contribution.participant_id == author, Contribution.id != item.id)
    return {
        "parent": _read(_items.where(Contribution.id == item.reply_to_id)),
        "replies": _read(_items.where(Contribution.reply_to_id == item.id).limit(limit)),
        "others": _read(others.limit(limit)),
    }


def decisions(contribution_id: int) -> list[tuple[str, str, str, datetime]]:
    """Who decided what, oldest first: action, detail, login, moment."""
    query = (
        select(Decision.action, Decision.detail, Staff.login, Decision.decided_at)
        .join(Staff, Staff.id == Decision.staff_id)
        .where(Decision.contribution_id == contribution_id)
        .order_by(Decision.id)
    )
    return list(db.session.execute(query).tuples())
