"""A group's people in one place: their value and its draws, for all the measures of the same people at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.intervals import rao_wu_sums
from analysis.points import Measured


@dataclass(frozen=True)
class Drawing:
    """How many draws (0 for none), from which seed."""

    draws: int
    seed: int


@dataclass(frozen=True)
class Cells:
    """Which cell each participant is in, −1 for none, and what the cells are called."""

    of_person: np.ndarray
    names: Sequence[str]


@dataclass(frozen=True)
class Stratum:
    """The people of one cell under one measure: sums, value by option, its draws (None under 2 units)."""

    people: int
    numerator: np.ndarray
    denominator: float
    draws: np.ndarray | None

    @property
    def value(self) -> np.ndarray:
        return self.numerator / self.denominator


def cut(parts: Sequence[Measured], cells: Cells, units: np.ndarray, drawing: Drawing, name: str):
    """For each part, its strata by cell. `units`: each participant's unit. `name` and the cell's fix the draws.

    Parts of the same people share the same draws, taken once.
    """
    made: list[dict[int, Stratum]] = [{} for _ in parts]
    for places in _same_people(parts):
        together = [parts[place] for place in places]
        for cell, strata in _cut_together(together, cells, units, drawing, name):
            for place, stratum in zip(places, strata, strict=True):
                made[place][cell] = stratum
    return made


def _same_people(parts: Sequence[Measured]) -> list[list[int]]:
    """The numbers of the parts, put together when their people are the same."""
    kinds: dict[bytes, list[int]] = {}
    for place, part in enumerate(parts):
        kinds.setdefault(part.people.tobytes(), []).append(place)
    return list(kinds.values())


def _cut_together(parts: Sequence[Measured], cells: Cells, units: np.ndarray, drawing: Drawing, name: str):
    people = parts[0].people
    own = cells.of_person[people]
    order = np.argsort(own, kind="stable")
    order = order[own[order] >= 0]
    found, starts = np.unique(own[order], return_index=True)
    columns, places = _columns(parts)
    columns, units = columns[order], units[people[order]]
    for cell, start, end in zip(found, starts, np.append(starts, len(order))[1:], strict=True):
        inside = columns[start:end]
        drawn = None
        if drawing.draws:
            stratum = f"{name}/{cells.names[cell]}"
            drawn = rao_wu_sums(inside, units[start:end], drawing.draws, drawing.seed, stratum)
        sums = inside.sum(axis=0)
        yield int(cell), [_stratum(end - start, sums, drawn, place) for place in places]


def _columns(parts: Sequence[Measured]) -> tuple[np.ndarray, list[tuple[slice, int]]]:
    """All the parts' arrays side by side, each array once, and where each part's are."""
    blocks, at, places, width = [], {}, [], 0
    for part in parts:
        for array in (part.numerator, part.denominator):
            if id(array) not in at:
                blocks.append(array if array.ndim == 2 else array[:, None])
                at[id(array)] = slice(width, width + blocks[-1].shape[1])
                width = at[id(array)].stop
        places.append((at[id(part.numerator)], at[id(part.denominator)].start))
    return np.hstack(blocks), places


def _stratum(people: int, sums: np.ndarray, drawn: np.ndarray | None, place: tuple[slice, int]) -> Stratum:
    numerator, denominator = place
    draws = None if drawn is None else drawn[:, numerator] / drawn[:, [denominator]]
    return Stratum(int(people), sums[numerator], float(sums[denominator]), draws)
