"""The published texts, and what was said of each lead: what readers, decks and citizens are shown."""

from typing import NamedTuple

from sqlalchemy import Row, select

from cafe.extensions import run
from cafe.restitution.models import KINDS, LEAD, Outcome, Piece


class Published(NamedTuple):
    """A published text; `outcomes`: what was said of a lead (words, decided_on, written_at), the last first."""

    id: int
    title: str
    words: str
    subjects: str
    outcomes: tuple[Row, ...] = ()

    @property
    def decided(self) -> str:
        """The last word on a lead with its day, empty before any."""
        return f"{self.outcomes[0].words} ({self.outcomes[0].decided_on:%d/%m/%Y})" if self.outcomes else ""


_published = (
    select(Piece.kind, Piece.id, Piece.published_title, Piece.published_words, Piece.published_subjects)
    .where(Piece.published_at.is_not(None), Piece.removed_at.is_(None))
    .order_by(Piece.place, Piece.id)
)


def published_pieces() -> dict[str, list[Published]]:
    """The published texts of each kind, in the team's order; leads with what became of them."""
    told = all_outcomes()
    found: dict[str, list[Published]] = {kind: [] for kind in KINDS}
    for kind, *row in run(_published):
        found[kind].append(Published(*row, tuple(told.get(row[0], ())) if kind == LEAD else ()))
    return found


def all_outcomes() -> dict[int, list[Row]]:
    """What was said of each lead, the last first."""
    found: dict[int, list[Row]] = {}
    for row in run(select(Outcome.__table__).order_by(Outcome.id.desc())):
        found.setdefault(row.piece_id, []).append(row)
    return found
