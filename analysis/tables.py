"""Everything that `cafe score` writes, computed in one pass over the frames."""

from dataclasses import dataclass

import pandas as pd

from analysis.frames import Frames
from analysis.gaps import gaps
from analysis.heard import hear
from analysis.materiality import Thresholds, materiality
from analysis.regnier import regnier
from analysis.scoring import DRAWS, SEED, Progress, as_frame, sections_of
from analysis.strata import Drawing
from analysis.summary import summary


@dataclass(frozen=True)
class Tables:
    """The scores, the gaps between groups, the Régnier, the materiality, and what they rest on."""

    scores: pd.DataFrame
    gaps: pd.DataFrame
    regnier: pd.DataFrame
    materiality: pd.DataFrame
    summary: dict


def tables(
    frames: Frames,
    referential,
    *,
    thresholds: Thresholds | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    progress: Progress = None,
) -> Tables:
    """The tables of `cafe score`; `progress` is told each section read."""
    heard, drawing, limits = hear(frames), Drawing(draws, seed), thresholds or Thresholds()
    sections = list(sections_of(heard, referential, drawing, progress=progress))
    rests_on = summary(frames, referential, sections, heard.people, drawing)
    return Tables(
        scores=as_frame(sections),
        gaps=gaps(sections, heard.people, drawing),
        regnier=regnier(heard, drawing),
        materiality=materiality(frames, referential, drawing, limits),
        summary=rests_on | {"thresholds": {"external": limits.external, "internal": limits.internal}},
    )
