"""What the charts drawn as images hold: groups as dots, propositions as points."""

from dataclasses import dataclass

import pandas as pd

from cafe.results.filters import Filters
from cafe.results.labels import Labels
from cafe.results.outputs import placed_propositions
from cafe.results.page import all_scores
from cafe.results.services import Results
from cafe.results.site import MEANS, SectionTitle

ROWS = 6


@dataclass(frozen=True)
class Point:
    """A numbered point: shares from 0 to 1."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Dot:
    """A group's value for an option, with its bounds, None under 2 units."""

    group: str
    option: str
    value: float
    low: float | None
    high: float | None


def placed_points(results: Results) -> tuple[list[Point], tuple[float, float]]:
    """The propositions that both axes place, and the limits that made their placements."""
    limits = results.report.summary["thresholds"]
    points = [Point(row.number, row.external, row.internal) for row in placed_propositions(results).itertuples()]
    return points, (limits["external"], limits["internal"])


def group_dots(results: Results, section: SectionTitle, filters: Filters, labels: Labels) -> list[Dot]:
    """The groups' values for the first options of a section, the options in the order of the whole."""
    scores = all_scores(results)
    measure = "score" if section.name in MEANS else filters.measure
    own = scores[(scores["section"] == section.name) & (scores["measure"] == measure) & scores["value"].notna()]
    first = own[own["view"] == "all"].sort_values("rank")
    first = list(first.loc[first["value"] > 0, "option"].head(ROWS))
    kept = own[(own["view"] == "group") & own["option"].isin(first)]
    kept = kept.assign(place=kept["option"].map(first.index)).sort_values(["group", "place"])
    return [
        Dot(
            labels.groups.get(row.group, row.group), labels.options.get((section.family, row.option), row.option),
            row.value, *((None, None) if pd.isna(row.low) else (row.low, row.high)),
        )
        for row in kept.itertuples()
    ]  # fmt: skip
