"""How far a group stands from the others, and how far all of them order the options alike."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from math import erfc, sqrt

import numpy as np
import pandas as pd

from analysis.concordance import kendall_w, mean_spearman
from analysis.intervals import percentile_interval
from analysis.people import People
from analysis.points import Measured
from analysis.scoring import Section
from analysis.strata import Cells, Drawing, Stratum, cut
from analysis.views import FEW_PEOPLE

COLUMNS = (
    "section", "measure", "way", "group", "option", "n", "value", "others", "gap", "low", "high", "p", "q",
    "separated", "fragile", "w_between", "mean_rho", "w_within",
)  # fmt: skip
WAYS = {"answers": False, "words": True}
LEVEL = 0.05


@dataclass(frozen=True)
class Way:
    """One way of asking in a section: each group's strata, part by part, among the people asked so."""

    name: str
    parts: tuple[Measured, ...]
    by_group: tuple[dict[int, Stratum], ...]


def gaps(sections: Collection[Section], people: People, drawing: Drawing) -> pd.DataFrame:
    """A row a section, measure, way, group and option: the group's value less the mean of the other groups'.

    Every other group heard in that way counts, in the total or not. `low`, `high`: the gap's stability interval; `p`:
    2(1 − Φ(|gap| / s)), s being the deviation of its draws, empty when they do not move; `q`: Benjamini & Hochberg
    (1995) over the section's gaps in that measure; `separated`: 1 when q ≤ 0.05. `w_between`: Kendall's W of the
    groups' values, `mean_rho` the mean ρ that it stands for, `w_within`: W of the people of the group.
    """
    found = (_section_rows(section, people, drawing) for section in sections)
    made = [adjusted(pd.DataFrame(rows, columns=list(COLUMNS))) for rows in found if rows]
    return pd.concat(made, ignore_index=True) if made else pd.DataFrame(columns=list(COLUMNS))


def adjusted(table: pd.DataFrame) -> pd.DataFrame:
    """The table with `q` and `separated`, from its `p`: all of its rows are one family of tests."""
    q = benjamini_hochberg(table["p"].to_numpy(float))
    separated = np.where(np.isnan(q), np.nan, q <= LEVEL)
    return table.assign(q=q, separated=pd.array(separated, dtype="Int64"))


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """The adjusted p values: the smallest false discovery rate at which each is kept. Empty ones stay out.

    Benjamini & Hochberg (1995), JRSS B 57: in order, q_i = min over j ≥ i of m p_j / j.
    """
    q, known = np.full(len(p), np.nan), np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    steps = p[order] * len(order) / np.arange(1, len(order) + 1)
    q[order] = np.minimum.accumulate(steps[::-1])[::-1].clip(max=1) if len(order) else []
    return q


def _section_rows(section: Section, people: People, drawing: Drawing) -> list[dict]:
    rows = []
    for way in ways_of(section, people, drawing):
        between = _between(way, people)
        for part, strata in zip(way.parts, way.by_group, strict=True):
            for group in strata:
                head = {"section": section.name, "measure": section.measure, "way": way.name}
                head |= {"group": people.groups[group], "w_within": _within(way, group, people)} | between
                rows += [head | row for row in _group_rows(part.options, strata, group)]
    return rows


def ways_of(section: Section, people: People, drawing: Drawing) -> Iterator[Way]:
    """The strata of each way of asking; those of the section itself when all were asked the same way."""
    cells = Cells(people.group, people.groups)
    for name, is_words in WAYS.items():
        kept = [part.from_words == is_words for part in section.parts]
        if all(own.all() for own in kept):
            yield Way(name, section.parts, section.by_group)
        elif any(own.any() for own in kept):
            parts = tuple(_narrow(part, own) for part, own in zip(section.parts, kept, strict=True))
            place = f"{section.name}/{name}"
            yield Way(name, parts, tuple(cut(parts, cells, people.units, drawing, place)))


def _narrow(part: Measured, kept: np.ndarray) -> Measured:
    arrays = {name: getattr(part, name)[kept] for name in ("people", "numerator", "denominator", "from_words")}
    return replace(part, **arrays)


def _group_rows(options: tuple[str, ...], strata: dict[int, Stratum], group: int) -> list[dict]:
    own, others = strata[group], [stratum for other, stratum in strata.items() if other != group]
    value, nothing = own.value, np.full(len(options), np.nan)
    table = {"value": value, "others": nothing, "gap": nothing, "low": nothing, "high": nothing, "p": nothing}
    if others:
        table["others"] = np.mean([stratum.value for stratum in others], axis=0)
        table["gap"] = value - table["others"]
        if all(stratum.draws is not None for stratum in (own, *others)):
            drawn = own.draws - np.mean([stratum.draws for stratum in others], axis=0)
            table["low"], table["high"] = percentile_interval(drawn)
            table["p"] = p_values(table["gap"], drawn.std(axis=0))
    fragile = "fragile" if min(stratum.people for stratum in (own, *others)) < FEW_PEOPLE else ""
    common = {"n": own.people, "fragile": fragile}
    return [common | dict(zip(table, row, strict=True)) | {"option": option}
            for option, row in zip(options, zip(*table.values(), strict=True), strict=True)]  # fmt: skip


def p_values(gap: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    """2(1 − Φ(|gap| / deviation)) of each gap; 1 where nothing moves and there is none, empty where it cannot be told.
    """
    still = np.where(np.abs(gap) < 1e-12, 1.0, np.nan)
    moves = deviation > 1e-12
    found = [erfc(abs(g) / s / sqrt(2)) if m else np.nan for g, s, m in zip(gap, deviation, moves, strict=True)]
    return np.where(moves, found, still)


def _between(way: Way, people: People) -> dict[str, float]:
    """W of the groups over the options that each of them has a value for."""
    everyone = sorted({group for strata in way.by_group for group in strata})
    shared = [strata for strata in way.by_group if len(strata) == len(everyone)]
    if len(everyone) < 2 or not shared:
        return {"w_between": np.nan, "mean_rho": np.nan}
    w = kendall_w([np.concatenate([strata[group].value for strata in shared]) for group in everyone])
    return {"w_between": w, "mean_rho": mean_spearman(w, len(everyone))}


def _within(way: Way, group: int, people: People) -> float:
    """W of the people of a group; of ratings, over the options rated there and the people who rated them all."""
    if len(way.parts) == 1:
        part = way.parts[0]
        return kendall_w(part.numerator[people.group[part.people] == group])
    table = pd.DataFrame({part.options[0]: pd.Series(part.numerator[:, 0], part.people) for part in way.parts})
    own = table[people.group[table.index] == group].dropna(axis="columns", how="all").dropna()
    return kendall_w(own.to_numpy()) if len(own.columns) > 1 else np.nan
