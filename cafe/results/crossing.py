"""Two or three families crossed: what to compute, and the table that shows it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from analysis.crosstab import WHOLE, Axis, CrossTab, cross_tab
from analysis.referential import Referential
from analysis.scoring import DRAWS, SEED
from analysis.strata import Drawing
from cafe.referential.services import current_tagger
from cafe.results.charts import number, people, percent, quoted
from cafe.results.labels import Labels
from cafe.results.slices import Slice, frames_of

# An axis of headings is its family's code and this.
HEADINGS = ".grands"
FIRST, TOLD, HEATS = 12, 12, 5


@dataclass(frozen=True)
class Asked:
    """The families of the rows, the columns and, perhaps, the layers; one layer to show, or the whole."""

    rows: str
    columns: str
    layers: str = ""
    layer: str = WHOLE

    @property
    def axes(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.rows, self.columns, self.layers)))


@dataclass(frozen=True)
class Crossed:
    """A cross-tab computed, the référentiel's version that it follows and when it was made."""

    made: CrossTab
    version: int
    made_at: datetime


@dataclass(frozen=True)
class Cell:
    people: int
    share: str
    heat: int
    sign: str
    few: bool
    carried: list[str]


@dataclass(frozen=True)
class Heat:
    """The table of one layer: `lines` are (option, label, cells), a cell that nobody speaks of being None.

    `hidden`: how many options of the rows and of the columns are not shown.
    """

    columns: list[str]
    lines: list[tuple[str, str, list[Cell | None]]]
    hidden: tuple[int, int]
    people: str
    texts: int
    fragile: str
    sentence: str
    ties: list[dict]
    layers: list[dict]


def axes(referential: Referential) -> dict[str, str]:
    """What may be crossed: each family, and its headings where it has some."""
    found = {}
    for family in referential.families:
        found[family.code] = family.label
        if any(tag.parent for tag in family.tags):
            found[family.code + HEADINGS] = f"{family.label}, regroupés"
    return found


def compute_cross(
    asked: Asked, part: Slice, everyone: bool, now: datetime, tell: Callable[[int, int], None]
) -> Crossed:
    """The cross-tab of a part of the dialogue; `everyone`: over every group heard."""
    tagger = current_tagger()
    made = [_axis(tagger.referential, name) for name in asked.axes]
    crossed = cross_tab(frames_of(part), made, Drawing(DRAWS, SEED), everyone, tell)
    return Crossed(crossed, tagger.version, now)


def _axis(referential: Referential, name: str) -> Axis:
    family = referential.family(name.removesuffix(HEADINGS))
    heading = {tag.code: tag.parent for tag in family.tags if tag.parent} if name.endswith(HEADINGS) else {}
    return Axis(family.code, heading)


def heat_of(crossed: Crossed, asked: Asked, labels: Labels, whole: bool) -> Heat:
    """One layer as a table, its first rows and columns or, asked `whole`, all of them; an unknown layer: the whole."""
    table = crossed.made.table
    if asked.layer not in set(crossed.made.bases["layer"]):
        asked = replace(asked, layer=WHOLE)
    own = table[table["layer"] == asked.layer]
    named = [_names(own[side], axis, labels) for side, axis in (("row", asked.rows), ("column", asked.columns))]
    rows, columns = (_ordered(own, side)[: None if whole else FIRST] for side in ("row", "column"))
    base = crossed.made.bases.set_index("layer").loc[asked.layer]
    found = {(row.row, row.column): row for row in own.assign(wide=_is_wide(own["separated"])).itertuples()}
    top = own["share"].max() if len(own) else 1
    lines = [(row, named[0][row], [_cell(found.get((row, column)), top, asked) for column in columns]) for row in rows]
    hidden = own["row"].nunique() - len(rows), own["column"].nunique() - len(columns)
    ties = [_tie(row, named, asked) for row in _strongest(own).itertuples()]
    return Heat(
        [named[1][column] for column in columns], lines, hidden, people(int(base["people"])), int(base["texts"]),
        base["fragile"], _sentence(own, named, ties), ties, _layers(crossed, asked, labels),
    )  # fmt: skip


