"""The one reduction: from the tables to who gave which option, by number, read once.

« Hear » a dialogue once, then count people × options with NumPy: answers by person and option, and the pairs
(contribution, tag) by person, source and tag. A source narrows it.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.frames import SILENT, Frames
from analysis.people import People, people_of


@dataclass(frozen=True)
class Pairs:
    """The (contribution, tag) pairs that count: each one's person, source, family and tag, by number.

    A tag counts once a contribution, whatever the number of its passages. A pair counts when the text is spontaneous
    (`prompted` = 0) and its question feeds the family.
    """

    person: np.ndarray
    source: np.ndarray
    family: np.ndarray
    tag: np.ndarray
    families: tuple[str, ...]
    tags: tuple[str, ...]

    def where(self, kept: np.ndarray) -> "Pairs":
        return replace(self, **{name: getattr(self, name)[kept] for name in ("person", "source", "family", "tag")})


@dataclass(frozen=True)
class Heard:
    """What people gave. `answers`: those that carry something, an option once.

    In them `person` is a position and `number` the value. `by_source[s]`: the positions of the people with a text of
    that source.
    """

    people: People
    answers: pd.DataFrame
    pairs: Pairs
    sources: tuple[str, ...]
    by_source: tuple[np.ndarray, ...]

    def of_source(self, number: int) -> "Heard":
        """What came by one way: its texts, and the answers of the people who have a text of it.

        Answers have no source of their own; whoever left no text is in no source.
        """
        kept = self.answers["person"].isin(self.by_source[number])
        return replace(self, answers=self.answers[kept], pairs=self.pairs.where(self.pairs.source == number))

    def families(self) -> tuple[str, ...]:
        return self.pairs.families

    def tags_of(self, family: str) -> tuple[str, ...]:
        """The tags of a family that count somewhere, sorted."""
        said = np.bincount(self.pairs.tag[self._of(family)], minlength=len(self.pairs.tags))
        return tuple(tag for tag, times in zip(self.pairs.tags, said, strict=True) if times)

    def counts(self, family: str, options: tuple[str, ...]) -> np.ndarray:
        """The number of pairs by person and option: people × options; tags that are no option are left out."""
        columns = pd.Index(options).get_indexer(pd.Index(self.pairs.tags))
        kept = self._of(family) & (columns >= 0)[self.pairs.tag]
        cells = self.pairs.person[kept] * len(options) + columns[self.pairs.tag[kept]]
        size = len(self.people) * len(options)
        return np.bincount(cells, minlength=size).reshape(len(self.people), len(options)).astype(float)

    def _of(self, family: str) -> np.ndarray:
        """Which pairs are of this family."""
        return (np.array(self.pairs.families) == family)[self.pairs.family]


def hear(frames: Frames) -> Heard:
    """Read the frames once."""
    people = people_of(frames)
    texts = frames.contributions
    person = people.positions(texts["participant"])
    source, sources = pd.factorize(texts["source"], sort=True)
    by_source = tuple(_present(person[source == number], len(people)) for number in range(len(sources)))
    return Heard(people, _answers(frames, people), _pairs(frames, person, source), tuple(sources), by_source)


def _present(positions: np.ndarray, people: int) -> np.ndarray:
    return np.flatnonzero(np.bincount(positions, minlength=people))


def _answers(frames: Frames, people: People) -> pd.DataFrame:
    said = (frames.answers["option"] != "") | (frames.answers["kind"] == "regnier")
    rows = frames.answers[said & ~frames.answers["option"].isin(SILENT)]
    rows = rows.drop_duplicates(["participant", "question", "option"])
    number = pd.to_numeric(rows["value"], errors="coerce").fillna(1.0)
    return rows.assign(person=people.positions(rows["participant"]), number=number.astype(float))


def _pairs(frames: Frames, person: np.ndarray, source: np.ndarray) -> Pairs:
    at = _found(frames.tags["contribution"].to_numpy(), frames.contributions["contribution"])
    family, families = pd.factorize(frames.tags["family"], sort=True)
    tag, tags = pd.factorize(frames.tags["tag"], sort=True)
    counted = fed(frames.contributions, tuple(families))[at, family] & (tags != "")[tag]
    kinds = len(families) * len(tags)
    cells = np.sort((at * kinds + family * len(tags) + tag)[counted])
    cells = cells[np.diff(cells, prepend=-1) > 0]
    at, kind = np.divmod(cells, max(kinds, 1))
    family, tag = np.divmod(kind, max(len(tags), 1))
    return Pairs(person[at], source[at], family, tag, tuple(families), tuple(tags))


def _found(names: np.ndarray, among: pd.Series) -> np.ndarray:
    """Where each name stands; those that follow one another, as a text's tags do, are looked up once."""
    if not len(names):
        return np.array([], dtype=int)
    first = np.append(True, names[1:] != names[:-1])
    return pd.Index(among).get_indexer(names[first])[np.cumsum(first) - 1]


def fed(contributions: pd.DataFrame, families: tuple[str, ...]) -> np.ndarray:
    """Whether each text counts for each family: spontaneous, and asked by a question that feeds it."""
    code, feeds = pd.factorize(contributions["feeds"])
    open_to = [["*" in words or family in words for family in families] for words in map(str.split, feeds)]
    table = np.array(open_to, dtype=bool).reshape(len(feeds), len(families))
    return table[code] & (contributions["prompted"] == 0).to_numpy()[:, None]
