"""From each person's points to the shares of groups and of the whole: `score(frames, referential)`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.frames import Frames
from analysis.freins import frein_measures
from analysis.intervals import Ratio, percentile_interval, rao_wu_draws
from analysis.points import SILENT, Measured
from analysis.weighting import kish_size, mean_of_groups

DRAWS = 2000
SEED = 20180601
FEW_PEOPLE = 5
PLACE = ("group", "subgroup", "profile", "source", "target")
COLUMNS = (
    "section", "measure", "view", *PLACE, "option",
    "n", "value", "unweighted", "low", "high", "rank", "kish", "fragile",
)  # fmt: skip


@dataclass(frozen=True)
class Stratum:
    """A group's people in a view: their value, its draws (None under 2 units) and their number."""

    ratio: Ratio
    value: np.ndarray
    draws: np.ndarray | None
    people: int


def score(
    frames: Frames, referential, *, draws: int = DRAWS, seed: int = SEED, progress: Callable[[str], None] | None = None
) -> pd.DataFrame:
    """Every section's options in every measure and view: one row each, with the columns of `COLUMNS`.

    Values, bounds and `unweighted` are shares from 0 to 1; `n` counts the people with that measure there; `kish` is
    the effective size. Total is the mean of the groups in the total, « all » of every group heard. `progress` is told
    each section and measure done.
    """
    people = frames.participants.set_index("participant").sort_index()
    in_total = frozenset(frames.groups.loc[frames.groups["in_total"] == 1, "group"])
    rows = []
    for (section, measure), measured in frein_measures(frames, referential.family("freins")).items():
        scorer = Scorer(measured, people, in_total, draws, seed, f"{section}/{measure}")
        rows += [{"section": section, "measure": measure} | row for row in scorer.rows()]
        if progress:
            progress(f"{section} {measure}")
    return pd.DataFrame(rows, columns=list(COLUMNS))


class Scorer:
    """The views of one measure of one section."""

    def __init__(self, measured: Measured, people: pd.DataFrame, in_total, draws: int, seed: int, name: str):
        self.measured, self.in_total = measured, in_total
        self.draws, self.seed, self.name = draws, seed, name
        self.people = people.loc[measured.numerator.index]

    def rows(self) -> Iterator[dict]:
        by_group = self._strata(self.people, "")
        yield from self._view("total", {}, [s for group, s in by_group.items() if group in self.in_total])
        yield from self._view("all", {}, list(by_group.values()))
        for group, stratum in by_group.items():
            yield from self._view("group", {"group": group}, [stratum])
        for target in sorted(set(self.people["target"]) - {"", *SILENT}):
            yield from self._target_views(target)

    def _target_views(self, target: str) -> Iterator[dict]:
        by_group = self._strata(self.people[self.people["target"] == target], target)
        counted = {group: stratum for group, stratum in by_group.items() if group in self.in_total}
        yield from self._view("target", {"target": target}, list(counted.values()))
        for group, stratum in counted.items():
            yield from self._view("group_target", {"group": group, "target": target}, [stratum])

    def _strata(self, people: pd.DataFrame, target: str) -> dict[str, Stratum]:
        groups = sorted(people["group"].unique())
        return {group: self._stratum(people[people["group"] == group], f"{group}/{target}") for group in groups}

    def _stratum(self, people: pd.DataFrame, name: str) -> Stratum:
        numerator, denominator = self.measured.numerator.loc[people.index], self.measured.denominator.loc[people.index]
        ratio = Ratio(numerator.to_numpy(), denominator.to_numpy())
        alone = pd.Series("person " + people.index.astype(str), people.index)
        units = alone.where(people["cluster"] == "", "cluster " + people["cluster"]).to_numpy()
        drawn = rao_wu_draws(ratio, units.astype(str), self.draws, self.seed, f"{self.name}/{name}")
        return Stratum(ratio, ratio.value(), drawn, len(people))

    def _view(self, view: str, place: dict, strata: list[Stratum]) -> list[dict]:
        if not strata:
            return []
        figures = _figures(self.measured.options, strata)
        sizes = [stratum.people for stratum in strata]
        weak = "fragile" if view.startswith("group") else "indicatif"
        common = dict.fromkeys(PLACE, "") | place | {
            "view": view, "n": sum(sizes), "kish": kish_size(sizes), "fragile": weak if min(sizes) < FEW_PEOPLE else "",
        }  # fmt: skip
        return [common | row for row in figures.to_dict("records")]


def _figures(options: tuple[str, ...], strata: list[Stratum]) -> pd.DataFrame:
    """Value, bounds and rank of each option; the bounds are blank when a stratum has under 2 units."""
    pooled = Ratio(
        np.concatenate([stratum.ratio.numerator for stratum in strata]),
        np.concatenate([stratum.ratio.denominator for stratum in strata]),
    )
    low = high = np.full(len(options), np.nan)
    if all(stratum.draws is not None for stratum in strata):
        low, high = percentile_interval(mean_of_groups([stratum.draws for stratum in strata]))
    value = mean_of_groups([stratum.value for stratum in strata])
    table = {"option": options, "value": value, "unweighted": pooled.value(), "low": low, "high": high}
    ordered = pd.DataFrame(table).round(9).sort_values(["value", "option"], ascending=[False, True], ignore_index=True)
    return ordered.assign(rank=ordered.index + 1)
