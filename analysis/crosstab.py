"""Families crossed in the same words: which options people speak of together, and more than chance would have it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import erfc, log, sqrt

import numpy as np
import pandas as pd

from analysis.frames import Frames
from analysis.gaps import LEVEL, benjamini_hochberg
from analysis.intervals import percentile_interval
from analysis.people import People, people_of
from analysis.points import Measured
from analysis.strata import Cells, Drawing, cut
from analysis.views import FEW_PEOPLE
from analysis.weighting import mean_of_groups

COLUMNS = (
    "layer", "row", "column", "people", "texts", "share", "low", "high", "lift", "lift_low", "lift_high", "p", "q",
    "separated", "fragile",
)  # fmt: skip
WHOLE = ""
FIGURES = ("share", "low", "high", "lift", "lift_low", "lift_high", "p")
TYPES = dict.fromkeys((*FIGURES, "q"), float) | {"people": int, "texts": int, "separated": "Int64"}


@dataclass(frozen=True)
class Axis:
    """A family to cross; `heading` gives the tag that stands for each one, for an axis of headings."""

    family: str
    heading: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CrossTab:
    """`table`: a row a layer and cell that someone spoke of (the columns of `COLUMNS`); `bases`: what each rests on.

    A layer is an option of the third family, or `WHOLE`: every text. `bases`: layer, people, texts, fragile.
    """

    table: pd.DataFrame
    bases: pd.DataFrame


@dataclass(frozen=True)
class _Base:
    """The texts that carry both families, by person: who said each, and whether it carries each row and column."""

    person: np.ndarray
    rows: pd.DataFrame
    columns: pd.DataFrame


def cross_tab(
    frames: Frames,
    axes: Sequence[Axis],
    drawing: Drawing,
    everyone: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> CrossTab:
    """Cross two families, or two within each option of a third.

    Every tag counts, fed or not, prompted or not: this is a search, no vote. The base is the texts that carry a tag of
    both families. A cell's people are those with a text that carries both of its options: persons, not mentions.
    `share`: those people over the base's. With x_p(o) the share of p's texts of the base that carry o,
    lift = x(row ∧ column) / (x(row) · x(column)), 1 when the two ignore each other: the « interest » of Brin, Motwani
    & Silverstein (1997), SIGMOD 26, each person weighing the same. Shares and x are means over the groups of the total
    (`everyone`: over every group heard), each weighing the same; a layer's are among the texts that carry it.
    Bounds: stability intervals (Rao–Wu). `p`: 2(1 − Φ(|ln lift| / s)), s being the deviation of ln lift over the
    draws, empty under 5 people; `q`: Benjamini & Hochberg (1995) over the layer; `separated`: 1 when q ≤ 0.05.
    `fragile`: « fragile » under 5 people in the cell, « indicatif » under 5 in a group.
    """
    people, carried = people_of(frames), [_carried(frames, axis) for axis in axes]
    heard = np.ones(len(people), dtype=bool) if everyone else _weighing(people)
    layers = carried[2] if len(axes) > 2 else pd.DataFrame(index=frames.contributions.index)
    person = people.positions(frames.contributions["participant"])
    names = [WHOLE, *layers.columns]
    made, bases = [], []
    for done, layer in enumerate(names):
        kept = np.ones(len(layers), dtype=bool) if layer == WHOLE else layers[layer].to_numpy()
        base = _base(*carried[:2], person, kept & heard[person])
        table, foot = _layer(base, people, drawing, layer)
        made += [table] if len(table) else []
        bases.append(foot)
        if progress:
            progress(done + 1, len(names))
    whole = pd.concat(made, ignore_index=True) if made else pd.DataFrame(columns=list(COLUMNS))
    return CrossTab(whole.astype(TYPES), pd.DataFrame(bases))


def _weighing(people: People) -> np.ndarray:
    """Who is in a group of the total; everyone where no group is."""
    inside = people.in_total[people.group]
    return inside if inside.any() else ~inside


def _carried(frames: Frames, axis: Axis) -> pd.DataFrame:
    """Which options of the axis each text carries: texts × options, the options of most texts first."""
    tags = frames.tags[(frames.tags["family"] == axis.family) & (frames.tags["tag"] != "")]
    option = tags["tag"].map(lambda code: axis.heading.get(code, code)) if axis.heading else tags["tag"]
    at = pd.Index(frames.contributions["contribution"]).get_indexer(tags["contribution"])
    codes, names = pd.factorize(option, sort=True)
    table = np.zeros((len(frames.contributions), len(names)), dtype=bool)
    table[at, codes] = True
    order = np.argsort(-table.sum(axis=0), kind="stable")
    return pd.DataFrame(table[:, order], columns=[names[place] for place in order])


def _base(rows: pd.DataFrame, columns: pd.DataFrame, person: np.ndarray, kept: np.ndarray) -> _Base:
    inside = kept & rows.to_numpy().any(axis=1) & columns.to_numpy().any(axis=1)
    return _Base(person[inside], rows[inside], columns[inside])


def _layer(base: _Base, people: People, drawing: Drawing, layer: str) -> tuple[pd.DataFrame, dict]:
    """The cells of one layer, and what they rest on."""
    who, at = np.unique(base.person, return_inverse=True)
    foot = {"layer": layer, "people": len(who), "texts": len(at), "fragile": ""}
    cells, both = _cells(base)
    if not cells:
        return pd.DataFrame(columns=list(COLUMNS)), foot
    told = np.stack([np.bincount(at, own, len(who)) for own in both], axis=1)
    each = np.bincount(at, minlength=len(who))[:, None]
    margins = [_by_person(side, at, len(who)) / each for side in (base.rows, base.columns)]
    numerator = np.hstack([told > 0, told / each, *margins]).astype(float)
    strata = _strata(numerator, who, people, drawing, layer)
    figures = _figures(strata, len(cells), *_places(base, cells))
    counts = (told > 0).sum(axis=0)
    few = min((stratum.people for stratum in strata), default=0) < FEW_PEOPLE
    table = pd.DataFrame(cells, columns=["row", "column"]).assign(
        layer=layer, people=counts, texts=[int(own.sum()) for own in both], **figures,
        fragile=np.where(counts < FEW_PEOPLE, "fragile", "indicatif" if few else ""),
    )  # fmt: skip
    table["p"] = table["p"].where(counts >= FEW_PEOPLE)
    table["q"] = benjamini_hochberg(table["p"].to_numpy(float))
    table["separated"] = (table["q"] <= LEVEL).astype("Int64").where(table["q"].notna())
    return table[list(COLUMNS)], foot | {"fragile": "indicatif" if few else ""}


def _cells(base: _Base) -> tuple[list[tuple[str, str]], list[np.ndarray]]:
    """The cells that a text carries, and for each of them whether each text does."""
    found, both = [], []
    for row in base.rows:
        for column in base.columns:
            together = (base.rows[row].to_numpy() & base.columns[column].to_numpy()).astype(float)
            if together.any():
                found.append((row, column))
                both.append(together)
    return found, both


def _by_person(side: pd.DataFrame, at: np.ndarray, size: int) -> np.ndarray:
    """How many texts of each person carry each option."""
    return np.stack([np.bincount(at, side[option].to_numpy(float), size) for option in side], axis=1)


def _strata(numerator, who, people: People, drawing: Drawing, layer: str) -> list:
    """A stratum a group."""
    names = tuple(map(str, range(numerator.shape[1])))
    part = Measured(names, who, numerator, np.ones(len(who)), np.ones(len(who), dtype=bool))
    (found,) = cut([part], Cells(people.group, people.groups), people.units, drawing, f"crosstab/{layer}")
    return list(found.values())


def _places(base: _Base, cells: list[tuple[str, str]]) -> tuple[np.ndarray, np.ndarray]:
    """Where the margins of each cell stand among the columns counted."""
    rows, columns = ({name: place for place, name in enumerate(side)} for side in (base.rows, base.columns))
    start = 2 * len(cells)
    return (
        np.array([start + rows[row] for row, _ in cells]),
        np.array([start + len(rows) + columns[column] for _, column in cells]),
    )


def _figures(strata: list, size: int, row: np.ndarray, column: np.ndarray) -> dict[str, np.ndarray]:
    value = mean_of_groups([stratum.value for stratum in strata])
    made = dict.fromkeys(FIGURES, np.full(size, np.nan))
    made |= {"share": value[:size], "lift": value[size : 2 * size] / (value[row] * value[column])}
    if any(stratum.draws is None for stratum in strata):
        return made
    drawn = mean_of_groups([stratum.draws for stratum in strata])
    made["low"], made["high"] = percentile_interval(drawn[:, :size])
    with np.errstate(divide="ignore", invalid="ignore"):
        lifts = drawn[:, size : 2 * size] / (drawn[:, row] * drawn[:, column])
        tests = [_tested(lift, drawn_lift) for lift, drawn_lift in zip(made["lift"], lifts.T, strict=True)]
    made["lift_low"], made["lift_high"], made["p"] = np.array(tests).T
    return made


def _tested(lift: float, drawn: np.ndarray) -> tuple[float, float, float]:
    """The bounds of a lift, and its p; a draw where nobody speaks of an option says nothing of it."""
    known = drawn[np.isfinite(drawn)]
    if not len(known) or not lift > 0:
        return np.nan, np.nan, np.nan
    low, high = percentile_interval(known)
    deviation = np.log(known[known > 0]).std()
    return low, high, erfc(abs(log(lift)) / deviation / sqrt(2)) if deviation > 0 else np.nan
