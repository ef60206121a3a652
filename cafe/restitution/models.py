"""What the team writes for the restitution, the words that an edition quotes, and what their authors answer.

A quote keeps no word: its words are the contribution's, as they are when they are read.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import UtcDateTime, db

OBJECTIVES, LESSON, LEAD = KINDS = ("objectives", "lesson", "lead")


class Piece(db.Model):
    """The objectives, a lesson or a lead: its draft, and what was published of it, empty before it is.

    `key`: of the form that made it. `subjects`: the options of the référentiel that a lead rests on, « family:tag »
    separated by spaces. `removed_at`: out of every list, and kept.
    """

    __tablename__ = "piece"
    __table_args__ = (CheckConstraint(f"kind IN {KINDS}", name="kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    place: Mapped[int]
    title: Mapped[str] = mapped_column(String(160), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    subjects: Mapped[str] = mapped_column(Text, default="")
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drafted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    published_title: Mapped[str] = mapped_column(String(160), default="")
    published_words: Mapped[str] = mapped_column(Text, default="")
    published_subjects: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PieceVersion(db.Model):
    """A text of a piece as it stood when it was published, or when someone else wrote over it; only ever added to."""

    __tablename__ = "piece_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    piece_id: Mapped[int] = mapped_column(ForeignKey("piece.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    words: Mapped[str] = mapped_column(Text)
    published: Mapped[bool]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Outcome(db.Model):
    """What became of a lead, on a day; said anew, it is another row, and the former stays. `key`: of its form."""

    __tablename__ = "outcome"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    piece_id: Mapped[int] = mapped_column(ForeignKey("piece.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[date]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Edition(db.Model):
    """One restitution, from the day its quotes are announced. `key`: of the form that opened it.

    Until `objects_until` it is not published. `left_before` and `left_after` count the quotes whose authors withdrew
    the words, before and after it was published: of them nothing else is kept.
    """

    __tablename__ = "edition"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    objects_until: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_before: Mapped[int] = mapped_column(default=0)
    left_after: Mapped[int] = mapped_column(default=0)


class Quote(db.Model):
    """A contribution that an edition quotes, announced at `listed_at`; `published`: it stood when that came out."""

    __tablename__ = "quote"
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True, index=True)
    listed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published: Mapped[bool] = mapped_column(default=False)


class Reader(db.Model):
    """When someone last opened the page of what their words became: what is newer is told to them."""

    __tablename__ = "reader"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
