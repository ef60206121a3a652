"""The corpus to export, read from the base a few thousand contributions at a time: memory stays flat."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sqlalchemy import Integer, func, or_, select, type_coerce

from analysis.referential import Referential
from cafe.corpus.models import Contribution, Question, Tag
from cafe.exports import names
from cafe.exports.choices import REVIEWED, Choices
from cafe.exports.chunks import ByNumber, chunks, still_heard
from cafe.exports.coarsening import coarsen
from cafe.exports.said import RULES, Asked, Laid, Person, Said
from cafe.exports.sql import utc_text
from cafe.extensions import run
from cafe.forum.models import CafeQuestion
from cafe.people.models import Group, Participant
from cafe.referential.versions import current_referential
from cafe.statements import Ready

# What parts a family from its code, and a tag from the next: neither is in a code.
OF, AND = "\x1f", "\x1e"
_never_shown = func.coalesce(CafeQuestion.visibility, "") == "never"
_team_only = or_(Contribution.private, _never_shown)
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
_questions = select(Question.id, Question.code, func.coalesce(CafeQuestion.day, 0), _never_shown).outerjoin(
    CafeQuestion, CafeQuestion.question_id == Question.id
)
# Their questions are few, and looked up: joined to each contribution they would take a fifth of its reading.
_texts = ByNumber(
    still_heard.with_only_columns(
        Contribution.id, Contribution.participant_id, Contribution.source, Contribution.text, Contribution.created_at,
        Contribution.question_id, Contribution.private,
    ),
    Contribution.id,
)  # fmt: skip
_tags = ByNumber(
    select(
        Tag.contribution_id, Tag.family, Tag.code, Tag.start, Tag.end, Tag.rule, Tag.origin, Tag.stance, Tag.state,
        Tag.staff_id,
    )
    .where(Tag.state != "removed")
    .order_by(Tag.contribution_id, Tag.start, Tag.end, Tag.family, Tag.code),
    Tag.contribution_id,
)  # fmt: skip
# A contribution as a table says it: its moment as text, its tags in one cell; half of the time of `_texts` and `_tags`.
_laid = (
    select(func.aggregate_strings(Tag.family + OF + Tag.code, AND))
    .where(Tag.contribution_id == Contribution.id, Tag.state != "removed")
    .scalar_subquery()
)
_flat = ByNumber(
    still_heard.with_only_columns(
        Contribution.id, Contribution.participant_id, Contribution.source, Contribution.text,
        utc_text(Contribution.created_at).label("at"), Contribution.question_id,
        type_coerce(Contribution.private, Integer).label("private"), _laid.label("laid"),
    ),
    Contribution.id,
)  # fmt: skip
# The place of the words in a row of both.
TEXT = 3


@dataclass(frozen=True)
class Corpus:
    """What an export holds: people and contributions by number, each with its name in this export.

    As they are read, `progress` is told how many, `note` the number and the words of each.
    """

    choices: Choices
    title: str
    version: int
    referential: Referential
    groups: dict[str, str]
    people: dict[int, Person]
    texts: dict[int, str]
    questions: dict[int, Asked]
    made_at: datetime
    progress: Callable[[int], None] = lambda _count: None
    note: Callable[[list[tuple[int, str]]], None] = lambda _read: None

    def said(self) -> Iterator[Said]:
        """The contributions in the order of their names; one hidden or withdrawn meanwhile is left out."""
        for numbers, rows in self._chunks(_texts):
            tags = _tags_of(numbers)
            yield from (self._said(row, tuple(tags.get(row[0], ()))) for row in rows)

    def flat(self) -> Iterator[tuple]:
        """The same as rows: number, author, source, text, moment (text), question's number, private, tags.

        Tags are one text, « family OF code AND … », or None.
        """
        return chain.from_iterable(rows for _numbers, rows in self._chunks(_flat))

    def _chunks(self, statement: ByNumber) -> Iterator[tuple[Sequence[int], list]]:
        for numbers in chunks(sorted(self.texts, key=self.texts.__getitem__)):
            found = {row[0]: row for row in statement.rows(numbers)}
            rows = [found[number] for number in numbers if number in found]
            self.note([(row[0], row[TEXT]) for row in rows])
            yield numbers, rows
            self.progress(len(numbers))

    def _said(self, row, tags: tuple[Laid, ...]) -> Said:
        """A row of `_texts`, read by place: by name it would cost twice as much."""
        number, author, source, text, moment, question, private = row
        if self.choices.public:
            moment = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        person, asked = self.people[author], self.questions[question]
        team_only = bool(private or asked.team_only)
        return Said(self.texts[number], person, asked.code, asked.day, source, team_only, moment, text, tags)


def read_corpus(choices: Choices, title: str, key: str, now: datetime, by_place: bool = False) -> Corpus:
    """What these choices hold now. `by_place`: stable names are places in the base, equal for equal content."""
    version, referential = current_referential()
    # Its rows are many, and read by place: as rows with names they would cost as much again.
    heard = dict(Ready(_from_base.where(*_conditions(choices))).tuples())
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
    questions = {number: Asked(*row) for number, *row in run(_questions)}
    return Corpus(choices, title, version, referential, groups, persons, texts, questions, now)


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


def _tags_of(numbers: Sequence[int]) -> dict[int, list[Laid]]:
    found: dict[int, list[Laid]] = {}
    for number, family, code, start, end, rule, origin, stance, state, staff_id in _tags.rows(numbers):
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
