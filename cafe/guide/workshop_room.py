"""A workshop as its pages read it: seats, the room’s path, the live results; few queries, however many seats."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Row, select

from cafe.extensions import db, run
from cafe.guide.definition import Guide
from cafe.guide.engine import find_step, path
from cafe.guide.models import GuideVersion, StepAnswer
from cafe.guide.published import parsed
from cafe.guide.steps import Given, Step
from cafe.guide.workshop_hands import COUNTED, HANDS
from cafe.guide.workshop_models import HandCount, Seat, Workshop
from cafe.guide.workshop_tally import Tally, bars, together
from cafe.people.models import Group, Participant

SAID = "…"


@dataclass(frozen=True)
class Place:
    """A seat with its person, and what they gave so far; `own`: the steps answered on their phone."""

    id: int
    number: int
    sitting_id: int
    participant_id: int
    pseudonym: str
    profile: str
    consented_at: object
    claimed_at: object
    left_at: object
    given: Mapping[str, Given]
    own: frozenset[str]

    @property
    def counts(self) -> bool:
        """Whether this person is here, and agreed."""
        return self.consented_at is not None and self.left_at is None


@dataclass(frozen=True)
class Room:
    """A workshop, its guide and its seats."""

    workshop: Workshop
    group: str
    guide: Guide
    places: tuple[Place, ...]

    @cached_property
    def present(self) -> list[Place]:
        return [place for place in self.places if place.counts]

    @cached_property
    def given(self) -> dict[str, Given]:
        """What the whole room gave: an option that anyone kept opens what comes after it."""
        keys = dict.fromkeys(key for place in self.places for key in place.given)
        return {key: together([place.given[key] for place in self.places if key in place.given]) for key in keys}

    @cached_property
    def steps(self) -> list[Step]:
        """The room's path: every step that anyone may be asked."""
        return path(self.guide, self.given, "workshop")

    @cached_property
    def step(self) -> Step | None:
        """The question being asked."""
        return next((step for step in self.steps if step.key == self.workshop.step), None)

    @property
    def following(self) -> Step | None:
        """The step after the one being asked; the first one at the beginning."""
        keys = [step.key for step in self.steps]
        at = keys.index(self.workshop.step) + 1 if self.workshop.step in keys else 0
        return self.steps[at] if at < len(self.steps) else None

    @property
    def by_hands(self) -> bool:
        return self.step is not None and self.step.question.kind in COUNTED

    @property
    def hands(self) -> int:
        """How many seats hands are counted for: those that did not answer by themselves, and that are asked this."""
        key = self.workshop.step
        free = (place for place in self.present if key not in place.own)
        return sum(find_step(self.guide, place.given, "workshop", key) is not None for place in free)

    @property
    def tally(self) -> Tally | None:
        """The live results of the question being asked."""
        if self.step is None:
            return None
        key = self.step.key
        kept = [place.given[key] for place in self.places if key in place.given and place.counts]
        said = [given for given in kept if given.says_something]
        silent = sum(given.state in ("nsp", "refus") for given in kept)
        return Tally(len(said), silent, len(self.present), tuple(bars(self.step, said)))

    def counted(self) -> dict:
        """The last hands counted at this question."""
        row = db.session.get(HandCount, (self.workshop.id, self.workshop.step))
        return json.loads(row.counts) if row else {"counts": {}, "order": []}


def find_room(workshop_id: int) -> Room | None:
    """A workshop with all that was given in it, in four queries."""
    found = db.session.execute(
        select(Workshop, Group.label, GuideVersion.digest)
        .join(Group, Group.code == Workshop.group_code)
        .join(GuideVersion, GuideVersion.id == Workshop.version_id)
        .where(Workshop.id == workshop_id)
    ).first()
    if found is None:
        return None
    workshop, group, digest = found
    return Room(workshop, group, parsed(workshop.version_id, digest), tuple(_places(workshop_id)))


def _places(workshop_id: int) -> list[Place]:
    here = select(Seat.sitting_id).where(Seat.workshop_id == workshop_id)
    kept: dict[int, list[Row]] = {}
    for row in run(select(StepAnswer.__table__).where(StepAnswer.sitting_id.in_(here))):
        kept.setdefault(row.sitting_id, []).append(row)
    columns = (
        Seat.id, Seat.number, Seat.sitting_id, Seat.participant_id, Participant.pseudonym, Participant.profile,
        Seat.consented_at, Seat.claimed_at, Seat.left_at,
    )  # fmt: skip
    seats = select(*columns).join(Participant).where(Seat.workshop_id == workshop_id).order_by(Seat.number)
    return [_place(seat, kept.get(seat.sitting_id, [])) for seat in run(seats)]


def _place(seat: Row, answers: list[Row]) -> Place:
    given = {answer.step: _given(answer) for answer in answers}
    own = frozenset(answer.step for answer in answers if not answer.key.startswith(HANDS))
    return Place(*seat, given, own)


def _given(row: Row) -> Given:
    options = tuple((code, value) for code, value in json.loads(row.options))
    words = SAID if row.kind == "open" and row.contribution_id else ""
    return Given(row.kind, options, words, (row.other,) if row.other else (), row.state)
