"""The words behind a figure of a frozen dataset: those that carried the tag then, and that may still be read."""

from functools import lru_cache

from analysis.frames import Frames
from analysis.verbatims import signatures
from cafe.results.freezing import find, folder_of, read_texts
from cafe.results.queries import PAGE, Carried, Verbatim, said_to_the_team
from cafe.results.shelf import Folder
from cafe.results.slices import WHOLE, Slice, narrowed


def frozen_verbatims(
    number: int, carried: list[Carried], part: Slice = WHOLE, before: int = 0, team: bool = True
) -> tuple[list[Verbatim], bool]:
    """As `queries.verbatims`, but for the period: the newest first, and whether there are older ones."""
    folder = folder_of(find(number))
    frames, signed = _tables(folder, folder.written())
    names, private = folder.names(), said_to_the_team()
    spans = _spans(narrowed(frames, part), carried)
    texts = read_texts(names, spans)
    found = sorted(((names.texts[name][0], name) for name in texts), reverse=True)
    if not team:
        found = [(place, name) for place, name in found if place not in private]
    rows = [(place, name) for place, name in found if not before or place < before]
    made = [
        Verbatim(place, texts[name], signed[name], place in private, tuple(sorted(spans[name])))
        for place, name in rows[:PAGE]
    ]
    return made, len(rows) > PAGE


@lru_cache(maxsize=2)
def _tables(folder: Folder, _written: int) -> tuple[Frames, dict[str, str]]:
    """A dataset's tables, without words, and how each of its texts is signed."""
    frames = folder.frames()
    signed = frames.contributions["participant"].map(signatures(frames))
    return frames, dict(zip(frames.contributions["contribution"], signed, strict=True))


def _spans(frames: Frames, carried: list[Carried]) -> dict[str, list[tuple[int, int]]]:
    """The passages that carry these tags, by the text that carries each of them."""
    found: dict[str, list] = {}
    tags, texts = frames.tags, set(frames.tags["contribution"])
    for one in carried:
        own = tags[(tags["family"] == one.family) & tags["tag"].isin(one.codes)]
        texts &= set(own["contribution"])
        for row in own.itertuples(index=False):
            found.setdefault(row.contribution, []).append((row.start, row.end))
    return {name: spans for name, spans in found.items() if name in texts}
