"""The obstacles: two levels, enjeux and the champs d'action under them, ranked or said."""

from dataclasses import dataclass

import pandas as pd

from analysis.frames import Frames
from analysis.points import (
    Measured,
    answer_points,
    borda_over_offered,
    cited_measure,
    expressed_measure,
    mean_positions,
    score_measure,
    spoken,
    tag_pairs,
)

FAMILY = "freins"
ENJEUX_QUESTION = "freins.enjeux"
CHAMPS_QUESTION = "freins.champs."
UNSAID = ".non_precise"


@dataclass(frozen=True)
class Tree:
    """The enjeux in order, and each champ's enjeu."""

    enjeux: tuple[str, ...]
    parent: dict[str, str]

    def gather(self, champs: pd.DataFrame) -> pd.DataFrame:
        """Sum the champs' columns (and the unspecified part) into those of their enjeux."""
        parents = [self.parent.get(column, column.removesuffix(UNSAID)) for column in champs.columns]
        return champs.T.groupby(parents).sum().T.reindex(columns=list(self.enjeux), fill_value=0.0)


def frein_measures(frames: Frames, family) -> dict[tuple[str, str], Measured]:
    """The measures of `freins.enjeux` and `freins.champs`, by (section, measure). `family`: the référentiel's freins.

    Whoever ranked enjeux or champs is never read from tags. Enjeux without any champ: the whole score is on
    `<enjeu>.non_precise` and nothing is cited; champs without enjeux: « expressed » and « cited » only.
    """
    answers = frames.answers
    champ_rows = answers[answers["question"].str.startswith(CHAMPS_QUESTION)]
    enjeu_rows = answers[answers["question"] == ENJEUX_QUESTION]
    ranked_by = set(spoken(champ_rows)["participant"]) | set(spoken(enjeu_rows)["participant"])
    pairs = tag_pairs(frames.contributions, frames.tags, FAMILY)
    tree = build_tree(family, champ_rows, pairs)
    pairs = pairs[~pairs.index.isin(ranked_by)].reindex(columns=list(tree.parent), fill_value=0.0)
    pairs = pairs[pairs.sum(axis=1) > 0]
    cited = pd.concat([_chosen(champ_rows, tree), (pairs > 0).astype(float)]).fillna(0.0)
    scores = pd.concat([_ranked_scores(enjeu_rows, champ_rows, tree), pairs.div(pairs.sum(axis=1), axis=0)]).fillna(0.0)
    return _measures(cited, scores, tree)


def build_tree(family, champ_rows: pd.DataFrame, pairs: pd.DataFrame) -> Tree:
    """The référentiel's enjeux and champs, and the « autre » options that people added."""
    enjeux = tuple(tag.code for tag in family.tags if not tag.parent)
    parent = {tag.code: tag.parent for tag in family.tags if tag.parent}
    for question, option in spoken(champ_rows)[["question", "option"]].drop_duplicates().itertuples(index=False):
        parent.setdefault(option, question.removeprefix(CHAMPS_QUESTION))
    for tag in pairs.columns:
        if tag.startswith("autre."):
            parent.setdefault(tag, tag.removeprefix("autre."))
    return Tree(enjeux, {champ: enjeu for champ, enjeu in sorted(parent.items()) if enjeu in enjeux})


def _chosen(champ_rows: pd.DataFrame, tree: Tree) -> pd.DataFrame:
    rows = spoken(champ_rows)
    rows = rows[rows["option"].isin(tree.parent)]
    table = rows.groupby(["participant", "option"]).size().unstack(fill_value=0)
    return (table.reindex(columns=list(tree.parent), fill_value=0) > 0).astype(float)


def _ranked_scores(enjeu_rows: pd.DataFrame, champ_rows: pd.DataFrame, tree: Tree) -> pd.DataFrame:
    """x(champ) = x(enjeu) × x(champ within its enjeu), for the people who ranked enjeux."""
    asked = champ_rows["question"].str.removeprefix(CHAMPS_QUESTION)
    within = {enjeu: answer_points(champ_rows[asked == enjeu]) for enjeu in tree.enjeux}
    rows = {}
    for person, own in spoken(enjeu_rows).groupby("participant", sort=True):
        own = own[own["option"].isin(tree.enjeux)]
        if len(own):
            rows[person] = _spread(person, _enjeu_points(own, tree), within)
    return pd.DataFrame.from_dict(rows, orient="index", dtype=float)


def _enjeu_points(own: pd.DataFrame, tree: Tree) -> dict[str, float]:
    ranked, unranked = borda_over_offered(mean_positions(own["value"].astype(int)), len(tree.enjeux))
    return dict.fromkeys(tree.enjeux, unranked) | dict(zip(own["option"], ranked, strict=True))


def _spread(person: str, enjeux: dict[str, float], within: dict[str, pd.DataFrame]) -> dict[str, float]:
    points = {}
    for enjeu, share in enjeux.items():
        if person in within[enjeu].index:
            points |= {champ: share * x for champ, x in within[enjeu].loc[person].items() if x > 0}
        else:
            points[enjeu + UNSAID] = share
    return points


def _measures(cited: pd.DataFrame, scores: pd.DataFrame, tree: Tree) -> dict[tuple[str, str], Measured]:
    champs = tuple(tree.parent)
    with_unsaid = champs + tuple(enjeu + UNSAID for enjeu in tree.enjeux)
    by_champ = expressed_measure(cited, champs)
    by_enjeu = tree.gather(by_champ.numerator)
    return {
        ("freins.champs", "expressed"): by_champ,
        ("freins.champs", "cited"): cited_measure(cited, champs),
        ("freins.champs", "score"): score_measure(scores, with_unsaid),
        ("freins.enjeux", "expressed"): Measured(tree.enjeux, by_enjeu, by_champ.denominator),
        ("freins.enjeux", "cited"): cited_measure(by_enjeu, tree.enjeux),
        ("freins.enjeux", "score"): score_measure(tree.gather(scores), tree.enjeux),
    }
