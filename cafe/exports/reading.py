"""The corpus to export, read from the base a thousand contributions at a time: memory stays flat."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, or_, select

from analysis.referential import Referential
from cafe.corpus.models import Contribution, Question, Tag
from cafe.exports import names
from cafe.exports.choices import REVIEWED, Choices
from cafe.exports.coarsening import coarsen
from cafe.exports.said import RULES, Laid, Person, Said
from cafe.extensions import run
from cafe.forum.models import CafeQuestion
from cafe.people.models import Group, Participant
from cafe.referential.versions import current_referential

CHUNK = 1_000
_team_only = or_(Contribution.private, func.coalesce(CafeQuestion.visibility, "") == "never")
_alive = Participant.erased_at.is_(None)
_from_base = (
    select(Contribution.id, Contribution.participant_id)
    .join(Question, Question.id == Contribution.question_id)
    .join(Participant, Participant.id == Contribution.participant_id)
    .outerjoin(CafeQuestion, CafeQuestion.question_id == Contribution.question_id)
    .where(Contribution.status == "published", _alive)
)
_people = select(
    Participant.id, Participant.group_code, Participant.subgroup, Participant.profile, Participant.target,
    Participant.place, Participant.cluster,
).where(_alive)  # fmt: skip
_texts = _from_base.with_only_columns(
    Contribution.id, Contribution.participant_id, Contribution.source, Contribution.text, Contribution.created_at,
    Question.code, func.coalesce(CafeQuestion.day, 0), _team_only,
)  # fmt: skip
_tags = (
    select(
        Tag.contribution_id, Tag.family, Tag.code, Tag.start, Tag.end, Tag.rule, Tag.origin, Tag.stance, Tag.state,
        Tag.staff_id,
    )
    .where(Tag.state != "removed")
    .order_by(Tag.contribution_id, Tag.start, Tag.end, Tag.family, Tag.code)
)  # fmt: skip


@dataclass(frozen=True)
class Corpus:
    """What an export holds: people and contributions by number, each with its name in this export."""

    choices: Choices
    title: str
    version: int
    referential: Referential
    groups: dict[str, str]
    people: dict[int, Person]
    texts: dict[int, str]
    made_at: datetime
    progress: Callable[[int], None] = field(default=lambda _count: None)

    def said(self) -> Iterator[Said]:
        """The contributions in the order of their names; one hidden or withdrawn meanwhile is left out."""
        order = sorted(self.texts, key=self.texts.__getitem__)
        for start in range(0, len(order), CHUNK):
            numbers = order[start : start + CHUNK]
            rows = {row[0]: row for row in run(_texts.where(Contribution.id.in_(numbers))).all()}
            tags = _tags_of(numbers)
            for number in numbers:
                if number in rows:
                    yield self._said(rows[number], tuple(tags.get(number, ())))
            self.progress(len(numbers))

    def _said(self, row, tags: tuple[Laid, ...]) -> Said:
        """A row of `_texts`, read by place: by name it would cost twice as much."""
        number, author, source, text, moment, question, day, team_only = row
        if self.choices.public:
            moment = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        person = self.people[author]
        return Said(self.texts[number], person, question, day, source, bool(team_only), moment, text, tags)


def read_corpus(choices: Choices, title: str, key: str, now: datetime, by_place: bool = False) -> Corpus:
    """What these choices hold now. `by_place`: stable names are places in the base, equal for equal content."""
    version, referential = current_referential()
    heard = dict(run(_from_base.where(*_conditions(choices))).tuples().all())
    people = _people_of(choices, set(heard.values()))
    if not choices.stable:
        named, texts = names.drawn(people, "P"), names.drawn(heard, "C")
    elif by_place:
        named, texts = names.numbered(people, "P"), names.numbered(heard, "C")
    else:
        named, texts = names.lasting_people(people), names.lasting_texts(heard, key)
    persons = {number: Person(named[number], *row[1:]) for number, row in people.items()}
    groups = dict(run(select(Group.code, Group.label).order_by(Group.code)).tuples().all())
    persons = coarsen(persons) if choices.public else persons
    return Corpus(choices, title, version, referential, groups, persons, texts, now)


def _people_of(choices: Choices, authors: set[int]) -> dict[int, tuple]:
    """Those of the group and target asked for; only the authors of what is kept, when texts are filtered."""
    rows = run(_people.where(*_person_conditions(choices)))
    return {row.id: tuple(row) for row in rows if not choices.filters_texts or row.id in authors}


def _person_conditions(choices: Choices) -> list:
    asked = ((choices.group, Participant.group_code), (choices.target, Participant.target))
    return [column == value for value, column in asked if value]


def _conditions(choices: Choices) -> list:
    asked = (
        (choices.source, Contribution.source), (choices.question, Question.code), (choices.day, CafeQuestion.day),
    )  # fmt: skip
    found = _person_conditions(choices) + [column == value for value, column in asked if value]
    if choices.tag:
        family, _, code = choices.tag.partition(":")
        carries = select(Tag.contribution_id).where(Tag.family == family, Tag.state != "removed")
        carries = carries.where(Tag.code == code) if code else carries
        found.append(Contribution.id.in_(carries))
    if choices.reviewed:
        is_read = Contribution.read_at.is_not(None)
        found.append(is_read if REVIEWED[choices.reviewed] else ~is_read)
    if choices.public:
        found.append(~_team_only)
    return found


def _tags_of(numbers: list[int]) -> dict[int, list[Laid]]:
    found: dict[int, list[Laid]] = {}
    for number, family, code, start, end, rule, origin, stance, state, staff_id in run(
        _tags.where(Tag.contribution_id.in_(numbers))
    ).all():
        person = f"equipe-{staff_id}" if staff_id else "import"
        by = person if origin == "human" else RULES
        held_by = person if state == "confirmed" else by
        laid = Laid(family, code, start, end, rule, origin, stance, by, held_by)
        found.setdefault(number, []).append(laid)
    return found


def count(choices: Choices) -> int:
    """How many contributions these choices hold."""
    kept = _from_base.where(*_conditions(choices)).with_only_columns(func.count())
    return run(kept).scalar_one()
