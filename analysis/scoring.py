"""From each person's points to the shares of groups and of the whole: `score(frames, referential)`."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.frames import Frames
from analysis.heard import Heard, hear
from analysis.points import Measured
from analysis.sections import readers
from analysis.strata import Drawing, Stratum
from analysis.views import COLUMNS, FIGURES, Table
from analysis.walk import walk

DRAWS = 2000
SEED = 20180601
Progress = Callable[[str], None] | None


@dataclass(frozen=True)
class Section:
    """All that one section says in one measure: its figures by view, and its groups' strata for what compares them."""

    name: str
    measure: str
    table: Table
    parts: tuple[Measured, ...]
    by_group: tuple[dict[int, Stratum], ...]

    def rows(self) -> Iterator[dict[str, np.ndarray]]:
        return self.table.rows(self.name, self.measure)


def score(
    frames: Frames,
    referential,
    *,
    sections: Collection[str] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    progress: Progress = None,
) -> pd.DataFrame:
    """Every section's options in every measure and view: one row each, with the columns of `COLUMNS`.

    Values, bounds and `unweighted` are shares from 0 to 1 (means from 1 to 5 in `usages.dependance`); `n` counts the
    people with that measure there; `kish` is the effective size. Total is the mean of the groups in the total, « all »
    of every group heard. The views by subgroup, profile, source and target are like the total, over the groups of the
    total; a target is also shown in each of those groups. A source keeps the texts that came by it, and the answers of
    the people who have such a text.
    `sections`: those wanted, or None for all. 0 draws: no interval. `progress` is told each section read.
    """
    heard = hear(frames)
    return as_frame(list(sections_of(heard, referential, Drawing(draws, seed), sections, progress)))


def as_frame(sections: Collection[Section], columns: tuple[str, ...] = COLUMNS) -> pd.DataFrame:
    """The scores of these sections, as `scores.csv` has them."""
    blocks = [block for section in sections for block in section.rows()]
    empty = {name: np.array([], dtype=float if name in FIGURES else object) for name in columns}
    table = {name: np.concatenate([block[name] for block in blocks] or [none]) for name, none in empty.items()}
    return pd.DataFrame(table).astype({"n": int, "rank": "Int64"})


def sections_of(
    heard: Heard, referential, drawing: Drawing, wanted: Collection[str] | None = None, progress: Progress = None
) -> Iterator[Section]:
    """Each section in each measure, computed."""
    for reader in readers(referential, heard, wanted):
        yield from _read(reader, heard, drawing)
        if progress:
            progress(reader.name)


def _read(reader, heard: Heard, drawing: Drawing) -> Iterator[Section]:
    walked = walk(reader, heard, drawing, Table)
    for key, parts in walked.parts.items():
        yield Section(*key, walked.tables[key], tuple(parts), tuple(walked.by_group[key]))
