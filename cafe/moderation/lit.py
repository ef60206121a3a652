"""A text with its tagged passages lit: overlapping ones cut into pieces that say all their tags."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A stretch of the text and the labels of the tags on it; none when it is quiet."""

    text: str
    labels: tuple[str, ...]


def light(text: str, spans: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """Cut a text at the bounds of its spans (start, end excluded, label); the pieces put together make it again."""
    spans = [(start, end, label) for start, end, label in spans if 0 <= start < end <= len(text)]
    bounds = sorted({0, len(text), *(bound for start, end, _ in spans for bound in (start, end))})
    pieces = []
    for left, right in zip(bounds, bounds[1:], strict=False):
        labels = dict.fromkeys(label for start, end, label in spans if start <= left and right <= end)
        pieces.append(Piece(text[left:right], tuple(labels)))
    return pieces
