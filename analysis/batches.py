"""Texts tagged by batches: the same work whether one process does it or a cluster."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from analysis.referential import parse_referential
from analysis.tagging import Tagger

SIZE = 500


@lru_cache(maxsize=2)
def _tagger(source: str) -> Tagger:
    return Tagger(parse_referential(source))


def batches(rows: Iterable[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """The rows in lists of SIZE, the last one shorter."""
    following = iter(rows)
    while batch := list(islice(following, SIZE)):
        yield batch


def tag_batch(source: str, rows: list[dict[str, str]]) -> list[dict[str, str | int]]:
    """The tags of rows (id, text, perhaps question), in their order, by the référentiel that `source` states."""
    tagger = _tagger(source)
    return [
        {"id": row["id"]} | found._asdict()
        for row in rows
        for found in tagger.tag(row["text"], row.get("question", ""))
    ]


def tag_here(source: str, parts: Iterable[list[dict[str, str]]]) -> Iterator[tuple[int, list[dict]]]:
    """For each batch, how many texts it had and their tags, in this process."""
    for part in parts:
        yield len(part), tag_batch(source, part)
