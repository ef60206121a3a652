"""How much of what was said the tags reach; shown beside every figure."""

from dataclasses import dataclass

import pandas as pd

from analysis.frames import Frames
from analysis.heard import fed


@dataclass(frozen=True)
class Coverage:
    """People and texts that a family's section could count, and those of them left without any of its tags."""

    people: int
    people_without: int
    texts: int
    texts_without: int


def coverage(frames: Frames, family: str) -> Coverage:
    """The coverage of a family, over the spontaneous texts whose question feeds it."""
    texts = frames.contributions
    own = frames.tags.loc[frames.tags["family"] == family, "contribution"]
    return _reach(texts[fed(texts, (family,))[:, 0]], own)


def whole_coverage(frames: Frames) -> Coverage:
    """The coverage of all the families together, over every text."""
    return _reach(frames.contributions, frames.tags["contribution"])


def _reach(texts: pd.DataFrame, carriers: pd.Series) -> Coverage:
    tagged = texts["contribution"].isin(carriers)
    people, reached = set(texts["participant"]), set(texts.loc[tagged, "participant"])
    return Coverage(len(people), len(people - reached), len(texts), int((~tagged).sum()))
