"""What a deck is made from: results, live or frozen, the French of their options, and the words that may be quoted."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from cafe.people.models import Group
from cafe.restitution.deck import Quote, Row
from cafe.restitution.fitting import short
from cafe.restitution.written import Written
from cafe.results.charts import decimals, note, number, percent
from cafe.results.labels import Labels
from cafe.results.page import all_scores, one_of_each
from cafe.results.services import Results
from cafe.results.site import MEANS, SectionTitle

LONGEST_QUOTE, QUOTED = 260, 3
VIEWS = ("total", "all")


@dataclass(frozen=True)
class Source:
    """`groups`: in the order in which tables show them."""

    results: Results
    labels: Labels
    groups: tuple[Group, ...]
    written: Written

    @property
    def report(self):
        return self.results.report

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Every section, measure and view of the report, once."""
        return all_scores(self.results)

    def named(self, family: str, option: str) -> str:
        return self.labels.options.get((family, option), option)

    def group(self, code: str) -> str:
        return self.labels.groups.get(code, code)

    def of(self, section: SectionTitle, view: str, target: str = "") -> pd.DataFrame:
        """A section's valued rows in one view, in the measure that the deck shows, ranked."""
        measure = "score" if section.name in MEANS else "expressed"
        table = self.scores
        here = (table["section"] == section.name) & (table["measure"] == measure) & (table["view"] == view)
        rows = table[here & (table["target"] == target) & table["value"].notna()]
        return rows.assign(label=[self.named(section.family, option) for option in rows["option"]]).sort_values("rank")

    def whole(self, section: SectionTitle) -> pd.DataFrame:
        """The view that the deck tells first: the groups of the total, or all when none of them spoke."""
        tables = (self.of(section, view) for view in VIEWS)
        return next((table for table in tables if len(table)), self.of(section, "all"))

    @cached_property
    def verbatims(self) -> pd.DataFrame:
        """The words that may be quoted, each contribution once a tag."""
        table = self.report.verbatims
        may = table["contribution"].isin(self.results.quotable - self.written.not_quoted)
        return table[may].sort_values("rank")

    def quotes(self, family: str, options: list[str], most: int = QUOTED) -> tuple[Quote, ...]:
        """A few words that say these options, one each: those kept by people, then the most typical."""
        table = self.verbatims
        table = table[(table["family"] == family) & table["tag"].isin(options)]
        best = one_of_each(table).drop_duplicates("tag").set_index("tag")
        rows = (best.loc[option] for option in options if option in best.index)
        made = [
            Quote(short(row.text, LONGEST_QUOTE), row.signature, self.named(family, row.name), row.contribution)
            for row in rows
        ]
        return tuple(made[:most])


def rows_of(table: pd.DataFrame, is_mean: bool = False) -> tuple[Row, ...]:
    """A view's options as bars, their figures written with as many decimals as the largest needs."""
    digits = decimals(table["value"].tolist())
    plain = note if is_mean else lambda value: number(value, digits)
    figure = note if is_mean else lambda value: percent(value, digits)
    return tuple(
        Row(
            row.label, float(row.value), _or_none(row.low), _or_none(row.high), figure(row.value),
            "" if pd.isna(row.low) else f"{plain(row.low)}–{plain(row.high)}",
        )
        for row in table.itertuples()
    )  # fmt: skip


def _or_none(value) -> float | None:
    return None if pd.isna(value) else float(value)
