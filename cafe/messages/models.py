"""What leaves for people, and the timed jobs done: recorded first, so that nothing is done twice."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import PERSONAL, UtcDateTime, db

KINDS = ("opening", "reminder", "nudge", "closing", "digest", "quoted", "decided")
# What outlives a café: they leave though it is archived, and are too few to count among a day's messages.
LASTING = ("quoted", "decided")
CHANNELS = ("email", "hand")
# `sending`: claimed, and perhaps sent; never tried again, since it may have been read. `dropped`: its time has passed.
STATES = ("due", "sending", "sent", "failed", "dropped")


class Message(db.Model):
    """One message to one person. `key` names what it is for: recorded twice, it is one row.

    It may leave from `due_at`, and no more from `expires_at`. `staff_id`: the member of staff whom a digest is for;
    `asked_by_id`: who asked for a nudge; `done_by_id`: who ticked a message to give by hand. No address is kept here.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_message_state_due_at", "state", "due_at"),
        Index("ix_message_participant_id_sent_at", "participant_id", "sent_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    channel: Mapped[str] = mapped_column(String(6))
    cafe_id: Mapped[int] = mapped_column(ForeignKey("cafe.id"))
    day: Mapped[int] = mapped_column(default=0)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, info=PERSONAL)
    state: Mapped[str] = mapped_column(String(8), default="due")
    tries: Mapped[int] = mapped_column(default=0)
    detail: Mapped[str] = mapped_column(String(300), default="")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Job(db.Model):
    """A timed job done, or begun: « retag 2026-01-07 »."""

    __tablename__ = "job"
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
