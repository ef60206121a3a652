"""The flat table that analysts open: a contribution a row, with who (by pseudonym), when, and its tags."""

import re
from dataclasses import dataclass

import pandas as pd

from analysis.frames import Frames

DAY = re.compile(r"\.j(\d+)\.\d+$")
BASE = {
    "contribution": "Numéro de la contribution, propre à cet export",
    "participant": "Pseudonyme, propre à cet export",
    "group": "Groupe (sphère)",
    "subgroup": "Sous-groupe",
    "target": "Population prioritaire choisie",
    "day": "Jour du café, vide hors d’un café",
    "question": "Code de la question",
    "source": "Façon de répondre : cafe, questionnaire, interview, workshop",
    "created_at": "Moment, en UTC",
    "text": "Les mots ; une apostrophe précède ce qu’un tableur prendrait pour une formule",
    "tags": "Tous les tags, « famille:code », séparés par des espaces",
}


@dataclass(frozen=True)
class Column:
    name: str
    meaning: str


def columns(families: list) -> list[Column]:
    """The table's columns: those of every contribution, then one a family, its tags separated by spaces."""
    base = [Column(name, meaning) for name, meaning in BASE.items()]
    return base + [Column(family.code, f"Tags de la famille « {family.label} »") for family in families]


def flat_rows(frames: Frames, families: list) -> list[list[str]]:
    """The rows of the table, in the order of the frames."""
    table = frames.contributions.merge(frames.participants, on="participant", how="left")
    table["day"] = table["question"].str.extract(DAY, expand=False).fillna("")
    tags = frames.tags[["contribution", "family", "tag"]].drop_duplicates().sort_values(["family", "tag"])
    table["tags"] = _joined(tags["family"] + ":" + tags["tag"], tags, table["contribution"])
    for family in families:
        own = tags[tags["family"] == family.code]
        table[family.code] = _joined(own["tag"], own, table["contribution"])
    return table[[column.name for column in columns(families)]].astype(str).to_numpy().tolist()


def _joined(codes: pd.Series, tags: pd.DataFrame, contributions: pd.Series) -> pd.Series:
    """The codes of each contribution, separated by spaces; empty for one without any."""
    return contributions.map(codes.groupby(tags["contribution"]).agg(" ".join)).fillna("")
