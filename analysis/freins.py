"""The obstacles: two levels, enjeux and the champs d'action under them, ranked or said."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.heard import Heard
from analysis.points import (
    Measured,
    answer_points,
    borda_over_offered,
    mean_points,
    placed,
    shares_of_people,
    spread,
)

FAMILY = "freins"
ENJEUX, CHAMPS = "freins.enjeux", "freins.champs"
UNSAID = ".non_precise"
OTHER = "autre."


@dataclass(frozen=True)
class Tree:
    """The enjeux in order, and each champ's enjeu."""

    enjeux: tuple[str, ...]
    parent: dict[str, str]

    @property
    def champs(self) -> tuple[str, ...]:
        return tuple(self.parent)

    @property
    def points(self) -> tuple[str, ...]:
        """The champs, and what is left unspecified under each enjeu."""
        return self.champs + tuple(enjeu + UNSAID for enjeu in self.enjeux)

    def gather(self, table: np.ndarray) -> np.ndarray:
        """Sum the columns of the champs (and of the unspecified part, when there) into those of their enjeux."""
        parents = [*self.parent.values(), *self.enjeux][: table.shape[1]]
        into = np.array([[parent == enjeu for enjeu in self.enjeux] for parent in parents], dtype=float)
        return table @ into.reshape(len(parents), len(self.enjeux))


class Freins:
    """`freins.enjeux` and `freins.champs`, in the three measures.

    Whoever ranked enjeux or champs is never read from tags. Enjeux without any champ: the whole score is on
    `<enjeu>.non_precise` and nothing is cited; champs without enjeux: « expressed » and « cited » only. A person who
    only answered « ne sait pas » ranked nothing. A tag on an enjeu itself is no champ, and counts nowhere here.
    """

    name = FAMILY
    sections = (ENJEUX, CHAMPS)

    def __init__(self, family, whole: Heard):
        self.tree = build_tree(family, _champ_rows(whole), whole.tags_of(FAMILY))

    def measures(self, heard: Heard) -> dict[tuple[str, str], list[Measured]]:
        """By (section, measure)."""
        tree, answers = self.tree, heard.answers
        champ_rows, enjeu_rows = _champ_rows(heard), answers[answers["question"] == ENJEUX]
        said = heard.counts(FAMILY, tree.champs)
        ranked = np.zeros(len(heard.people), dtype=bool)
        ranked[champ_rows["person"]] = ranked[enjeu_rows["person"]] = True
        said[ranked] = 0
        chosen = spread(champ_rows, 1.0, tree.champs, len(heard.people))
        points = _ranked_points(enjeu_rows, champ_rows, tree, len(heard.people))
        points[:, : len(tree.champs)] += said
        return _measures(tree, np.where(said > 0, 1.0, chosen), points, ~ranked)


def _champ_rows(heard: Heard) -> pd.DataFrame:
    return heard.answers[heard.answers["question"].str.startswith(CHAMPS + ".")]


def build_tree(family, champ_rows: pd.DataFrame, said: tuple[str, ...]) -> Tree:
    """The référentiel's enjeux and champs, and the « autre » options that people added."""
    enjeux = tuple(tag.code for tag in family.tags if not tag.parent)
    parent = {tag.code: tag.parent for tag in family.tags if tag.parent}
    for question, option in sorted(set(zip(champ_rows["question"], champ_rows["option"], strict=True))):
        parent.setdefault(option, question.removeprefix(CHAMPS + "."))
    for tag in said:
        if tag.startswith(OTHER):
            parent.setdefault(tag, tag.removeprefix(OTHER))
    return Tree(enjeux, {champ: enjeu for champ, enjeu in sorted(parent.items()) if enjeu in enjeux})


def _ranked_points(enjeu_rows: pd.DataFrame, champ_rows: pd.DataFrame, tree: Tree, people: int) -> np.ndarray:
    """x(champ) = x(enjeu) × x(champ within its enjeu), for the people who ranked enjeux."""
    points = np.zeros((people, len(tree.points)))
    if enjeu_rows.empty:
        return points
    enjeux = _enjeu_points(enjeu_rows[enjeu_rows["option"].isin(tree.enjeux)], tree, people)
    asked = champ_rows["question"].str.removeprefix(CHAMPS + ".")
    for place, enjeu in enumerate(tree.enjeux):
        rows = champ_rows[asked == enjeu]
        within = spread(rows, answer_points(rows), tree.champs, people)
        points[:, : len(tree.champs)] += enjeux[:, [place]] * within
        points[:, len(tree.champs) + place] = np.where(within.any(axis=1), 0.0, enjeux[:, place])
    return points


def _enjeu_points(rows: pd.DataFrame, tree: Tree, people: int) -> np.ndarray:
    positions, kept = placed(rows)
    ranked, unranked = borda_over_offered(positions, kept, len(tree.enjeux))
    points = np.zeros((people, len(tree.enjeux)))
    points[rows["person"]] = unranked[:, None]
    columns = pd.Index(tree.enjeux).get_indexer(rows["option"])
    points[rows["person"], columns] = ranked
    return points


def _measures(tree: Tree, cited: np.ndarray, points: np.ndarray, from_words: np.ndarray):
    by_champ = shares_of_people(tree.champs, cited, from_words)
    expressed = by_champ["expressed"]
    counts = tree.gather(expressed.numerator)
    people, words = expressed.people, expressed.from_words
    ones = np.ones(len(people))
    return {
        (ENJEUX, "expressed"): [Measured(tree.enjeux, people, counts, expressed.denominator, words)],
        (ENJEUX, "cited"): [Measured(tree.enjeux, people, (counts > 0).astype(float), ones, words)],
        (ENJEUX, "score"): [mean_points(tree.enjeux, tree.gather(points), from_words)],
        (CHAMPS, "expressed"): [expressed],
        (CHAMPS, "cited"): [by_champ["cited"]],
        (CHAMPS, "score"): [mean_points(tree.points, points, from_words)],
    }
