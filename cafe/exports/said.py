"""What leaves, as every format reads it: a contribution with who said it, by pseudonym, and its tags."""

from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True)
class Laid:
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


@dataclass(frozen=True)
class Said:
    """One contribution; `day` is 0 outside a café."""

    name: str
    person: Person
    question: str
    asked: str
    day: int
    source: str
    about: str
    prompted: bool
    team_only: bool
    reviewed: bool
    created_at: datetime
    text: str
    tags: tuple[Laid, ...]
