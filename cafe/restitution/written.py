"""What people write around the figures of a restitution, as its deck takes it; nothing here is computed."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Passage:
    """A lesson, or a lead with what became of it: a title, its words, what was decided after."""

    title: str
    words: str
    decided: str = ""


@dataclass(frozen=True)
class Light:
    """The opinion that one of the committee signed on a phase."""

    phase: str
    signed: str
    words: str
    on: date


@dataclass(frozen=True)
class Written:
    """What the team wrote for an edition, and which words may not be quoted in it.

    `not_quoted`: the contributions, under their stable pseudonyms, whose authors object or withdrew them;
    `withdrawn`: how many quotes left since the edition before.
    """

    objectives: str = ""
    lessons: tuple[Passage, ...] = ()
    leads: tuple[Passage, ...] = ()
    lights: tuple[Light, ...] = ()
    not_quoted: frozenset[str] = field(default_factory=frozenset)
    withdrawn: int = 0
