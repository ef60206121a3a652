"""The Abaque de Régnier: statements voted on a scale of colours or of words, their distribution and its indices."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.consensus import agreement, leik_dispersion
from analysis.errors import BadInput
from analysis.frames import BLACK, BLANK, COLOURS, WORDS
from analysis.heard import Heard
from analysis.intervals import percentile_interval
from analysis.points import DIGITS, Measured
from analysis.strata import Drawing, Stratum
from analysis.views import FEW_PEOPLE, PLACE, View
from analysis.walk import walk
from analysis.weighting import kish_size, mean_of_groups

SILENCES = (BLANK, BLACK)
# What each level is worth: the mean of 5…1, or net = incontournable + souhaitable − contre.
SCALES = {
    "colours": dict(zip(COLOURS, (5.0, 4.0, 3.0, 2.0, 1.0), strict=True)),
    "words": dict(zip(WORDS, (1.0, 1.0, 0.0, -1.0), strict=True)),
}
COLUMNS = (
    "statement", "scale", "view", *PLACE, "n", "opinions", *(f"colour_{level}" for level in COLOURS), *WORDS,
    *SILENCES, "mean", "net", "low", "high", "consensus", "agreement", "rank", "kish", "fragile",
)  # fmt: skip
NAMED = {"colours": "mean", "words": "net"}


class Votes:
    """The votes on each statement: the levels of those who have an opinion, the silences of all who answered."""

    name = "regnier"

    def __init__(self, whole: Heard):
        rows = votes_of(whole)
        self.scales = {statement: _scale(statement, own["value"]) for statement, own in rows.groupby("question")}

    def measures(self, heard: Heard) -> dict[tuple[str, str], list[Measured]]:
        """By (statement, « opinions » or « silences »)."""
        rows, measured = votes_of(heard), {}
        for statement, scale in self.scales.items():
            own = rows[rows["question"] == statement].sort_values("person")
            opinions = own[~own["value"].isin(SILENCES)]
            measured[statement, "opinions"] = [_one_hot(opinions, tuple(SCALES[scale]))]
            measured[statement, "silences"] = [_one_hot(own, SILENCES)]
        return measured


def votes_of(heard: Heard) -> pd.DataFrame:
    """The answers that are votes, one a person and statement."""
    rows = heard.answers[heard.answers["kind"] == "regnier"]
    return rows.drop_duplicates(["person", "question"])


def _scale(statement: str, values: pd.Series) -> str:
    used = {name for name, levels in SCALES.items() if values.isin(list(levels)).any()}
    if len(used) > 1:
        raise BadInput(f"L’énoncé « {statement} » a des votes en couleurs et d’autres en mots : une seule échelle.")
    return used.pop() if used else "colours"


def _one_hot(rows: pd.DataFrame, levels: tuple[str, ...]) -> Measured:
    table = np.stack([(rows["value"] == level).to_numpy(float) for level in levels], axis=1)
    people = rows["person"].to_numpy()
    return Measured(levels, people, table, np.ones(len(people)), np.zeros(len(people), dtype=bool))


@dataclass
class _Kept:
    """The strata of each view, as they come."""

    levels: tuple[str, ...]
    views: dict[View, Sequence[Stratum]] = field(default_factory=dict)

    def fill(self, view: View, _levels: Sequence[str], strata: Sequence[Stratum]) -> None:
        if strata:
            self.views[view] = strata


def regnier(heard: Heard, drawing: Drawing) -> pd.DataFrame:
    """A row a statement and view, sorted by mean or net, then consensus, each scale apart.

    `n`: who answered; `opinions`: who gave a level. The levels' shares are of the opinions, those of `blanc` (ne sait
    pas) and `noir` (ne se prononce pas) of all who answered, outside every index. In a view of several groups each is
    the mean of the groups' shares. `mean` is of 5…1; `net` is incontournable + souhaitable − contre, « dilemme »
    standing in the distribution alone; `low` and `high` are of whichever of the two there is. `consensus`: 1 − Leik's
    D; `agreement`: van der Eijk's A; both over the K levels of the scale, « dilemme » included. A statement where
    nobody has an opinion yet is said to be in colours.
    """
    votes = Votes(heard)
    walked = walk(votes, heard, drawing, _Kept)
    rows = [
        _row(statement, scale, view, silences, walked.tables[statement, "opinions"].views.get(view, ()))
        for statement, scale in votes.scales.items()
        for view, silences in walked.tables[statement, "silences"].views.items()
    ]
    return _sorted(pd.DataFrame(rows, columns=list(COLUMNS)))


def _row(statement: str, scale: str, view: View, silences, opinions) -> dict:
    sizes = [stratum.people for stratum in silences]
    weak = "fragile" if view.name.startswith("group") else "indicatif"
    place = {"statement": statement, "scale": scale, "view": view.name} | dict.fromkeys(PLACE, "") | dict(view.place)
    figures = {
        "n": sum(sizes), "opinions": sum(stratum.people for stratum in opinions), "kish": kish_size(sizes),
        "fragile": weak if min(sizes) < FEW_PEOPLE else "",
    }  # fmt: skip
    silent = dict(zip(SILENCES, mean_of_groups([stratum.value for stratum in silences]), strict=True))
    return place | figures | silent | (_indices(scale, opinions) if opinions else {})


def _indices(scale: str, opinions: Sequence[Stratum]) -> dict:
    levels = SCALES[scale]
    worth = np.array(list(levels.values()))
    shares = mean_of_groups([stratum.value for stratum in opinions])
    named = [f"colour_{level}" if scale == "colours" else level for level in levels]
    low = high = np.nan
    if all(stratum.draws is not None for stratum in opinions):
        low, high = percentile_interval(mean_of_groups([stratum.draws for stratum in opinions]) @ worth)
    indices = {"low": low, "high": high, "consensus": 1 - leik_dispersion(shares), "agreement": agreement(shares)}
    return dict(zip(named, shares, strict=True)) | {NAMED[scale]: float(shares @ worth)} | indices


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    """Best first in each view and scale; what has no opinion comes last, unranked."""
    index = table["mean"].fillna(table["net"]).astype(float).round(DIGITS)
    keyed = table.assign(index=index, close=table["consensus"].astype(float).round(DIGITS), order=range(len(table)))
    views = ["scale", "view", *PLACE]
    keyed["place"] = keyed.groupby(views, sort=False)["order"].transform("min")
    keyed = keyed.sort_values(["place", "index", "close", "statement"], ascending=[True, False, False, True])
    rank = keyed.groupby(views, sort=False).cumcount() + 1
    return keyed.assign(rank=rank.where(keyed["index"].notna()).astype("Int64"))[list(COLUMNS)].reset_index(drop=True)
