"""The views of a section and measure: from strata to rows of `scores.csv`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.intervals import percentile_interval
from analysis.points import DIGITS
from analysis.strata import Stratum
from analysis.weighting import kish_size, mean_of_groups

FEW_PEOPLE, FIRST = 5, 3
PLACE = ("group", "subgroup", "profile", "source", "target")
COLUMNS = (
    "section", "measure", "view", *PLACE, "option",
    "n", "value", "unweighted", "low", "high", "rank", "kish", "fragile",
)  # fmt: skip
FIGURES = ("n", "value", "unweighted", "low", "high", "kish", "stable")


@dataclass(frozen=True)
class View:
    """A view and what it fixes: View("group_target", (("group", "g"), ("target", "t")))."""

    name: str
    place: tuple[tuple[str, str], ...] = ()


@dataclass
class Table:
    """The figures of one section and measure, by view and option; filled part by part, then ranked."""

    options: tuple[str, ...]
    cells: dict[View, dict[str, np.ndarray]] = field(default_factory=dict)

    def fill(self, view: View, options: Sequence[str], strata: Sequence[Stratum]) -> None:
        """The mean of these groups' values, for these options; no stratum, no row."""
        if not strata:
            return
        cells = self.cells.setdefault(view, self._nobody())
        columns = [self.options.index(option) for option in options]
        for name, figures in figures_of(view, strata).items():
            cells[name][columns] = figures

    def _nobody(self) -> dict[str, np.ndarray]:
        empty = {name: np.full(len(self.options), np.nan) for name in FIGURES}
        return empty | {"n": np.zeros(len(self.options)), "fragile": np.full(len(self.options), "", dtype=object)}

    def rows(self, section: str, measure: str) -> Iterator[dict[str, np.ndarray]]:
        """The columns of each view, ranked by value then option; an option that nobody valued comes last, unranked."""
        options = np.array(self.options, dtype=object)
        for view, cells in self.cells.items():
            order = np.lexsort([options, -np.nan_to_num(cells["value"].round(DIGITS), nan=-np.inf)])
            head = {"section": section, "measure": measure, "view": view.name} | dict.fromkeys(PLACE, "")
            fixed = {
                name: np.full(len(order), text, dtype=object) for name, text in (head | dict(view.place)).items()
            }
            rank = np.where(np.isnan(cells["value"][order]), np.nan, np.arange(1, len(order) + 1))
            figures = {name: cells[name][order] for name in (*FIGURES, "fragile")}
            yield fixed | {"option": options[order], "rank": rank} | figures


def figures_of(view: View, strata: Sequence[Stratum]) -> dict:
    """What a view says of the groups that it rests on. The bounds are blank when one of them has under 2 units."""
    sizes = [stratum.people for stratum in strata]
    weak = "fragile" if view.name.startswith("group") else "indicatif"
    pooled = np.sum([stratum.numerator for stratum in strata], axis=0)
    low = high = stable = np.nan
    if all(stratum.draws is not None for stratum in strata):
        drawn = mean_of_groups([stratum.draws for stratum in strata])
        low, high = percentile_interval(drawn)
        stable = share_in_first(drawn) if drawn.shape[1] > 1 and view.name in ("total", "all", "target") else np.nan
    return {
        "n": sum(sizes),
        "value": mean_of_groups([stratum.value for stratum in strata]),
        "unweighted": pooled / sum(stratum.denominator for stratum in strata),
        "low": low, "high": high, "stable": stable, "kish": kish_size(sizes),
        "fragile": weak if min(sizes) < FEW_PEOPLE else "",
    }  # fmt: skip


def share_in_first(drawn: np.ndarray, first: int = FIRST) -> np.ndarray:
    """The share of draws in which each option is among the first three; of equals, the first in order."""
    order = np.argsort(-drawn.round(DIGITS), axis=1, kind="stable")[:, :first]
    return np.bincount(order.ravel(), minlength=drawn.shape[1]) / len(drawn)