def _names(options: pd.Series, axis: str, labels: Labels) -> dict[str, str]:
    family = axis.removesuffix(HEADINGS)
    return {option: labels.options.get((family, option), option) for option in options.unique()}


def _ordered(own: pd.DataFrame, side: str) -> list[str]:
    """The options of a side, those of the widest cells first."""
    return list(own.groupby(side)["share"].sum().sort_values(ascending=False, kind="stable").index)


def _cell(row, top: float, asked: Asked) -> Cell | None:
    if row is None:
        return None
    sign = ("▲" if row.lift > 1 else "▼") if row.wide else ""
    heat = max(1, round(HEATS * row.share / top)) if row.share else 0
    return Cell(row.people, percent(row.share), heat, sign, row.fragile == "fragile", _carried(row, asked))


def _carried(row, asked: Asked) -> list[str]:
    """What words carry besides the row's option, as an address says it."""
    pairs = [(asked.columns, row.column)] + ([(asked.layers, asked.layer)] if asked.layer else [])
    return [f"{axis.removesuffix(HEADINGS)}:{option}" for axis, option in pairs]


def _is_wide(separated: pd.Series) -> pd.Series:
    """Whether each tie stands out; one that could not be tested does not."""
    return (separated == 1).fillna(False).astype(bool)


def _strongest(own: pd.DataFrame) -> pd.DataFrame:
    """The ties that stand out, the strongest first: twice as often and half as often weigh the same."""
    wide = own[_is_wide(own["separated"])]
    return wide.assign(far=wide["lift"].where(wide["lift"] > 1, 1 / wide["lift"])).nlargest(TOLD, "far")


def _tie(row, named: list[dict], asked: Asked) -> dict:
    return {
        "row": named[0][row.row], "column": named[1][row.column], "option": row.row, "people": row.people,
        "share": percent(row.share), "bounds": _bounds(row.low, row.high), "lift": _times(row.lift),
        "lift_bounds": f"{_times(row.lift_low)}–{_times(row.lift_high)}", "sign": "▲" if row.lift > 1 else "▼",
        "carried": _carried(row, asked),
    }  # fmt: skip


def _bounds(low: float, high: float) -> str:
    return "" if pd.isna(low) else f"{number(low)}–{number(high)}"


def _times(lift: float) -> str:
    return "—" if pd.isna(lift) else f"{lift:.1f}".replace(".", ",")


def _sentence(own: pd.DataFrame, named: list[dict], ties: list[dict]) -> str:
    """The cell of most people, then the strongest tie."""
    if own.empty:
        return ""
    first = own.sort_values(["share", "people"], ascending=False).iloc[0]
    both = f"{quoted(named[0][first['row']])} et {quoted(named[1][first['column']])}"
    said = f"{both} sont dits ensemble le plus souvent : {percent(first['share'])} des personnes."
    close = next((tie for tie in ties if tie["sign"] == "▲"), None)
    if not close:
        return f"{said} Aucun lien ne dépasse nettement le hasard."
    tie = f"{quoted(close['row'])} et {quoted(close['column'])}"
    return f"{said} Le lien le plus net : {tie}, {close['lift']} fois plus que le hasard."


def _layers(crossed: Crossed, asked: Asked, labels: Labels) -> list[dict]:
    """The layers that one may open, with their people; none when no third family was asked."""
    if not asked.layers:
        return []
    named = _names(crossed.made.bases["layer"], asked.layers, labels)
    return [
        {"code": row.layer, "label": named[row.layer] if row.layer else "tous les textes", "people": row.people}
        for row in crossed.made.bases.itertuples()
        if row.people
    ]
