"""What passes between the engine and its users: a step to ask, and what a person gave to it."""

from dataclasses import dataclass

from cafe.guide.checks import OTHER, SILENT
from cafe.guide.definition import NOTHING, Option, Question

PASSED = "passed"
STATES = ("", *SILENT, PASSED)
# Ends the key of a follow-up; « ~ » needs no escape in an address.
FOLLOW_UP = "~suite"


@dataclass(frozen=True)
class Given:
    """What a person gave to one step.

    `options`: (code, value) pairs; the value is the rank from 1, the rating 1–5, else « 1 ». A vote's code is its
    level. `others`: the words typed after « un autre ». `state`: nsp, refus, passed, or empty.
    """

    kind: str
    options: tuple[tuple[str, str], ...] = ()
    text: str = ""
    others: tuple[str, ...] = ()
    state: str = ""

    def retained(self) -> tuple[str, ...]:
        """The codes kept; of a ranking, the first one first."""
        if self.state:
            return ()
        pairs = sorted(self.options, key=lambda pair: int(pair[1])) if self.kind == "rank" else self.options
        return tuple(code for code, _ in pairs)

    @property
    def says_something(self) -> bool:
        return not self.state and bool(self.options or self.text)


@dataclass(frozen=True)
class Step:
    """One question to ask now.

    `about`: the option that it is asked about, if any, with its words. `place` counts the questions asked up to this
    one, infos left out; `total` is None while an answer to come may still change the path. A vote's options are the
    levels of its scale; `is_follow_up`: asked after an open answer, stored under the same question.
    """

    key: str
    question: Question
    options: tuple[Option, ...]
    about: str
    about_label: str
    place: int
    total: int | None
    is_follow_up: bool = False

    def numbered(self, place: int, total: int | None) -> "Step":
        """This step at its place; written out, since a whole path is numbered at each page."""
        return Step(
            self.key, self.question, self.options, self.about, self.about_label, place, total, self.is_follow_up
        )

    @property
    def other_code(self) -> str:
        """The code that words typed after « un autre » take: `autre.<enjeu>` under an enjeu, else `autre`."""
        return f"{OTHER}.{self.about}" if self.question.within else OTHER

    @property
    def answer_code(self) -> str:
        """The question's name in the table `answer`, one an instance: `freins.champs.acces`."""
        return self.question.code + (f".{self.about}" if self.about else "")


def key_of(question: Question, about: str) -> str:
    """The key of a question, or of its instance about an option."""
    if not about:
        return question.code
    return question.code + ("." if question.within else "@") + about


def follow_up_of(question: Question) -> Question:
    """The question that follows an open answer."""
    return question.model_copy(update={"text": question.follow_up, "help": NOTHING, "follow_up": NOTHING})
