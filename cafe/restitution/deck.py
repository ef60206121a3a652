"""A restitution as data: slides in their order, each a title and one or two blocks; its writers only place them."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date

from cafe.exports.xml_file import fit


@dataclass(frozen=True)
class Row:
    """A bar: its value and its interval as they were computed, and how they are written; no interval: None."""

    label: str
    value: float
    low: float | None
    high: float | None
    figure: str
    interval: str


@dataclass(frozen=True)
class Bars:
    """Bars of one scale. `unit`: share (0–1), note (1–5), count, or points (a gap between shares, signed)."""

    rows: tuple[Row, ...]
    unit: str
    caption: str


@dataclass(frozen=True)
class Level:
    """A level of a scale of votes: its sign, which needs no colour, and its words."""

    code: str
    sign: str
    label: str


@dataclass(frozen=True)
class StackRow:
    """`told`: its indices, written, under the stack's `head`."""

    label: str
    shares: tuple[float, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stack:
    """Shares that add up to one, a row a statement, a part a level."""

    levels: tuple[Level, ...]
    rows: tuple[StackRow, ...]
    caption: str
    head: tuple[str, ...] = ()


@dataclass(frozen=True)
class Point:
    """A proposition on the two axes (shares); `told`: the figure of each axis with its interval, written."""

    number: int
    label: str
    x: float
    y: float
    placement: str
    told: tuple[str, str]


@dataclass(frozen=True)
class Points:
    """`limits`: from where each axis is high."""

    points: tuple[Point, ...]
    limits: tuple[float, float]
    caption: str


@dataclass(frozen=True)
class Cell:
    """`lit`: the figure stands out from the other groups'."""

    text: str
    lit: bool = False


@dataclass(frozen=True)
class Grid:
    """A table; `widths`: the share of each column."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    caption: str


@dataclass(frozen=True)
class Quote:
    """`contribution`: its pseudonym in the results, which no page shows."""

    text: str
    signature: str
    label: str
    contribution: str


@dataclass(frozen=True)
class Quotes:
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Word:
    """`size`: from 1 to 5."""

    word: str
    people: int
    size: int


@dataclass(frozen=True)
class Words:
    words: tuple[Word, ...]
    caption: str


@dataclass(frozen=True)
class Sphere:
    """A group on the map: the area of its disc is the number of its people."""

    label: str
    people: int
    told: str
    inside: bool


@dataclass(frozen=True)
class Spheres:
    spheres: tuple[Sphere, ...]
    caption: str


@dataclass(frozen=True)
class Prose:
    """Paragraphs; `kind`: plain, or list."""

    paragraphs: tuple[str, ...]
    kind: str = "plain"


Block = Bars | Stack | Points | Grid | Quotes | Words | Spheres | Prose


@dataclass(frozen=True)
class Slide:
    """One idea. `kind`: cover, chapter or page; `facts`: what its figures rest on; `weak`: fragile, indicatif."""

    title: str
    blocks: tuple[Block, ...] = ()
    chapter: str = ""
    topic: str = ""
    facts: str = ""
    weak: str = ""
    kind: str = "page"


@dataclass(frozen=True)
class Deck:
    """`notice`: what must be said on its cover."""

    title: str
    made_on: date
    notice: str
    slides: tuple[Slide, ...]

    @property
    def quoted(self) -> frozenset[str]:
        """The contributions whose words it shows, under their pseudonyms in the results."""
        blocks = (block for slide in self.slides for block in slide.blocks)
        return frozenset(quote.contribution for block in blocks if isinstance(block, Quotes) for quote in block.quotes)


# Where French typography never breaks a line.
UNBROKEN = re.compile(r"(?<=«) | (?=[»:;!?%])|(?<=\bn) (?==)|(?<=\bn =) ")


def cleaned(part):
    """The same deck without the characters that neither XML nor HTML can hold, and with its spaces set."""
    if isinstance(part, str):
        return UNBROKEN.sub("\N{NO-BREAK SPACE}", fit(part))
    if isinstance(part, tuple):
        return tuple(cleaned(item) for item in part)
    if isinstance(part, Deck | Slide | Row | Level | StackRow | Point | Cell | Quote | Word | Sphere | Block):
        return replace(part, **{field.name: cleaned(getattr(part, field.name)) for field in fields(part)})
    return part
