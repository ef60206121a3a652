"""The words behind a figure of a frozen dataset: those that carried the tag then, and that may still be read."""

from functools import lru_cache

from analysis.frames import Frames
from analysis.verbatims import signatures
from cafe.results.freezing import find, folder_of, read_texts
from cafe.results.queries import PAGE, Verbatim, said_to_the_team
from cafe.results.shelf import Folder


def frozen_verbatims(
    number: int, family: str, codes: list[str], before: int = 0, team: bool = True
) -> tuple[list[Verbatim], bool]:
    """As `queries.verbatims`: the newest first, and whether there are older ones."""
    folder = folder_of(find(number))
    frames, signed = _tables(folder, folder.written())
    names, private = folder.names(), said_to_the_team()
    spans = _spans(frames, family, codes)
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


def _spans(frames: Frames, family: str, codes: list[str]) -> dict[str, list[tuple[int, int]]]:
    tags = frames.tags
    tags = tags[(tags["family"] == family) & tags["tag"].isin(codes)]
    found: dict[str, list] = {}
    for row in tags.itertuples(index=False):
        found.setdefault(row.contribution, []).append((row.start, row.end))
    return found
