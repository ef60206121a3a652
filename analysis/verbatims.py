"""The words to show beside a figure: retained by people first, then the most typical; never a name."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.frames import Frames
from analysis.views import FEW_PEOPLE
from analysis.vocabulary import used_words

COLUMNS = (
    "family", "tag", "rank", "contribution", "text", "signature", "source", "question", "prompted", "retained",
    "typicality",
)  # fmt: skip


def signatures(frames: Frames) -> pd.Series:
    """Each participant's « Groupe, sous-groupe »; the group alone when under 5 people are in the subgroup."""
    people = frames.participants.set_index("participant")
    labels = people["group"].map(frames.groups.set_index("group")["label"]).astype(object)
    sizes = people.groupby(["group", "subgroup"])["place"].transform("size")
    named = (people["subgroup"] != "") & (sizes >= FEW_PEOPLE)
    return labels.where(~named, labels + ", " + people["subgroup"])


def verbatims(frames: Frames, retained: Collection[str] = (), most: int = 5) -> pd.DataFrame:
    """At most so many texts a tag: those that people retained, then the most typical.

    `typicality`: cosine between the text's lemmas and the mean of the texts that carry the tag, each lemma weighing
    log(N / texts that have it) (Spärck Jones 1972). Texts prompted or fed elsewhere are there too, and say it.
    """
    texts = frames.contributions.set_index("contribution", drop=False)
    pairs = frames.tags[["family", "tag", "contribution"]].drop_duplicates()
    typical = _typicality(frames, pairs)
    table = pairs.assign(typicality=typical, retained=pairs["contribution"].isin(list(retained)).astype(int))
    columns = ["family", "tag", "retained", "typicality", "contribution"]
    table = table.sort_values(columns, ascending=[True, True, False, False, True], ignore_index=True)
    table["rank"] = table.groupby(["family", "tag"]).cumcount() + 1
    table = table[table["rank"] <= most]
    own = texts.loc[table["contribution"]]
    for column in ("text", "source", "question", "prompted"):
        table[column] = own[column].to_numpy()
    table["signature"] = own["participant"].map(signatures(frames)).to_numpy()
    return table[list(COLUMNS)].reset_index(drop=True)


def _typicality(frames: Frames, pairs: pd.DataFrame) -> np.ndarray:
    """The cosine of each (tag, text) pair; 0 for a text without a telling word."""
    carried = frames.contributions[frames.contributions["contribution"].isin(pairs["contribution"])]
    used = used_words(carried)
    weight = np.log(len(carried) / used.groupby("lemma")["contribution"].transform("nunique"))
    used = used.assign(weight=weight)
    norm = used["weight"].pow(2).groupby(used["contribution"]).sum().pow(0.5)
    used["weight"] /= used["contribution"].map(norm).where(lambda length: length > 0, 1.0)
    joined = pairs.reset_index(names="pair").merge(used, on="contribution")
    centre = joined.groupby(["family", "tag", "lemma"])["weight"].transform("sum")
    length = joined.assign(centre=centre).drop_duplicates(["family", "tag", "lemma"])
    length = length["centre"].pow(2).groupby([length["family"], length["tag"]]).sum().pow(0.5)
    dot = (joined["weight"] * centre).groupby(joined["pair"]).sum().reindex(pairs.index, fill_value=0.0)
    lengths = pd.MultiIndex.from_frame(pairs[["family", "tag"]]).map(length)
    cosine = dot.to_numpy(float) / pd.Series(lengths, dtype=float).replace(0.0, np.nan).to_numpy()
    return np.nan_to_num(cosine).round(9)
