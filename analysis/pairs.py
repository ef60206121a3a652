"""How far each group stands from each other one, two at a time."""

from collections.abc import Collection, Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.gaps import Way, adjusted, p_values, ways_of
from analysis.intervals import percentile_interval
from analysis.people import People
from analysis.scoring import Section
from analysis.strata import Drawing, Stratum
from analysis.views import FEW_PEOPLE

COLUMNS = (
    "section", "measure", "way", "group", "other", "option", "n", "n_other", "value", "other_value", "gap", "low",
    "high", "p", "q", "separated", "fragile",
)  # fmt: skip


def pair_gaps(sections: Collection[Section], people: People, drawing: Drawing) -> pd.DataFrame:
    """A row a section, measure, way, two groups in order, and option: the first's value less the other's.

    The gap's interval, `p`, `q` and `separated` are those of `analysis.gaps`, over the section's pairs in that measure
    and way; each row holds within one way of asking.
    """
    made = [
        adjusted(pd.DataFrame(rows, columns=list(COLUMNS)))
        for section in sections
        for way in ways_of(section, people, drawing)
        if (rows := list(_rows(section, way, people)))
    ]
    return pd.concat(made, ignore_index=True) if made else pd.DataFrame(columns=list(COLUMNS))


def _rows(section: Section, way: Way, people: People) -> Iterator[dict]:
    for part, strata in zip(way.parts, way.by_group, strict=True):
        for first, second in combinations(strata, 2):
            head = {"section": section.name, "measure": section.measure, "way": way.name}
            head |= {"group": people.groups[first], "other": people.groups[second]}
            figures = _figures(strata[first], strata[second])
            for place, option in enumerate(part.options):
                yield head | {"option": option} | {name: column[place] for name, column in figures.items()}


def _figures(first: Stratum, second: Stratum) -> dict[str, np.ndarray]:
    size, gap = len(first.value), first.value - second.value
    low = high = p = np.full(size, np.nan)
    if first.draws is not None and second.draws is not None:
        drawn = first.draws - second.draws
        low, high = percentile_interval(drawn)
        p = p_values(gap, drawn.std(axis=0))
    weak = "fragile" if min(first.people, second.people) < FEW_PEOPLE else ""
    return {
        "n": np.full(size, first.people), "n_other": np.full(size, second.people), "value": first.value,
        "other_value": second.value, "gap": gap, "low": low, "high": high, "p": p, "fragile": np.full(size, weak),
    }  # fmt: skip
