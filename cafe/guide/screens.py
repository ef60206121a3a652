"""What the page of a step shows to someone alone with a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

from cafe.corpus.votes import SIGNS
from cafe.guide.answering import draw_order
from cafe.guide.definition import RATED, Option
from cafe.guide.engine import path
from cafe.guide.said import SILENCES, answer_words
from cafe.guide.sittings import Progress
from cafe.guide.steps import Given, Step

MOST_SHOWN, BUBBLES = 7, 2


@dataclass(frozen=True)
class Line:
    """A question of the path with its answer in words, empty when there is none; `place` is its address."""

    place: int
    section: str
    about: str
    question: str
    answer: str


@dataclass(frozen=True)
class Choice:
    """An option on the screen; `rank`: its place among the picks, 0 when it is none; `drawn`: its place as drawn."""

    code: str
    label: str
    rank: int
    drawn: int
    sign: str = ""


@dataclass(frozen=True)
class Shown:
    """What a form that comes back holds in the place of the answer in the base."""

    picks: tuple[str, ...]
    text: str
    other: str
    typed: str


class Way:
    """Someone's path, walked once a request: its steps with their addresses, and where it goes next."""

    def __init__(self, progress: Progress):
        self.progress, self.given = progress, progress.given
        self.steps = path(progress.guide, self.given, progress.way)

    def at(self, place: int) -> Step | None:
        return self.steps[place - 1] if 1 <= place <= len(self.steps) else None

    def place_of(self, key: str) -> int:
        """The address of a step, 0 when it does not stand."""
        return next((place for place, step in enumerate(self.steps, 1) if step.key == key), 0)

    @property
    def next_place(self) -> int:
        """The first step without an answer, 0 at the end."""
        return next((place for place, step in enumerate(self.steps, 1) if step.key not in self.given), 0)

    def lines(self, places: Sequence[int] | None = None) -> list[Line]:
        """The questions at these places, or all, with what was answered; infos left out."""
        asked = [(place, self.steps[place - 1]) for place in places or range(1, len(self.steps) + 1)]
        return [self._line(place, step) for place, step in asked if step.question.kind != "info"]

    def _line(self, place: int, step: Step) -> Line:
        given, way = self.given.get(step.key), self.progress.way
        section = self.progress.guide.section_of(step.question.code).title
        words = answer_words(step, given, way) if given else ""
        return Line(place, section, step.about_label, step.question.text.said(way), words)

    def earlier(self, place: int) -> list[Line]:
        """The last few answers before a step."""
        answered = [
            number for number, step in enumerate(self.steps[: place - 1], 1)
            if step.key in self.given and step.question.kind != "info"
        ]  # fmt: skip
        return self.lines(answered[-BUBBLES:]) if answered else []

    def order(self, step: Step) -> tuple[str, ...]:
        """The order in which a step's options are shown: drawn, and the same on every device."""
        return draw_order(step, Random(f"{self.progress.key}/{step.key}"))


@dataclass(frozen=True)
class Screen:
    """The page of a step. `carried`: picks that another view shows; `view` of `views`, from 1."""

    way: Way
    place: int
    step: Step
    view: int
    views: int
    choices: tuple[Choice, ...]
    carried: tuple[str, ...]
    shown: Shown

    @property
    def kind(self) -> str:
        return self.step.question.kind

    @property
    def was(self) -> str:
        """The key of the answer that this page shows."""
        kept = self.way.progress.kept.get(self.step.key)
        return kept.key if kept else ""

    @property
    def silence(self) -> str:
        """What was said in the place of an answer, if it was."""
        given = self.way.given.get(self.step.key)
        return SILENCES.get(given.state, "") if given else ""

    @property
    def section(self) -> str:
        return self.way.progress.guide.section_of(self.step.question.code).title

    @property
    def earlier(self) -> list[Line]:
        return self.way.earlier(self.place)


def make_screen(way: Way, place: int, view: int = 0, shown: Shown | None = None) -> Screen:
    """The page of the step at this place; `shown`: what was typed and chosen, when it could not be kept."""
    step, given = way.steps[place - 1], way.given.get(way.steps[place - 1].key)
    shown = shown or _kept(given)
    codes = _rated_codes(shown.picks) if step.question.kind == "rate" else shown.picks
    order = way.order(step)
    if step.question.kind == "rank":
        order = (*codes, *(code for code in order if code not in codes))
    per_view = 1 if step.question.kind == "rate" else ceil(len(order) / ceil(len(order) / MOST_SHOWN)) if order else 1
    views = max(ceil(len(order) / per_view), 1)
    view = min(max(view, 1), views)
    here = order[(view - 1) * per_view : view * per_view]
    carried = tuple(pick for pick, code in zip(shown.picks, codes, strict=True) if code not in here)
    choices = _choices(step, way, here, codes)
    return Screen(way, place, step, view, views, choices, carried, shown)


def _kept(given: Given | None) -> Shown:
    if given is None:
        return Shown((), "", "", "")
    picks = given.retained()
    if given.kind == "rate":
        picks = tuple(f"{code}={level}" for code, level in given.options)
    other = "".join(given.others[:1])
    return Shown(picks, given.text, other, other)


def _rated_codes(picks: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(pick.partition("=")[0] for pick in picks)


def _choices(step: Step, way: Way, here: tuple[str, ...], codes: tuple[str, ...]) -> tuple[Choice, ...]:
    options: Mapping[str, Option] = {option.code: option for option in step.options}
    drawn = {code: place for place, code in enumerate(way.order(step))}
    ranks = {code: rank for rank, code in enumerate(codes, 1)}
    return tuple(
        Choice(code, options[code].said(way.progress.way), ranks.get(code, 0), drawn[code], SIGNS.get(code, ""))
        for code in here
        if code in options
    )


def levels(screen: Screen) -> list[tuple[str, str, bool]]:
    """The levels of a rating for the service on the screen: value, words, whether it is the one given."""
    code = screen.choices[0].code
    return [
        (str(value), screen.step.question.scale[value - 1].label, f"{code}={value}" in screen.shown.picks)
        for value in range(1, RATED + 1)
    ]
