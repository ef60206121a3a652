"""The verbatims behind a figure, and the café's pulse."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from cafe.corpus.models import Contribution, Question, Tag
from cafe.extensions import db
from cafe.forum.models import Cafe, CafeQuestion
from cafe.forum.schedule import has_opened
from cafe.moderation.models import Objection
from cafe.people.models import Group, Participant
from cafe.results.slices import WHOLE, Slice

PAGE = 20
FEW_PEOPLE = 5
_objected = select(Objection.contribution_id).where(Objection.contribution_id == Contribution.id).exists()
_team_only = or_(Contribution.private, func.coalesce(CafeQuestion.visibility, "") == "never", _objected)


@dataclass(frozen=True)
class Verbatim:
    """Words with the passages that carry the tag, signed with a group and perhaps a subgroup.

    `team_only`: said to the team alone, so not to be quoted outside.
    """

    id: int
    text: str
    signature: str
    team_only: bool
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class DayPulse:
    """What a day's questions received; `opened` tells a silent day from one still to come."""

    day: int
    opened: bool
    posts: int
    people: int


@dataclass(frozen=True)
class Carried:
    """An option that words must carry: its own tag, or any of those under it."""

    family: str
    option: str
    label: str
    codes: tuple[str, ...]

    def tags(self):
        """What says of a tag that it is one of these, and stands."""
        return (Tag.family == self.family) & Tag.code.in_(self.codes) & (Tag.state != "removed")


def verbatims(
    carried: list[Carried], part: Slice = WHOLE, before: int = 0, team: bool = True
) -> tuple[list[Verbatim], bool]:
    """The newest contributions of a part that carry every one of these, and whether there are older ones.

    `team`: for one of the team, who also reads what was said to it alone.
    """
    query = (
        select(
            Contribution.id,
            Contribution.text,
            Group.code,
            Group.label,
            Participant.subgroup,
            _team_only.label("team_only"),
        )
        .join(Participant, Participant.id == Contribution.participant_id)
        .join(Group, Group.code == Participant.group_code)
        .outerjoin(CafeQuestion, CafeQuestion.question_id == Contribution.question_id)
        .where(Contribution.status == "published", Participant.erased_at.is_(None), *_inside(part))
        .where(*(Contribution.id.in_(select(Tag.contribution_id).where(one.tags())) for one in carried))
        .order_by(Contribution.id.desc())
        .limit(PAGE + 1)
    )
    query = query.where(Contribution.id < before) if before else query
    rows = db.session.execute(query if team else query.where(~_team_only)).all()
    page, sizes = rows[:PAGE], subgroup_sizes()
    spans = _spans([row.id for row in page], carried)
    made = [
        Verbatim(
            row.id,
            row.text,
            signature(row.label, row.subgroup, sizes[row.code, row.subgroup]),
            bool(row.team_only),
            spans[row.id],
        )
        for row in page
    ]
    return made, len(rows) > PAGE


def _inside(part: Slice) -> list:
    """What keeps the contributions of a part."""
    first, after = part.bounds()
    kept = [Contribution.created_at >= first] * bool(part.since) + [Contribution.created_at < after] * bool(part.until)
    fields = (
        (Contribution.source, part.source), (Participant.group_code, part.group), (Participant.target, part.target),
    )  # fmt: skip
    return kept + [column == wanted for column, wanted in fields if wanted]


def said_to_the_team() -> set[int]:
    """The contributions that only the team may read, or whose authors do not want to be quoted."""
    private = select(Contribution.id).outerjoin(CafeQuestion, CafeQuestion.question_id == Contribution.question_id)
    return set(db.session.scalars(private.where(_team_only)))


def signature(group: str, subgroup: str, people: int) -> str:
    """« Groupe, sous-groupe »; the group alone when so few are in the subgroup that one could be recognised."""
    return f"{group}, {subgroup}" if subgroup and people >= FEW_PEOPLE else group


def subgroup_sizes() -> dict[tuple[str, str], int]:
    place = (Participant.group_code, Participant.subgroup)
    query = select(*place, func.count()).where(Participant.erased_at.is_(None)).group_by(*place)
    return {(group, subgroup): count for group, subgroup, count in db.session.execute(query)}


def _spans(numbers: list[int], carried: list[Carried]) -> dict[int, tuple[tuple[int, int], ...]]:
    query = select(Tag.contribution_id, Tag.start, Tag.end).where(
        Tag.contribution_id.in_(numbers), or_(*(one.tags() for one in carried))
    )
    found: dict[int, list] = {number: [] for number in numbers}
    for number, start, end in db.session.execute(query):
        found[number].append((start, end))
    return {number: tuple(sorted(spans)) for number, spans in found.items()}


def pulse(cafe: Cafe, now: datetime) -> list[DayPulse]:
    """Posts and people on each day's questions, late answers included; a silent day has its zero."""
    query = (
        select(CafeQuestion.day, func.count(Contribution.id), func.count(func.distinct(Contribution.participant_id)))
        .join(Question, Question.id == CafeQuestion.question_id)
        .join(Contribution, Contribution.question_id == Question.id)
        .where(CafeQuestion.cafe_id == cafe.id, Contribution.status != "withdrawn")
        .group_by(CafeQuestion.day)
    )
    found = {day: (posts, people) for day, posts, people in db.session.execute(query)}
    return [DayPulse(day, has_opened(cafe, day, now), *found.get(day, (0, 0))) for day in range(1, cafe.days + 1)]
