"""The words that people use: the recurrent ones, and those that mark a group or a target."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pandas as pd
from simplemma import lemmatize
from stop_words import get_stop_words

from analysis.frames import Frames
from analysis.text import fold, words

SHORTEST, LANGUAGE = 3, "fr"
# Words too common to tell anything, beyond the list of the library: what French elides, and a talk's filler.
FILLERS = frozenset(
    "aussi bien cela ceux chose comme donc encore faire falloir fois mettre oui pouvoir quand rien savoir trop "
    "vouloir vraiment très beaucoup peu aller dire avoir être jusqu lorsqu presqu puisqu quelqu "
    "quelqu’un quoiqu près enfin voir venir".split()
)
STOP = frozenset(map(fold, (*get_stop_words(LANGUAGE), *FILLERS)))
# The weight of the prior, in words: how much a group must say before it moves away from the others.
PRIOR = 500.0
# Said by one person, a word marks nobody else.
FEWEST = 2
MARKS = ("by", "name", "lemma", "here", "elsewhere", "log_odds", "z")


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """The form under which a dictionary has this word; empty for a word that tells nothing."""
    found = lemmatize(word, lang=LANGUAGE).lower()
    told = len(found) >= SHORTEST and found.isalpha() and not {fold(word), fold(found)} & STOP
    return found if told else ""


def lemmas(text: str) -> list[str]:
    """The lemmas of a text that tell something, in order."""
    return [found for word in words(text) if (found := lemma(word))]


def used_words(texts: pd.DataFrame) -> pd.DataFrame:
    """One row a text and lemma: contribution, participant, lemma, occurrences."""
    rows = [
        (contribution, participant, word)
        for contribution, participant, text in zip(
            texts["contribution"], texts["participant"], texts["text"], strict=True
        )
        for word in lemmas(text)
    ]
    table = pd.DataFrame(rows, columns=["contribution", "participant", "lemma"])
    return table.groupby(["contribution", "participant", "lemma"], as_index=False).size().rename(
        columns={"size": "occurrences"}
    )  # fmt: skip


def recurrent_words(used: pd.DataFrame, most: int = 100) -> pd.DataFrame:
    """The words of most people: lemma, people, texts, occurrences. A word counts once a person in `people`."""
    by_word = used.groupby("lemma")
    table = pd.DataFrame({
        "people": by_word["participant"].nunique(), "texts": by_word["contribution"].nunique(),
        "occurrences": by_word["occurrences"].sum(),
    }).reset_index()  # fmt: skip
    order = ["people", "occurrences", "lemma"]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True).head(most)


def specific_words(used: pd.DataFrame, frames: Frames, most: int = 20) -> pd.DataFrame:
    """The words that mark each group, then each target: by, name, lemma, here, elsewhere, log_odds, z.

    `here` and `elsewhere` are people. Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn
    2008, Political Analysis 16), the prior being the words of everyone, worth `PRIOR` of them; z is the ratio over its
    deviation. A word counts once a person, so that a talkative one marks nothing alone.
    """
    once = used[["participant", "lemma"]].drop_duplicates()
    who = frames.participants.set_index("participant")
    made = [table for by in ("group", "target") for table in _marks(once, once["participant"].map(who[by]), by, most)]
    return pd.concat(made, ignore_index=True) if made else pd.DataFrame(columns=list(MARKS))


def _marks(once: pd.DataFrame, names: pd.Series, by: str, most: int) -> Iterator[pd.DataFrame]:
    """A table a group or target that some words mark; nothing when there is only one to speak of."""
    said = names != ""
    counts = once[said].groupby(["lemma", names[said].rename("name")]).size().unstack(fill_value=0)
    for name in counts.columns if len(counts.columns) > 1 else ():
        here, elsewhere = counts[name], counts.sum(axis=1) - counts[name]
        ratio, z = log_odds(here.to_numpy(float), elsewhere.to_numpy(float))
        table = pd.DataFrame({"here": here, "elsewhere": elsewhere, "log_odds": ratio, "z": z}).reset_index()
        table = table[(table["z"] > 0) & (table["here"] >= FEWEST)]
        table = table.sort_values(["z", "lemma"], ascending=[False, True]).head(most)
        if len(table):
            yield table.assign(by=by, name=name)[list(MARKS)]


def log_odds(here: np.ndarray, elsewhere: np.ndarray, prior: float = PRIOR) -> tuple[np.ndarray, np.ndarray]:
    """The log-odds ratio of each word between two counts, and its z, under a Dirichlet prior on all the words."""
    together = here + elsewhere
    weight = prior * together / together.sum()
    odds = [np.log(own + weight) - np.log(own.sum() + prior - own - weight) for own in (here, elsewhere)]
    ratio = odds[0] - odds[1]
    return ratio, ratio / np.sqrt(1 / (here + weight) + 1 / (elsewhere + weight))
