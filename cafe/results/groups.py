"""The groups of a section side by side: the figures of each, and those that stand apart from the others."""

from dataclasses import dataclass

import pandas as pd

from cafe.results.charts import note, number
from cafe.results.filters import Shown
from cafe.results.labels import Labels
from cafe.results.services import Results
from cafe.results.site import MEANS, SectionTitle

APART = {1: "▲", -1: "▼"}


@dataclass(frozen=True)
class Line:
    """A group's, or a profile's, figures: by option."""

    code: str
    label: str
    n: int
    fragile: str
    values: dict[str, float]

    @property
    def first(self) -> str:
        return max(self.values, key=lambda option: (self.values[option], option))


def lines_of(rows: pd.DataFrame, place: str, labels: dict[str, str]) -> list[Line]:
    """A line for each value of the column `place`: those that `labels` names, in its order, then the others.

    `rows`: the scores of one section, in one measure and one view.
    """
    found = {code: own for code, own in rows.groupby(place) if code}
    return [
        Line(code, labels.get(code, code), int(own["n"].max()), own["fragile"].iloc[0],
             dict(zip(own["option"], own["value"].astype(float), strict=True)))
        for code in [*labels, *sorted(found.keys() - labels.keys())] if (own := found.get(code)) is not None
    ]  # fmt: skip


@dataclass(frozen=True)
class GroupTable:
    """A column an option, a line a group; `w`: Kendall's W between the groups, empty when nothing allows it.

    A line's figures are (figure, sign): a sign where the group is clearly above or below the others.
    """

    columns: list[str]
    lines: list[dict]
    w: str


def by_group(results: Results, own: pd.DataFrame, title: SectionTitle, place: Shown, options, labels: Labels):
    """The groups' figures for these options; `own`: the section's scores in the measure asked."""
    view = "group_target" if place.target else "group"
    rows = own[(own["view"] == view) & (own["target"] == place.target)]
    figure, measure = note if title.name in MEANS else number, own["measure"].iloc[0]
    signs = {} if place.target else apart(results, title.name, measure)
    lines = []
    for line in lines_of(rows, "group", labels.groups):
        figures = [
            (figure(line.values[option]), signs.get((line.code, option), "")) if option in line.values else ("—", "")
            for option in options
        ]
        told = {"code": line.code, "label": line.label, "n": line.n, "fragile": line.fragile}
        lines.append(told | {"figures": figures})
    columns = [labels.options.get((title.family, option), option) for option in options]
    return GroupTable(columns, lines, "" if place.target else _concordance(results, title.name, measure))


def apart(results: Results, section: str, measure: str) -> dict[tuple[str, str], str]:
    """The (group, option) that stand apart from the other groups, with the sign of their gap."""
    table = results.report.gaps
    table = table[(table["section"] == section) & (table["measure"] == measure) & (table["separated"] == 1)]
    return {(row.group, row.option): APART[1 if row.gap > 0 else -1] for row in table.itertuples()}


def _concordance(results: Results, section: str, measure: str) -> str:
    table = results.report.convergences
    own = (table["section"] == section) & (table["measure"] == measure) & (table["group"] == "")
    known = table[own & table["w"].notna()]
    ways = {"answers": "dans les réponses", "words": "dans les mots"}
    return ", ".join(f"{row.w:.2f} {ways[row.way]}".replace(".", ",") for row in known.itertuples())
