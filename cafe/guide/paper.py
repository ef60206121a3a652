"""The guide on paper: a number for each question and each answer, and what was written back by these numbers, read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from string import ascii_lowercase

from cafe.errors import Refusal
from cafe.guide.checks import OTHER
from cafe.guide.definition import Guide, Option, Question, Section
from cafe.guide.steps import Given, key_of

# How a paper says that there is no answer, and another one than those of the list.
SILENCES = {"?": "nsp", "x": "refus"}
OTHER_CODE = "0"
UNKNOWN = "-"


@dataclass(frozen=True)
class Line:
    """A question on paper; `about`: the option that it is asked about; `options` in the order of their numbers."""

    number: str
    question: Question
    about: Option | None
    options: tuple[Option, ...]

    @property
    def key(self) -> str:
        return key_of(self.question, self.about.code if self.about else "")


@dataclass(frozen=True)
class Loop:
    """Questions that are asked about each option kept at another: on paper a few empty places, each for one option.

    `codes`: what may be written at the head of a place (« c2 »: the second answer of line c), with the option meant.
    """

    lines: tuple[Line, ...]
    codes: Mapping[str, str]

    @property
    def over(self) -> str:
        return self.lines[0].question.each

    def code_of(self, option: str) -> str:
        """How an option is written at the head of a place."""
        return next((code for code, meant in self.codes.items() if meant == option), "")


@dataclass(frozen=True)
class Page:
    section: Section
    blocks: tuple[Line | Loop, ...]


def pages(guide: Guide) -> list[Page]:
    """The guide as it is printed: every question that may be asked, numbered by section."""
    return [Page(section, tuple(_blocks(guide, section, n))) for n, section in enumerate(guide.sections, 1)]


def _blocks(guide: Guide, section: Section, place: int) -> Iterator[Line | Loop]:
    numbered = ((f"{place}.{n}", question) for n, question in enumerate(section.questions, 1))
    for each, group in groupby(numbered, key=lambda pair: pair[1].each):
        if each:
            lines = (Line(number, question, None, _offered(guide, question)) for number, question in group)
            yield Loop(tuple(lines), _codes(guide, guide.question(each)))
            continue
        for number, question in group:
            if question.within:
                yield from _within(guide, question, number)
            else:
                yield Line(number, question, None, _offered(guide, question))


def _within(guide: Guide, question: Question, number: str) -> Iterator[Line]:
    for letter, about in zip(ascii_lowercase, guide.question(question.within).options, strict=False):
        options = tuple(option for option in question.options if option.parent == about.code)
        yield Line(f"{number}{letter}", question, about, options)


def _codes(guide: Guide, over: Question) -> dict[str, str]:
    if not over.within:
        return {str(n): option.code for n, option in enumerate(over.options, 1)}
    codes = {}
    for line in _within(guide, over, ""):
        codes |= {f"{line.number}{n}": option.code for n, option in enumerate(line.options, 1)}
        if over.other:
            codes[line.number + OTHER_CODE] = f"{OTHER}.{line.about.code}"
    return codes


def _offered(guide: Guide, question: Question) -> tuple[Option, ...]:
    if question.kind == "statement":
        return question.scale
    return guide.question(question.among).options if question.among else question.options


def read_codes(line: Line, written: str, other: str, other_code: str) -> Given | None:
    """The answer that these numbers stand for; None when nothing is written. Raises Refusal."""
    kind, written = line.question.kind, written.strip().lower()
    if written in SILENCES:
        return Given(kind, state=SILENCES[written])
    if not written and not other.strip():
        return None
    numbers = re.split(r"[\s,;/]+", written) if written else []
    if kind == "rate":
        return Given(kind, _rates(line, numbers))
    codes = [_code(line, number, other_code) for number in numbers]
    pairs = tuple((code, str(rank) if kind == "rank" else "1") for rank, code in enumerate(codes, 1))
    return Given(kind, pairs, others=(other.strip(),) if other.strip() else ())


def _code(line: Line, number: str, other_code: str) -> str:
    if number == OTHER_CODE and line.question.other:
        return other_code
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(line.options):
        return line.options[int(number) - 1].code
    raise Refusal(f"« {number[:20]} » n’est pas une réponse : écrivez des nombres de 1 à {len(line.options)}.")


def _rates(line: Line, numbers: list[str]) -> tuple[tuple[str, str], ...]:
    if len(numbers) != len(line.options):
        raise Refusal(f"Il faut {len(line.options)} notes à la suite, « - » pour ce qui n’est pas connu.")
    pairs = zip(line.options, numbers, strict=True)
    return tuple((option.code, number) for option, number in pairs if number != UNKNOWN)


def written_as(line: Line, given: Given, other_code: str) -> str:
    """What was answered, as its numbers: what `read_codes` reads back."""
    silence = next((sign for sign, state in SILENCES.items() if state == given.state), "")
    if silence or given.state:
        return silence
    if given.kind == "rate":
        marks = dict(given.options)
        return " ".join(marks.get(option.code, UNKNOWN) for option in line.options)
    places = {option.code: str(n) for n, option in enumerate(line.options, 1)} | {other_code: OTHER_CODE}
    return " ".join(places[code] for code in given.retained() if code in places)
