"""Each person's points: from what they ranked, chose or said, to one row a person."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

# Beyond what a float holds: two values that differ there alone are the same.
DIGITS = 12
RANK, CHOICES = "rank", ("rank", "choice", "multi")


@dataclass(frozen=True)
class Measured:
    """A measure of some options as a ratio: Σ numerator / Σ denominator over people.

    `people`: the positions of those who have it, ascending; `numerator`: people × options; `from_words`: whether each
    was read from their texts rather than from an answer.
    """

    options: tuple[str, ...]
    people: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    from_words: np.ndarray


def borda_over_offered(positions: np.ndarray, kept: np.ndarray | int, offered: int) -> tuple[np.ndarray, np.ndarray]:
    """Points of the `kept` ranked options of those offered, and of each unranked one; together they sum to 1.

    Position i gets n − i + 1, each of the n − k others (n − k + 1) / 2, divided by n(n + 1) / 2: Borda's count, the
    unranked sharing the positions that are left. The treatment of ties and of partial rankings is this project's.
    """
    total = offered * (offered + 1) / 2
    return (offered - positions + 1) / total, (offered - kept + 1) / 2 / total


def borda_over_retained(positions: np.ndarray, kept: np.ndarray | int) -> np.ndarray:
    """Points of the k options retained, alone: k − i + 1, divided by k(k + 1) / 2."""
    return (kept - positions + 1) / (kept * (kept + 1) / 2)


def placed(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Each answer's position 1…k within its person's, and k; tied ones share the mean of theirs: 1, 1, 3 → 1.5, 1.5, 3.
    """
    by_person = rows["number"].groupby(rows["person"])
    return by_person.rank(method="average").to_numpy(), by_person.transform("size").to_numpy()


def answer_points(rows: pd.DataFrame) -> np.ndarray:
    """The points of each answer to one question: ranks over the options retained, choices 1/k each."""
    if rows.empty:
        return np.array([])
    is_rank = (rows["kind"] == RANK).groupby(rows["person"]).transform("all").to_numpy()
    positions, kept = placed(rows)
    return np.where(is_rank, borda_over_retained(positions, kept), 1 / kept)


def spread(rows: pd.DataFrame, values, options: Sequence[str], people: int) -> np.ndarray:
    """A people × options matrix holding each answer's value; options that are not listed are left out."""
    table = np.zeros((people, len(options)))
    columns = pd.Index(options).get_indexer(rows["option"])
    known = columns >= 0
    table[rows["person"].to_numpy()[known], columns[known]] = np.broadcast_to(values, len(rows))[known]
    return table


def shares_of_people(options: Sequence[str], cited: np.ndarray, from_words: np.ndarray) -> dict[str, Measured]:
    """« expressed » and « cited » of a 0/1 matrix people × options, over the people who cite something.

    expressed: Σ_p [o ∈ S_p] / Σ_p |S_p|, the share of the answers expressed. cited: Σ_p [o ∈ S_p] / n, the share of
    the people. S_p is a set: an option counts once a person.
    """
    people = np.flatnonzero(cited.any(axis=1))
    own, words = cited[people], from_words[people]
    return {
        "expressed": Measured(tuple(options), people, own, own.sum(axis=1), words),
        "cited": Measured(tuple(options), people, own, np.ones(len(people)), words),
    }


def mean_points(options: Sequence[str], points: np.ndarray, from_words: np.ndarray) -> Measured:
    """« score »: the mean of the points, which are divided so that they sum to 1 a person."""
    totals = points.sum(axis=1)
    people = np.flatnonzero(totals > 0)
    own = points[people] / totals[people, None]
    return Measured(tuple(options), people, own, np.ones(len(people)), from_words[people])
