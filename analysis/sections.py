"""The sections of the results, and what each reads: answers to its question, else the tags on people's texts."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.freins import Freins
from analysis.heard import Heard
from analysis.points import CHOICES, Measured, answer_points, mean_points, shares_of_people, spread

TARGET_QUESTION, TOUCHED, CITED = "populations.cible", "populations.touchees", "populations.citees"
DEPENDENCE, CRITICAL = "usages.dependance", "usages.critiques"
NOTHING = ""


class Shares:
    """A section of shares: the choices or rankings of `question` where a person gave any, else the tags of `family`.

    An empty `question` or `family` reads the other alone. The options are the référentiel's leaves (a theme or an
    owner is a heading, unless someone chose or tagged it) and whatever people added. A person who only answered
    « ne sait pas » answered nothing.
    """

    def __init__(self, name: str, question: str, family: str, tags, whole: Heard):
        self.name, self.question, self.family = name, question, family
        self.sections = (name,)
        headings = {tag.parent for tag in tags}
        known = {tag.code for tag in tags} - headings
        said = whole.tags_of(family) if family else ()
        self.options = tuple(sorted(known | set(said) | set(self._rows(whole)["option"])))

    def _rows(self, heard: Heard) -> pd.DataFrame:
        answers = heard.answers
        return answers[(answers["question"] == self.question) & answers["kind"].isin(CHOICES)]

    def measures(self, heard: Heard) -> dict[tuple[str, str], list[Measured]]:
        """By (section, measure)."""
        rows, people = self._rows(heard), len(heard.people)
        points = spread(rows, answer_points(rows), self.options, people)
        answered = points.any(axis=1)
        if self.family:
            said = heard.counts(self.family, self.options)
            points = np.where(answered[:, None], points, said)
        shares = shares_of_people(self.options, (points > 0).astype(float), ~answered)
        measured = {"expressed": shares["expressed"], "cited": shares["cited"]}
        measured["score"] = mean_points(self.options, points, ~answered)
        return {(self.name, measure): [part] for measure, part in measured.items()}


class Means:
    """A section of means of ratings, 1 to 5: each option over the people who rated that option.

    Its measure is called « score »: a mean is no share, so there is no « expressed » nor « cited ».
    """

    def __init__(self, name: str, tags, whole: Heard):
        self.name, self.sections = name, (name,)
        known = {tag.code for tag in tags} - {tag.parent for tag in tags}
        self.options = tuple(sorted(known | set(self._rows(whole)["option"])))

    def _rows(self, heard: Heard) -> pd.DataFrame:
        answers = heard.answers
        return answers[(answers["question"] == self.name) & (answers["kind"] == "rate")]

    def measures(self, heard: Heard) -> dict[tuple[str, str], list[Measured]]:
        """One part an option: those who rated it."""
        rows = self._rows(heard)
        return {(self.name, "score"): [_mean(rows[rows["option"] == option], option) for option in self.options]}


def _mean(rows: pd.DataFrame, option: str) -> Measured:
    rows = rows.sort_values("person")
    ones, people = np.ones(len(rows)), rows["person"].to_numpy()
    return Measured((option,), people, rows[["number"]].to_numpy(), ones, ones == 0)


def readers(referential, heard: Heard, wanted: Collection[str] | None = None) -> list:
    """What reads each section, in the order of the contract; `wanted`: the sections to keep, or None for all.

    The sections named in the contract, then every other family of the référentiel or of the tags, by its name.
    """
    families = {family.code: family.tags for family in referential.families}
    populations, usages = families.get("populations", ()), families.get("usages", ())
    made = [Freins(referential.family("freins"), heard)] if "freins" in families else []
    made += [
        Shares("populations", TARGET_QUESTION, NOTHING, populations, heard),
        Shares(TOUCHED, TOUCHED, NOTHING, populations, heard),
        Shares(CITED, NOTHING, "populations", populations, heard),
        Means(DEPENDENCE, usages, heard),
        Shares(CRITICAL, CRITICAL, NOTHING, usages, heard),
    ]
    others = [*families, *sorted(set(heard.families()) - set(families))]
    made += [
        Shares(code, code, code, families.get(code, ()), heard)
        for code in others
        if code not in ("freins", "populations")
    ]
    return [reader for reader in made if wanted is None or set(reader.sections) & set(wanted)]
