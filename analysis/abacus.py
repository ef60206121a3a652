"""The abacus itself: everyone's votes, a person and a statement at a time, under numbers that say nothing."""

import pandas as pd

from analysis.heard import Heard
from analysis.regnier import SCALES, SILENCES, Votes, votes_of

COLUMNS = ("person", "group", "statement", "scale", "value")


def abacus(heard: Heard) -> pd.DataFrame:
    """A row a person and statement voted on, silences included; `person`: a number from 1, in no order but the base's.

    `value`: the colour or word voted, `blanc` or `noir`.
    """
    rows = votes_of(heard)
    people = heard.people
    groups = [people.groups[number] for number in people.group[rows["person"].to_numpy(dtype=int)]]
    table = pd.DataFrame({
        "person": pd.factorize(rows["person"], sort=True)[0] + 1, "group": groups, "statement": rows["question"].array,
        "scale": rows["question"].map(Votes(heard).scales).array, "value": rows["value"].array,
    }, columns=list(COLUMNS))  # fmt: skip
    return table.sort_values(["person", "statement"], ignore_index=True)


def in_order(votes: pd.DataFrame) -> pd.Series:
    """The people of one scale, from the most to the least favourable: their number, with the mean of their levels.

    A level is worth what it is in the indices; between equals, whoever votes the higher levels comes first. Those who
    were silent all along come last, without a mean.
    """
    opinions = votes[~votes["value"].isin(SILENCES)]
    levels = {level: (worth, -place) for scale in SCALES.values() for place, (level, worth) in enumerate(scale.items())}
    worth, finer = (opinions["value"].map({level: pair[part] for level, pair in levels.items()}) for part in (0, 1))
    means = worth.groupby(opinions["person"]).mean()
    tied = finer.groupby(opinions["person"]).mean()
    order = pd.DataFrame({"mean": means, "tied": tied}).reindex(sorted(votes["person"].unique()))
    ranked = order.sort_values(["mean", "tied"], ascending=False, kind="stable", na_position="last")
    return ranked["mean"]
