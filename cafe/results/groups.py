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
    apart = {} if place.target else _apart(results, title.name, measure)
    lines = []
    for code, mine in rows.groupby("group"):
        values = dict(zip(mine["option"], mine["value"], strict=True))
        figures = [(figure(values[option]), apart.get((code, option), "")) if option in values else ("—", "")
                   for option in options]  # fmt: skip
        first = mine.iloc[0]
        line = {"code": code, "label": labels.groups.get(code, code), "n": first["n"], "fragile": first["fragile"]}
        lines.append(line | {"figures": figures})
    columns = [labels.options.get((title.family, option), option) for option in options]
    return GroupTable(columns, lines, "" if place.target else _concordance(results, title.name, measure))


def _apart(results: Results, section: str, measure: str) -> dict[tuple[str, str], str]:
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
