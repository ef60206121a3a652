"""Every view of what a reader measures: the strata of each, handed to the tables that keep them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.heard import Heard
from analysis.people import People
from analysis.points import Measured
from analysis.strata import Cells, Drawing, Stratum, cut
from analysis.views import View

Key = tuple[str, str]


@dataclass(frozen=True)
class Walked:
    """What a reader measures: each key's parts, each part's strata by group, and the table that its views fill."""

    parts: dict[Key, list[Measured]]
    by_group: dict[Key, list[dict[int, Stratum]]]
    tables: dict[Key, object]


def walk(reader, heard: Heard, drawing: Drawing, new_table: Callable[[tuple[str, ...]], object]) -> Walked:
    """Go through the views. `new_table(options)` makes what keeps them: its `fill(view, options, strata)` is called."""
    measures = reader.measures(heard)
    tables = {key: new_table(tuple(o for part in parts for o in part.options)) for key, parts in measures.items()}
    keys = [key for key, parts in measures.items() for _ in parts]
    sheet = _Sheet(keys, _flat(measures), tables, heard.people, drawing, reader.name)
    by_group: dict[Key, list] = {key: [] for key in measures}
    for key, strata in zip(keys, sheet.groups(), strict=True):
        by_group[key].append(strata)
    sheet.places()
    for number, source in enumerate(heard.sources):
        narrowed = _flat(reader.measures(heard.of_source(number)))
        _Sheet(keys, narrowed, tables, heard.people, drawing, reader.name).source(source)
    return Walked(measures, by_group, tables)


def _flat(measures: dict[Key, list[Measured]]) -> list[Measured]:
    return [part for parts in measures.values() for part in parts]


@dataclass(frozen=True)
class _Sheet:
    """The parts of a reader's measures, side by side, and the tables that their views fill."""

    keys: list[Key]
    parts: list[Measured]
    tables: dict[Key, object]
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

    def _place(self, table, part: Measured, column: str, name: str, within: dict[int, Stratum]) -> None:
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
