"""The log of exports: who asked for what, when; and where each stands."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import UtcDateTime, db

# `stale`: some of its words were taken back since; `expired`: its file is deleted.
STATES = ("running", "done", "failed", "stale", "expired")


class Export(db.Model):
    """One export. `key`: of the form that asked for it, and its file's name; `staff_id` is empty on the command line.

    `choices`: what was asked for, as JSON; `done` of `total`: what the progress shows; `beat_at`: when it last moved.
    """

    __tablename__ = "export"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_export_state_expires_at", "state", "expires_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    format: Mapped[str] = mapped_column(String(12))
    choices: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default="running")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    contributions: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    downloads: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    beat_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
