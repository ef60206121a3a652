"""What leaves, as every format reads it: a contribution with who said it, by pseudonym, and its tags."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

RULES = "regles"


@dataclass(frozen=True)
class Person:
    """A participant under the name of this export."""

    name: str
    group: str
    subgroup: str
    profile: str
    target: str
    place: str
    cluster: str


class Asked(NamedTuple):
    """A question: its code, its day in the café or 0, whether its answers are for the team alone."""

    code: str
    day: int
    team_only: bool


class Laid(NamedTuple):
    """A tag on a passage. `by`: who laid it, the rules or a member of staff; `held_by`: who answers for it."""

    family: str
    code: str
    start: int
    end: int
    rule: str
    origin: str
    stance: str
    by: str
    held_by: str

    @property
    def key(self) -> str:
        return f"{self.family}:{self.code}"


class Said(NamedTuple):
    """One contribution; `day` is 0 outside a café."""

    name: str
    person: Person
    question: str
    day: int
    source: str
    team_only: bool
    created_at: datetime
    text: str
    tags: tuple[Laid, ...]
