"""A long contribution cut into ideas by a person: where they may begin, and the passages that cover the text."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import delete, select

from analysis.text import cut
from cafe.corpus.models import Passage

# What closes a sentence stays with it: « Non ! » is not cut before its last quotation mark.
CLOSING = re.compile(r".*[.!?…;\n»)\]]\s*", re.DOTALL)


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of a text begin; the first is 0."""
    words, starts = cut(text), [0]
    for place in range(1, len(words.starts)):
        if words.sentences[place] != words.sentences[place - 1]:
            left, right = words.ends[place - 1], words.starts[place]
            closed = CLOSING.match(text[left:right])
            starts.append(left + closed.end() if closed else right)
    return starts


def cover(text: str, starts: Iterable[int]) -> list[tuple[int, int]]:
    """The ideas (start, end excluded) that begin at these places; together they make the whole text."""
    bounds = sorted({0, len(text), *(start for start in starts if 0 < start < len(text))})
    return list(zip(bounds, bounds[1:], strict=False))


def split(session, contribution, starts: Iterable[int], staff_id: int, now: datetime) -> int:
    """Cut a contribution where sentences begin; returns how many ideas it has, 1 when it is whole again."""
    known = set(sentence_starts(contribution.text))
    ideas = cover(contribution.text, known.intersection(starts))
    lay(session, contribution.id, [{"start": start, "end": end} for start, end in ideas], staff_id, now)
    return len(ideas)


def lay(session, contribution_id: int, ideas: list[dict], staff_id: int, now: datetime) -> None:
    session.execute(delete(Passage).where(Passage.contribution_id == contribution_id))
    if len(ideas) > 1:
        made = {"contribution_id": contribution_id, "staff_id": staff_id, "created_at": now}
        session.add_all(Passage(**made, **idea) for idea in ideas)


def find(session, contribution_id: int) -> list:
    """The ideas of a contribution, in order: start, end, who cut them and when; none when it is whole."""
    columns = (Passage.start, Passage.end, Passage.staff_id, Passage.created_at)
    return list(
        session.execute(select(*columns).where(Passage.contribution_id == contribution_id).order_by(Passage.start))
    )


def carry(session, contribution_id: int, ideas: list, move: Callable[[int, int], tuple[int, int]]) -> None:
    """Lay ideas again once the text changed under them; `move` says where a place now is."""
    moved = (move(idea.start, idea.end) for idea in ideas)
    places = {start: {"start": start, "end": end} for start, end in moved if start < end}
    if places:
        lay(session, contribution_id, list(places.values()), ideas[0].staff_id, ideas[0].created_at)
