"""A sitting as its pages read it: the guide that it is bound to, and what each step was given."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from sqlalchemy import Row, bindparam, select

from cafe.corpus.models import Contribution
from cafe.extensions import run
from cafe.guide.definition import Guide
from cafe.guide.models import GuideVersion, Sitting, StepAnswer
from cafe.guide.noted import Noted, notes_of, words_by_step
from cafe.guide.published import parsed
from cafe.guide.steps import PASSED, Given


@dataclass(frozen=True)
class Kept:
    """A step's answer in the base: what was given, by which form, the options as they were shown."""

    key: str
    given: Given
    offered: tuple[str, ...]
    contribution_id: int | None
    status: str
    standing: bool
    answered_at: datetime


@dataclass(frozen=True)
class Progress:
    """Someone's way through the guide so far; `kept` holds each step's answer, standing or not.

    `notes`: what was noted while they spoke, when someone asks them.
    """

    id: int
    key: str
    participant_id: int
    version_id: int
    way: str
    started_at: datetime
    finished_at: datetime | None
    guide: Guide
    kept: Mapping[str, Kept]
    notes: tuple[Noted, ...] = ()

    @cached_property
    def given(self) -> dict[str, Given]:
        """What the engine reads."""
        return {step: kept.given for step, kept in self.kept.items()}


sittings = (
    select(
        Sitting.id, Sitting.key, Sitting.participant_id, Sitting.version_id, Sitting.way, Sitting.started_at,
        Sitting.finished_at, GuideVersion.digest,
    )
    .join(GuideVersion, GuideVersion.id == Sitting.version_id)
    .where(Sitting.erased_at.is_(None))
)  # fmt: skip
_by_number = sittings.where(Sitting.id == bindparam("number"))
_of_person = (
    sittings.where(Sitting.participant_id == bindparam("person"), Sitting.way == bindparam("way"))
    .order_by(Sitting.id.desc())
    .limit(1)
)
_answers = (
    select(
        StepAnswer.step, StepAnswer.key, StepAnswer.kind, StepAnswer.options, StepAnswer.other, StepAnswer.state,
        StepAnswer.offered, StepAnswer.contribution_id, StepAnswer.standing, StepAnswer.answered_at,
        Contribution.text, Contribution.status,
    )
    .select_from(StepAnswer)
    .outerjoin(Contribution, Contribution.id == StepAnswer.contribution_id)
    .where(StepAnswer.sitting_id == bindparam("number"))
)  # fmt: skip


def progress_of(participant_id: int, way: str = "alone") -> Progress | None:
    """Someone's latest sitting of one way, None before the first or once it is erased."""
    return progress_from(run(_of_person, {"person": participant_id, "way": way}).first())


def find_progress(sitting_id: int) -> Progress | None:
    """A sitting by its number, None when there is none or it was erased."""
    return progress_from(run(_by_number, {"number": sitting_id}).first())


def progress_from(row: Row | None) -> Progress | None:
    """The sitting of this row of `sittings`, whatever else the row holds."""
    if row is None:
        return None
    notes = () if row.way == "alone" else notes_of(row.id)
    said = words_by_step(notes)
    kept = {answer.step: _kept(answer, said) for answer in run(_answers, {"number": row.id})}
    guide = parsed(row.version_id, row.digest)
    return Progress(
        row.id, row.key, row.participant_id, row.version_id, row.way, row.started_at, row.finished_at, guide, kept,
        notes,
    )  # fmt: skip


def _kept(row: Row, said: Mapping[str, str]) -> Kept:
    # Words that were withdrawn or masked away since leave an answer that says nothing.
    state = PASSED if row.contribution_id and not row.text else row.state
    text = row.text or (said.get(row.step, "") if row.kind == "open" else "")
    given = Given(row.kind, _pairs(row.options), text, (row.other,) if row.other else (), state)
    return Kept(
        row.key, given, _codes(row.offered), row.contribution_id, row.status or "", row.standing, row.answered_at
    )


@lru_cache(maxsize=4096)
def _pairs(options: str) -> tuple[tuple[str, str], ...]:
    """Codes and values from their JSON, read once a process: most people choose among the same few."""
    return tuple((code, value) for code, value in json.loads(options))


@lru_cache(maxsize=4096)
def _codes(offered: str) -> tuple[str, ...]:
    return tuple(json.loads(offered))
