"""What moderators decide, write and keep. Decisions are only ever added to: what was decided before stays readable."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import PERSONAL, UtcDateTime, db

AUDIENCES = ("team", "author")
_unsettled, _open = text("settled_at IS NULL"), text("closed_at IS NULL")


class Decision(db.Model):
    """One decision. `batch`: those taken in one gesture share it; `undoes_id`: the decision that this one takes back.

    `status_before`, `reason_before` and `text_before` say what it replaced, so that it can be taken back.
    """

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_batch", "batch"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    action: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(300), default="")
    batch: Mapped[str] = mapped_column(String(36), default="", server_default="")
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), unique=True)
    status_before: Mapped[str] = mapped_column(String(12), default="", server_default="")
    reason_before: Mapped[str] = mapped_column(String(300), default="", server_default="")
    text_before: Mapped[str | None] = mapped_column(Text, info=PERSONAL)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Report(db.Model):
    """A citizen's word to the team that a contribution is not in its place."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_open", "contribution_id", sqlite_where=_unsettled, postgresql_where=_unsettled),)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Note(db.Model):
    """What is written about a contribution: within the team, or between the team and its author (then `staff_id` is
    empty)."""

    __tablename__ = "note"
    __table_args__ = (CheckConstraint(f"audience IN {AUDIENCES}", name="audience"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    audience: Mapped[str] = mapped_column(String(6))
    text: Mapped[str] = mapped_column(Text, info=PERSONAL)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Care(db.Model):
    """Someone to take care of: who is in charge, by when, and how it ended. Read by few."""

    __tablename__ = "care"
    __table_args__ = (Index("ix_care_open", "due_at", sqlite_where=_open, postgresql_where=_open),)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(Text, default="", info=PERSONAL)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Retained(db.Model):
    """A verbatim kept for the restitution, with the section (family:tag, or family) that it illustrates."""

    __tablename__ = "retained"
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    section: Mapped[str] = mapped_column(String(101), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Objection(db.Model):
    """« Ne pas citer »: its author's, or told to the organiser (`staff_id`) by someone met in the field."""

    __tablename__ = "objection"
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    objected_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
