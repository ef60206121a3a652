"""Each person's points: from what they ranked, chose or said, to one row a person."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

SILENT = ("nsp", "refus")


@dataclass(frozen=True)
class Measured:
    """A measure of a section: a ratio by person. Index of both: the people who have one, sorted."""

    options: tuple[str, ...]
    numerator: pd.DataFrame
    denominator: pd.Series


def mean_positions(values: Sequence[int]) -> np.ndarray:
    """The positions 1…k that ranks fill, tied ones sharing the mean of theirs: [1, 1, 3] → [1.5, 1.5, 3]."""
    return pd.Series(list(values), dtype=float).rank(method="average").to_numpy()


def borda_over_offered(positions: np.ndarray, offered: int) -> tuple[np.ndarray, float]:
    """Points of the k ranked options of n offered, and of each unranked one; all together they sum to 1.

    Position i gets n − i + 1, each of the n − k others (n − k + 1) / 2, divided by n(n + 1) / 2: Borda's count, the
    unranked sharing the positions that are left. The treatment of ties and of partial rankings is this project's.
    """
    total = offered * (offered + 1) / 2
    return (offered - positions + 1) / total, (offered - len(positions) + 1) / 2 / total


def borda_over_retained(positions: np.ndarray) -> np.ndarray:
    """Points of the k options retained, alone: k − i + 1, divided by k(k + 1) / 2."""
    kept = len(positions)
    return (kept - positions + 1) / (kept * (kept + 1) / 2)


def spoken(rows: pd.DataFrame) -> pd.DataFrame:
    """The answers that carry something: neither « ne sait pas » nor a refusal, each option once."""
    kept = rows[~rows["option"].isin(SILENT)]
    return kept.drop_duplicates(["participant", "question", "option"])


def answer_points(rows: pd.DataFrame) -> pd.DataFrame:
    """Points by person (rows) and option (columns) of one question: ranks over the retained, choices 1/k each."""
    points = []
    for person, own in spoken(rows).groupby("participant", sort=True):
        is_rank = (own["kind"] == "rank").all()
        shares = borda_over_retained(mean_positions(own["value"].astype(int))) if is_rank else 1 / len(own)
        points.append(pd.DataFrame({"participant": person, "option": own["option"], "points": shares}))
    return _wide(points)


def _wide(points: list[pd.DataFrame]) -> pd.DataFrame:
    if not points:
        return pd.DataFrame(index=pd.Index([], name="participant", dtype=object))
    return pd.concat(points).pivot(index="participant", columns="option", values="points").fillna(0.0)


def tag_pairs(contributions: pd.DataFrame, tags: pd.DataFrame, family: str) -> pd.DataFrame:
    """Number of (contribution, tag) pairs by person and tag, among the spontaneous texts that feed the family.

    A tag counts once a contribution, whatever the number of passages.
    """
    feeds = contributions["feeds"].map(lambda families: "*" in families.split() or family in families.split())
    counted = contributions.loc[feeds & (contributions["prompted"] == 0), ["contribution", "participant"]]
    pairs = tags.loc[tags["family"] == family, ["contribution", "tag"]].drop_duplicates()
    joined = pairs.merge(counted, on="contribution")
    return joined.groupby(["participant", "tag"]).size().unstack(fill_value=0).astype(float)


def cited_measure(cited: pd.DataFrame, options: Sequence[str]) -> Measured:
    """« cited »: share of the people, among those who cite something, who cite each option."""
    table = (cited.reindex(columns=list(options), fill_value=0) > 0).astype(float)
    table = table[(table > 0).any(axis=1)].sort_index()
    return Measured(tuple(options), table, pd.Series(1.0, index=table.index))


def expressed_measure(cited: pd.DataFrame, options: Sequence[str]) -> Measured:
    """« expressed »: share of each option among all the options cited, once a person."""
    measured = cited_measure(cited, options)
    return Measured(measured.options, measured.numerator, measured.numerator.sum(axis=1))


def score_measure(points: pd.DataFrame, options: Sequence[str]) -> Measured:
    """« score »: mean of the points, which sum to 1 a person."""
    table = points.reindex(columns=list(options), fill_value=0.0).astype(float).fillna(0.0)
    table = table[table.sum(axis=1) > 0].sort_index()
    table = table.div(table.sum(axis=1), axis=0)
    return Measured(tuple(options), table, pd.Series(1.0, index=table.index))
