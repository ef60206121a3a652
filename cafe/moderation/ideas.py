"""A message as ideas: where it may be cut, and each idea with the tags that lie in it."""

from dataclasses import dataclass, field

from cafe.corpus import passages
from cafe.corpus.models import Tag
from cafe.extensions import db


@dataclass
class Idea:
    start: int
    text: str
    tags: list[Tag] = field(default_factory=list)


@dataclass(frozen=True)
class Ideas:
    """`sentences`: where each begins, its words, whether an idea begins there; `parts`: empty when it is whole."""

    sentences: list[tuple[int, str, bool]]
    parts: list[Idea]


def find_ideas(item) -> Ideas:
    """The sentences of a contribution, and the ideas that someone made of them."""
    cut = [(idea.start, idea.end) for idea in passages.find(db.session, item.id)]
    begun = {start for start, _ in cut}
    spans = passages.cover(item.text, passages.sentence_starts(item.text))
    sentences = [(start, item.text[start:end].strip(), start in begun) for start, end in spans]
    return Ideas(sentences, [_idea(item, start, end) for start, end in cut])


def _idea(item, start: int, end: int) -> Idea:
    inside = [tag for tag in item.standing if start <= tag.start and tag.end <= end]
    return Idea(start, item.text[start:end].strip(), inside)
