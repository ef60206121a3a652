"""What is kept beside the figures: datasets that were frozen, to whom results are open, notes of the analysts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import UtcDateTime, db

AUDIENCES = ("committee", "citizens")
# `live`: an audience reads the figures of the day, as the committee does until something else is said.
ACTIONS = ("made", "renamed", "deleted", "taken", "opened", "closed", "live")


class FrozenDataset(db.Model):
    """A dated snapshot whose figures stay what they were; `key`: of the form that asked for it, and its folder’s name.

    `sha256`: of its five tables as they were told when it was made; `sha256_now`: of what still stands of them, the
    same while nothing was taken back. `people`, `texts`, `answers`, `tags`: rows when it was made. `people_gone`,
    `texts_gone`: how many were taken back since, as of `mark`. `referential`, `guide`: the versions that made it;
    no guide is 0. `staff_id` is empty on the command line.
    """

    __tablename__ = "frozen_dataset"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    title: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    sha256_now: Mapped[str] = mapped_column(String(64))
    people: Mapped[int]
    texts: Mapped[int]
    answers: Mapped[int]
    tags: Mapped[int]
    people_gone: Mapped[int] = mapped_column(default=0)
    texts_gone: Mapped[int] = mapped_column(default=0)
    mark: Mapped[str] = mapped_column(String(64))
    referential: Mapped[int]
    guide: Mapped[int]
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ResultsLog(db.Model):
    """What was done with frozen datasets, and what is open to whom: rows are added, never changed.

    `key`: of the form that did it. `audience`: whom an opening is for, empty otherwise; the last row about one says
    what it may read. `detail`: the pages opened, separated by spaces; the title, when it is about one.
    """

    __tablename__ = "results_log"
    __table_args__ = (
        CheckConstraint(f"action IN {ACTIONS}", name="action"),
        CheckConstraint(f"audience IN {('', *AUDIENCES)}", name="audience"),
        Index("ix_results_log_audience_id", "audience", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    action: Mapped[str] = mapped_column(String(8))
    audience: Mapped[str] = mapped_column(String(10), default="")
    frozen_id: Mapped[int | None] = mapped_column(ForeignKey("frozen_dataset.id"))
    detail: Mapped[str] = mapped_column(String(300), default="")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ResultsNote(db.Model):
    """What an analyst wrote beside an output; written anew, it is another row that replaces the former, which stays.

    `key`: of its form. `place`: a section, or a page that has none. `frozen_id`: the dataset it speaks of, empty for
    the live results. `figures_at`, `version`: the figures it was written on, and their référentiel. An empty `text`
    takes the note away.
    """

    __tablename__ = "results_note"
    __table_args__ = (Index("ix_results_note_place", "place", "frozen_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    place: Mapped[str] = mapped_column(String(60))
    frozen_id: Mapped[int | None] = mapped_column(ForeignKey("frozen_dataset.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("results_note.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    for_committee: Mapped[bool] = mapped_column(default=False, server_default=false())
    figures_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NoteDraft(db.Model):
    """A note that an analyst began, so that a reload or a cut finds it; `frozen`: the dataset's number, 0 for live."""

    __tablename__ = "note_draft"
    __table_args__ = (UniqueConstraint("staff_id", "place", "frozen", name="uq_note_draft_place"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    place: Mapped[str] = mapped_column(String(60))
    frozen: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
