"""From each person's points to the shares of groups and of the whole: `score(frames, referential)`."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.frames import Frames
from analysis.heard import Heard, hear
from analysis.people import People
from analysis.points import Measured
from analysis.sections import readers
from analysis.strata import Cells, Drawing, Stratum, cut
from analysis.views import COLUMNS, Table, View

DRAWS = 2000
SEED = 20180601
Progress = Callable[[str], None] | None


@dataclass(frozen=True)
class Section:
    """All that one section says in one measure: its figures by view, and its groups' strata for what compares them."""

    name: str
    measure: str
    table: Table
    parts: tuple[Measured, ...]
    by_group: tuple[dict[int, Stratum], ...]

    def rows(self) -> Iterator[dict[str, np.ndarray]]:
        return self.table.rows(self.name, self.measure)


def score(
    frames: Frames,
    referential,
    *,
    sections: Collection[str] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    progress: Progress = None,
) -> pd.DataFrame:
    """Every section's options in every measure and view: one row each, with the columns of `COLUMNS`.

    Values, bounds and `unweighted` are shares from 0 to 1 (means from 1 to 5 in `usages.dependance`); `n` counts the
    people with that measure there; `kish` is the effective size. Total is the mean of the groups in the total, « all »
    of every group heard. The views by subgroup, profile, source and target are like the total, over the groups of the
    total; a target is also shown in each of those groups. A source keeps the texts that came by it, and the answers of
    the people who have such a text.
    `sections`: those wanted, or None for all. 0 draws: no interval. `progress` is told each section read.
    """
    heard = hear(frames)
    return as_frame(list(sections_of(heard, referential, Drawing(draws, seed), sections, progress)))


def as_frame(sections: Collection[Section], columns: tuple[str, ...] = COLUMNS) -> pd.DataFrame:
    """The scores of these sections, as `scores.csv` has them."""
    blocks = [block for section in sections for block in section.rows()]
    table = {name: np.concatenate([block[name] for block in blocks]) if blocks else [] for name in columns}
    return pd.DataFrame(table).astype({"n": int, "rank": "Int64"})


def sections_of(
    heard: Heard, referential, drawing: Drawing, wanted: Collection[str] | None = None, progress: Progress = None
) -> Iterator[Section]:
    """Each section in each measure, computed."""
    for reader in readers(referential, heard, wanted):
        yield from _read(reader, heard, drawing)
        if progress:
            progress(reader.name)


def _read(reader, heard: Heard, drawing: Drawing) -> Iterator[Section]:
    measures = reader.measures(heard)
    flat = [(key, part) for key, parts in measures.items() for part in parts]
    tables = {key: Table(tuple(o for part in parts for o in part.options)) for key, parts in measures.items()}
    sheet = _Sheet([key for key, _ in flat], [part for _, part in flat], tables, heard.people, drawing, reader.name)
    by_group = sheet.groups()
    sheet.places()
    for number, source in enumerate(heard.sources):
        narrowed = reader.measures(heard.of_source(number))
        parts = [part for parts in narrowed.values() for part in parts]
        _Sheet(sheet.keys, parts, tables, heard.people, drawing, reader.name).source(source)
    for key, parts in measures.items():
        own = tuple(strata for (other, _), strata in zip(flat, by_group, strict=True) if other == key)
        yield Section(*key, tables[key], tuple(parts), own)


@dataclass(frozen=True)
class _Sheet:
    """The parts of a reader's measures, side by side, and the tables that their views fill."""

    keys: list[tuple[str, str]]
    parts: list[Measured]
    tables: dict[tuple[str, str], Table]
    people: People
    drawing: Drawing
    name: str

    def groups(self) -> list[dict[int, Stratum]]:
        """Total, all, and each group."""
        cells = Cells(self.people.group, self.people.groups)
        strata = self._cut(cells, "group")
        for key, part, own in zip(self.keys, self.parts, strata, strict=True):
            fill = self.tables[key].fill
            fill(View("total"), part.options, self._counted(own))
            fill(View("all"), part.options, list(own.values()))
            for group, stratum in own.items():
                fill(View("group", (("group", self.people.groups[group]),)), part.options, [stratum])
        return strata

    def places(self) -> None:
        """Each subgroup, profile and target, over the groups of the total."""
        for column, (codes, names) in self.people.places.items():
            size = len(self.people.groups)
            cells = np.where(codes < 0, -1, codes * size + self.people.group)
            named = Cells(cells, [f"{name}/{group}" for name in names for group in self.people.groups])
            for key, part, own in zip(self.keys, self.parts, self._cut(named, column), strict=True):
                for number, name in enumerate(names):
                    within = {cell % size: stratum for cell, stratum in own.items() if cell // size == number}
                    self._place(self.tables[key], part, column, name, within)

    def _place(self, table: Table, part: Measured, column: str, name: str, within: dict[int, Stratum]) -> None:
        table.fill(View(column, ((column, name),)), part.options, self._counted(within))
        if column == "target":
            for group, stratum in within.items():
                view = View("group_target", (("group", self.people.groups[group]), (column, name)))
                table.fill(view, part.options, self._counted({group: stratum}))

    def source(self, name: str) -> None:
        """One way of asking, over the groups of the total."""
        strata = self._cut(Cells(self.people.group, self.people.groups), f"source {name}")
        for key, part, own in zip(self.keys, self.parts, strata, strict=True):
            self.tables[key].fill(View("source", (("source", name),)), part.options, self._counted(own))

    def _cut(self, cells: Cells, name: str) -> list[dict[int, Stratum]]:
        return cut(self.parts, cells, self.people.units, self.drawing, f"{self.name}/{name}")

    def _counted(self, strata: dict[int, Stratum]) -> list[Stratum]:
        return [stratum for group, stratum in strata.items() if self.people.in_total[group]]
