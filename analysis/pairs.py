"""Two groups side by side, or a group and the others: what each says, and how far apart they are."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.gaps import adjusted, p_values, ways_of
from analysis.intervals import percentile_interval
from analysis.people import People
from analysis.scoring import Section
from analysis.strata import Drawing, Stratum
from analysis.views import FEW_PEOPLE
from analysis.weighting import mean_of_groups

COLUMNS = (
    "section", "measure", "way", "group", "other", "option", "n", "value", "low", "high", "n_other", "other_value",
    "other_low", "other_high", "gap", "gap_low", "gap_high", "p", "q", "separated", "fragile",
)  # fmt: skip
OTHERS = ""


@dataclass(frozen=True)
class _Side:
    """Those on one side: people, the fewest in one group, value by option, draws."""

    people: int
    fewest: int
    value: np.ndarray
    draws: np.ndarray | None

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        nothing = np.full(len(self.value), np.nan)
        return (nothing, nothing) if self.draws is None else percentile_interval(self.draws)


def pair_gaps(sections: Collection[Section], people: People, drawing: Drawing) -> pd.DataFrame:
    """A row a section, measure, way, pair and option: the group's value less the other's, both with their intervals.

    `other` empty: the mean of all the other groups heard in that way, each weighing the same; else each pair of groups
    is there once, in order. The gap's interval, `p`, `q` and `separated` are those of `analysis.gaps`; q is adjusted
    over the section's pairs in that measure, and apart over its groups against the others.
    """
    rows = [row for section in sections for row in _section_rows(section, people, drawing)]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    family = [table["section"], table["measure"], table["other"] == OTHERS]
    made = [adjusted(own) for _, own in table.groupby(family, sort=False)]
    return pd.concat(made, ignore_index=True) if made else table


def _section_rows(section: Section, people: People, drawing: Drawing) -> Iterator[dict]:
    for way in ways_of(section, people, drawing):
        for part, strata in zip(way.parts, way.by_group, strict=True):
            for first, second, other in _pairs(strata):
                head = {"section": section.name, "measure": section.measure, "way": way.name}
                head |= {"group": people.groups[first], "other": OTHERS if other is None else people.groups[other]}
                figures = _figures(_side([strata[first]]), second)
                for place, option in enumerate(part.options):
                    yield head | {"option": option} | {name: column[place] for name, column in figures.items()}


def _pairs(strata: dict[int, Stratum]) -> Iterator[tuple[int, _Side, int | None]]:
    """Each group with each one after it, then with all the others."""
    for first, second in combinations(strata, 2):
        yield first, _side([strata[second]]), second
    for first in strata if len(strata) > 1 else ():
        yield first, _side([stratum for group, stratum in strata.items() if group != first]), None


def _side(strata: list[Stratum]) -> _Side:
    known = all(stratum.draws is not None for stratum in strata)
    return _Side(
        sum(stratum.people for stratum in strata), min(stratum.people for stratum in strata),
        mean_of_groups([stratum.value for stratum in strata]),
        mean_of_groups([stratum.draws for stratum in strata]) if known else None,
    )  # fmt: skip


def _figures(first: _Side, second: _Side) -> dict[str, np.ndarray]:
    size, gap = len(first.value), first.value - second.value
    gap_low = gap_high = p = np.full(size, np.nan)
    if first.draws is not None and second.draws is not None:
        drawn = first.draws - second.draws
        gap_low, gap_high = percentile_interval(drawn)
        p = p_values(gap, drawn.std(axis=0))
    weak = "fragile" if min(first.fewest, second.fewest) < FEW_PEOPLE else ""
    (low, high), (other_low, other_high) = first.bounds(), second.bounds()
    return {
        "n": np.full(size, first.people), "value": first.value, "low": low, "high": high,
        "n_other": np.full(size, second.people), "other_value": second.value, "other_low": other_low,
        "other_high": other_high, "gap": gap, "gap_low": gap_low, "gap_high": gap_high, "p": p,
        "fragile": np.full(size, weak),
    }  # fmt: skip
