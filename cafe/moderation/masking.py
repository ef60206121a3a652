"""Masking passages of a text and putting them back, with what people had laid on it carried along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from cafe.corpus import passages, tagging
from cafe.corpus.models import CARES, Contribution, Flag
from cafe.corpus.services import replace_text, words_gone
from cafe.extensions import run
from cafe.moderation import care
from cafe.moderation.models import Decision, Note, Retained

MASK = "[masqué]"


@dataclass(frozen=True)
class Spot:
    """A passage that is masked: of which kind, and where in the text before (end excluded)."""

    kind: str
    start: int
    end: int


def write_spots(spots: Iterable[Spot]) -> str:
    """The spots as a decision keeps them: « email:12-30 phone:40-54 »."""
    return " ".join(f"{spot.kind}:{spot.start}-{spot.end}" for spot in spots)


def read_spots(detail: str) -> list[Spot]:
    spots = []
    for written in detail.split():
        kind, _, place = written.partition(":")
        start, _, end = place.partition("-")
        spots.append(Spot(kind, int(start), int(end)))
    return spots


@dataclass(frozen=True)
class Stretch:
    """A masked stretch: its bounds in the text before, and in the text after."""

    before: tuple[int, int]
    after: tuple[int, int]


def stretches(spots: Iterable[Spot]) -> list[Stretch]:
    """The stretches that the spots cover, those that touch made one."""
    merged: list[list[int]] = []
    for spot in sorted(spots, key=lambda spot: spot.start):
        if merged and spot.start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], spot.end)
        else:
            merged.append([spot.start, spot.end])
    found, shift = [], 0
    for start, end in merged:
        found.append(Stretch((start, end), (start + shift, start + shift + len(MASK))))
        shift += len(MASK) - (end - start)
    return found


def masked(text: str, spots: Iterable[Spot]) -> str:
    """The text with each stretch replaced by the mask."""
    for stretch in reversed(stretches(spots)):
        start, end = stretch.before
        text = text[:start] + MASK + text[end:]
    return text


class Move:
    """Where a place of one text is in the other; inside a masked stretch it is the stretch's own bound."""

    def __init__(self, spots: Iterable[Spot], back: bool = False):
        pairs = [(stretch.before, stretch.after) for stretch in stretches(spots)]
        self._pairs = [(new, old) if back else (old, new) for old, new in pairs]

    def __call__(self, start: int, end: int) -> tuple[int, int]:
        return self._place(start, 0), self._place(end, 1)

    def _place(self, place: int, side: int) -> int:
        shift = 0
        for (start, end), there in self._pairs:
            if place >= end:
                shift = there[1] - end
            elif place > start:
                return there[side]
        return place + shift


def rewrite(session, contribution: Contribution, text: str, move: Move, tagger, now: datetime) -> None:
    """Put another text; tags and ideas of people follow, and what called for care still does."""
    tags, ideas = tagging.decided(session, contribution.id), passages.find(session, contribution.id)
    cares = session.execute(
        select(Flag.kind, Flag.settled_at).where(Flag.contribution_id == contribution.id, Flag.kind.in_(CARES))
    ).all()
    replace_text(session, contribution, text, tagger)
    tagging.carry(session, contribution.id, tags, move)
    passages.carry(session, contribution.id, ideas, move)
    open_kinds = {flag.kind for flag in cares if flag.settled_at is None}
    settled = {flag.kind for flag in cares} - open_kinds
    here = (Flag.contribution_id == contribution.id) & Flag.kind.in_(settled)
    session.execute(update(Flag).where(here).values(settled_at=now))
    if open_kinds:
        care.open_for(session, contribution.id, now)
    contribution.edited_at = now


@words_gone.connect
def forget(contribution_id: int, withdrawn: bool) -> None:
    """What was masked goes with the words it stood in; withdrawn ones take along what was retained and written of them.

    Who took care of whom, and how it ended, stays.
    """
    run(update(Decision).where(Decision.contribution_id == contribution_id).values(text_before=None))
    if withdrawn:
        for kept in (Retained, Note):
            run(delete(kept).where(kept.contribution_id == contribution_id))
