"""The notes of a sitting, as they stand: each one's words, under which step, word for word or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from cafe.corpus.aside import REASON
from cafe.corpus.models import Contribution
from cafe.extensions import run
from cafe.guide.models import NoteTaken


@dataclass(frozen=True)
class Noted:
    """A note; `is_aside`: its step is no longer asked, so that its words count nowhere."""

    contribution_id: int
    step: str
    place: int
    reworded: bool
    text: str
    status: str
    is_aside: bool
    created_at: datetime


_of_sitting = (
    select(
        NoteTaken.contribution_id, NoteTaken.step, NoteTaken.place, NoteTaken.reworded,
        Contribution.text, Contribution.status,
        ((Contribution.status == "hidden") & (Contribution.status_reason == REASON)).label("is_aside"),
        Contribution.created_at,
    )
    .join(Contribution, Contribution.id == NoteTaken.contribution_id)
    .where(NoteTaken.sitting_id == bindparam("number"), Contribution.status != "withdrawn")
    .order_by(NoteTaken.place, NoteTaken.contribution_id)
)  # fmt: skip


def notes_of(sitting_id: int) -> tuple[Noted, ...]:
    """The notes that were not taken back, in the order in which they were typed."""
    return tuple(Noted(*row) for row in run(_of_sitting, {"number": sitting_id}))


def words_by_step(notes: Iterable[Noted]) -> dict[str, str]:
    """What the notes of each step say together: to an open question they are the answer."""
    said: dict[str, list[str]] = {}
    for note in notes:
        said.setdefault(note.step, []).append(note.text)
    return {step: "\n".join(texts) for step, texts in said.items()}
