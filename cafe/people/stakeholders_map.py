"""The map: each sphere with its stakeholders by kind, whom one still misses, and where each mark is drawn."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, radians, sin

from sqlalchemy import Row

from cafe.people.models import STATUSES
from cafe.people.queries import GroupLine

# From the middle outwards: those met are the nearest.
RINGS = {"met": (36, 96), "invited": (96, 148), "identified": (148, 204), "declined": (204, 240)}
EDGE, NAMES_AT = 240, 254
WIDEST, TIGHTEST = 20, 4


@dataclass(frozen=True)
class Cell:
    """A kind of stakeholder within a sphere."""

    subgroup: str
    members: tuple[Row, ...]

    @property
    def counts(self) -> Counter:
        return Counter(member.status for member in self.members)

    @property
    def missing(self) -> str:
        """Why this kind is not heard yet; empty once someone was met."""
        if not self.members:
            return "personne d’identifié"
        if self.counts["met"]:
            return ""
        declined = self.counts["declined"] == len(self.members)
        return "tous ont décliné" if declined else "personne de rencontré encore"


@dataclass(frozen=True)
class Sphere:
    """A group; `people`: how many participants it has, met on the way or come by themselves."""

    code: str
    label: str
    cells: tuple[Cell, ...]
    people: int = 0

    @property
    def counts(self) -> Counter:
        return sum((cell.counts for cell in self.cells), Counter())

    def of_status(self, status: str) -> list[Row]:
        return [member for cell in self.cells for member in cell.members if member.status == status]


def spheres(lines: Iterable[GroupLine], stakeholders: Iterable[Row]) -> list[Sphere]:
    """Each group with its kinds, those that it lists and those that were written, even when nobody is there."""
    found: dict[tuple[str, str], list[Row]] = {}
    for stakeholder in stakeholders:
        found.setdefault((stakeholder.group_code, stakeholder.subgroup), []).append(stakeholder)
    made = []
    for line in lines:
        written = {subgroup for code, subgroup in found if code == line.group.code}
        names = sorted({*line.subgroups, *written} or {""})
        cells = tuple(Cell(name, tuple(found.get((line.group.code, name), ()))) for name in names)
        made.append(Sphere(line.group.code, line.group.label, cells, line.people))
    return made


def missing(found: Iterable[Sphere]) -> list[tuple[str, str, str]]:
    """The kinds that nobody speaks for yet: sphere, kind, and why; a sphere that came by itself is not missed."""
    wanted = (sphere for sphere in found if sphere.counts or not sphere.people)
    return [(sphere.label, cell.subgroup, cell.missing) for sphere in wanted for cell in sphere.cells if cell.missing]


@dataclass(frozen=True)
class Mark:
    """A stakeholder's place on the drawing."""

    status: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Sector:
    """A sphere's share of the drawing: its border, its name and its marks."""

    label: str
    border: tuple[float, float, float, float]
    name_at: tuple[float, float]
    anchor: str
    marks: tuple[Mark, ...]


def sectors(found: list[Sphere]) -> list[Sector]:
    """Equal sectors, the first one at the top: every sphere weighs the same."""
    angles = [360 * place / len(found) - 90 for place in range(len(found) + 1)] if found else []
    return [_sector(sphere, start, end) for sphere, (start, end) in zip(found, pairwise(angles), strict=True)]


def _sector(sphere: Sphere, start: float, end: float) -> Sector:
    marks = tuple(mark for status in STATUSES for mark in _marks(sphere, status, start, end))
    middle = (start + end) / 2
    side = cos(radians(middle))
    anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
    inner, outer = _point(RINGS["met"][0], start), _point(EDGE, start)
    return Sector(sphere.label, (*inner, *outer), _point(NAMES_AT, middle), anchor, marks)


def _marks(sphere: Sphere, status: str, start: float, end: float) -> Iterator[Mark]:
    """The marks of one status in its ring, as wide as lets all of them in."""
    count, (inner, outer) = len(sphere.of_status(status)), RINGS[status]
    for step in range(WIDEST, TIGHTEST - 1, -1):
        places = list(_places(inner, outer, start, end, step))
        if len(places) >= count:
            break
    for place in range(count):
        # Spread over all the places there are, so that few do not crowd in a corner.
        radius, angle = places[(2 * place + 1) * len(places) // (2 * count)]
        yield Mark(status, *_point(radius, angle), round(step * 0.36, 1))


def _places(inner: float, outer: float, start: float, end: float, step: float) -> Iterator[tuple[float, float]]:
    rows = max(1, int((outer - inner) // step))
    for row in range(rows):
        radius = inner + (outer - inner) * (row + 0.5) / rows
        width = (end - start) - 2 * 180 * step / 2 / (pi * radius)
        most = max(1, int(radians(width) * radius // step) + 1)
        for place in range(most):
            yield radius, (start + end) / 2 + width * ((place + 0.5) / most - 0.5)


def _point(radius: float, angle: float) -> tuple[float, float]:
    return round(radius * cos(radians(angle)), 1), round(radius * sin(radians(angle)), 1)
