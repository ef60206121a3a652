"""What moderators read: contributions with their tags, filtered, and what surrounds one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from cafe.corpus.models import Contribution, Question, Tag
from cafe.extensions import db
from cafe.moderation.judging import CARE_ACTIONS, JUDGEMENTS, is_standing, last_fate, mark
from cafe.moderation.masking import read_spots
from cafe.moderation.models import Decision
from cafe.moderation.stances import stance_said
from cafe.moderation.wording import ACTIONS, FLAGS
from cafe.people.models import Participant, Staff

PAGE = 25
TAGGED = ("tag_confirmed", "tag_removed", "tag_added")


@dataclass(frozen=True)
class Filters:
    """What the moderator asked for: a state, words, a question, an author, and where the page starts."""

    state: str = ""
    words: str = ""
    question: int = 0
    author: int = 0
    before: int = 0

    def link(self, **change) -> dict:
        """The query of the same list with one filter changed."""
        current = {
            "etat": self.state, "mots": self.words, "question": self.question, "auteur": self.author,
            "avant": self.before,
        }  # fmt: skip
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
    author_id: int
    fate_id: int | None
    tags: list[Tag] = field(default_factory=list)

    @property
    def standing(self) -> list[Tag]:
        return [tag for tag in self.tags if tag.state != "removed"]

    @property
    def by_tag(self) -> list[list[Tag]]:
        """The standing tags, one list a tag: it is confirmed or removed whole, however many passages say it."""
        found: dict[tuple[str, str], list[Tag]] = {}
        for tag in self.standing:
            found.setdefault((tag.family, tag.code), []).append(tag)
        return list(found.values())

    @property
    def seen(self) -> str:
        return mark(self.fate_id, self.edited_at)


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
    "attente": (Contribution.status == "waiting",),
    "renvoye": (Contribution.status == "returned",),
    "masque": (Contribution.status == "hidden",),
}
_items = (
    select(
        Contribution.id, Participant.pseudonym, Participant.group_code, Contribution.text, Contribution.status,
        Contribution.status_reason, Contribution.created_at, Contribution.edited_at, Contribution.read_at,
        Contribution.question_id, Question.text, Contribution.reply_to_id, Contribution.participant_id, last_fate,
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
    if filters.author:
        query = query.where(Contribution.participant_id == filters.author)
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
    others = _items.where(Contribution.participant_id == item.author_id, Contribution.id != item.id)
    surroundings = {
        "parent": _items.where(Contribution.id == item.reply_to_id),
        "replies": _items.where(Contribution.reply_to_id == item.id).limit(limit),
        "others_words": others.limit(limit),
    }
    return {name: [Item(*row) for row in db.session.execute(query)] for name, query in surroundings.items()}


@dataclass(frozen=True)
class Decided:
    """One line of a message's history; `undone`: taken back since."""

    id: int
    action: str
    detail: str
    login: str
    at: datetime
    undone: bool

    def words(self, labels: Mapping[str, str]) -> str:
        """The decision in words. `labels`: of tags, by « family:code »."""
        detail = self.detail
        if self.action == "mask":
            detail = ", ".join(dict.fromkeys(FLAGS[spot.kind] for spot in read_spots(detail)))
        elif self.action == "stance":
            detail = stance_said(detail, labels)
        elif self.action in TAGGED:
            detail = labels.get(detail, detail)
        elif self.action in ("undo", "stance_undo"):
            detail = ACTIONS.get(detail, detail)
        return f"{ACTIONS.get(self.action, self.action)}{f' : {detail}' if detail else ''}"

    @property
    def may_be_undone(self) -> bool:
        return not self.undone and self.action in (*JUDGEMENTS, "read", "stance")


def decisions(contribution_id: int, with_care: bool) -> list[Decided]:
    """Who decided what, oldest first; what concerns care is told to those who may read it."""
    query = (
        select(Decision.id, Decision.action, Decision.detail, Staff.login, Decision.decided_at, ~is_standing)
        .join(Staff, Staff.id == Decision.staff_id)
        .where(Decision.contribution_id == contribution_id)
        .order_by(Decision.id)
    )
    if not with_care:
        query = query.where(Decision.action.not_in(CARE_ACTIONS))
    return [Decided(*row) for row in db.session.execute(query)]
