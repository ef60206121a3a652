"""The interviewer's screen: every question that stands, by section, with what it was given and what was noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from random import Random
from uuid import uuid4

from cafe.guide.definition import Option, Section
from cafe.guide.engine import draw_order, path, stakes_table
from cafe.guide.interviews import Interview
from cafe.guide.noted import Noted
from cafe.guide.sittings import Kept, Progress
from cafe.guide.stakes import StakesTable
from cafe.guide.steps import Given, Step
from cafe.guide.timing import minutes_by_section

NONE = Given("")


@dataclass(frozen=True)
class Typed:
    """An answer that was refused: the step, what was given, why; the page hands it back."""

    step: str
    given: Given
    error: str


@dataclass(frozen=True)
class Card:
    """One question on the screen; `given`: what it shows, refused or kept."""

    step: Step
    kept: Kept | None
    given: Given
    error: str
    notes: tuple[Noted, ...]
    options: tuple[Option, ...]

    @cached_property
    def key(self) -> str:
        """A form's key, drawn anew at each page."""
        return str(uuid4())

    @cached_property
    def note_key(self) -> str:
        return str(uuid4())

    @property
    def replaces(self) -> str:
        return self.kept.key if self.kept else ""

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """Each option given, with its rank, its rating or « 1 »."""
        return {} if self.given.state else dict(self.given.options)

    @property
    def is_answered(self) -> bool:
        return self.kept is not None


@dataclass(frozen=True)
class Part:
    """A section on the screen: its planned minutes, those spent, its questions."""

    section: Section
    minutes: int
    cards: tuple[Card, ...]

    @property
    def answered(self) -> int:
        return sum(card.is_answered for card in self.cards)

    @property
    def is_late(self) -> bool:
        return self.minutes > self.section.minutes


@dataclass(frozen=True)
class Screen:
    """The whole screen; `place`: of the next note; `aside`: notes whose question is no longer asked."""

    interview: Interview
    parts: tuple[Part, ...]
    table: StakesTable
    place: int
    aside: tuple[Noted, ...]

    @property
    def progress(self) -> Progress:
        return self.interview.progress

    def card(self, key: str) -> Card | None:
        """The card of the step of this key, if it stands."""
        return next((card for part in self.parts for card in part.cards if card.step.key == key), None)


def read_screen(interview: Interview, now: datetime, typed: Typed | None = None) -> Screen:
    """The screen of an interview as it stands."""
    progress = interview.progress
    notes: dict[str, list[Noted]] = {}
    for note in progress.notes:
        notes.setdefault(note.step, []).append(note)
    steps = path(progress.guide, progress.given, progress.way)
    cards = {step.key: _card(progress, step, tuple(notes.get(step.key, ())), typed) for step in steps}
    aside = tuple(note for note in progress.notes if note.step not in cards)
    place = max((note.place for note in progress.notes), default=0) + 1
    parts = _parts(progress, list(cards.values()), now)
    return Screen(interview, parts, stakes_table(progress.guide, progress.given), place, aside)


def _parts(progress: Progress, cards: list[Card], now: datetime) -> tuple[Part, ...]:
    spent, parts = minutes_by_section(progress, now), []
    for section in progress.guide.sections:
        codes = {question.code for question in section.questions}
        here = tuple(card for card in cards if card.step.question.code in codes)
        parts.append(Part(section, spent.get(section.code, 0), here))
    return tuple(parts)


def _card(progress: Progress, step: Step, notes: tuple[Noted, ...], typed: Typed | None) -> Card:
    kept = progress.kept.get(step.key)
    refused = typed if typed and typed.step == step.key else None
    given = refused.given if refused else kept.given if kept else NONE
    # The same order each time that the screen is shown, another one for someone else.
    order = draw_order(step, Random(f"{progress.key}/{step.key}"))
    offered = {option.code: option for option in step.options}
    options = tuple(offered[code] for code in order)
    return Card(step, kept, given, refused.error if refused else "", notes, options)
