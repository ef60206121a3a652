"""The published texts, and the last word on each lead: what readers, decks and citizens are shown."""

from typing import NamedTuple

from sqlalchemy import select

from cafe.extensions import run
from cafe.restitution.models import KINDS, LEAD, Outcome, Piece


class Told(NamedTuple):
    """A published text: its title, its words, and what became of it, with its day."""

    title: str
    words: str
    decided: str


def published_pieces() -> dict[str, list[Told]]:
    """The published texts of each kind, in the team's order; a lead with what was decided last."""
    is_out = Piece.published_at.is_not(None) & Piece.removed_at.is_(None)
    query = select(Piece.id, Piece.kind, Piece.published_title, Piece.published_words).where(is_out)
    decided = last_outcomes()
    found: dict[str, list[Told]] = {kind: [] for kind in KINDS}
    for row in run(query.order_by(Piece.place, Piece.id)):
        outcome = decided.get(row.id) if row.kind == LEAD else None
        found[row.kind].append(Told(row.published_title, row.published_words, outcome.words if outcome else ""))
    return found


def last_outcomes() -> dict[int, object]:
    """What was said last of each lead: rows of words, decided_on, written_at."""
    rows = run(select(Outcome.__table__).order_by(Outcome.id))
    return {row.piece_id: row for row in rows}
