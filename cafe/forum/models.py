"""Cafés, their days and questions, drafts and reactions. Whether a day is open is computed, never stored."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import UtcDateTime, db

VISIBILITIES = ("at_once", "after_own", "never")
REACTIONS = ("same", "different", "support")


class Cafe(db.Model):
    __tablename__ = "cafe"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    first_day: Mapped[date]
    days: Mapped[int] = mapped_column(default=15)
    opening_hour: Mapped[int] = mapped_column(default=8)
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Paris")
    late_answers: Mapped[bool] = mapped_column(default=True)


class CafeQuestion(db.Model):
    """A question on a day of a café; its text and its `feeds` are the corpus's."""

    __tablename__ = "cafe_question"
    __table_args__ = (
        CheckConstraint(f"visibility IN {VISIBILITIES}", name="visibility"),
        UniqueConstraint("cafe_id", "day", "n", name="uq_cafe_question_place"),
    )
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    cafe_id: Mapped[int] = mapped_column(ForeignKey("cafe.id"))
    day: Mapped[int]
    n: Mapped[int]
    host: Mapped[str] = mapped_column(Text, default="")
    visibility: Mapped[str] = mapped_column(String(10), default="after_own")


class Reaction(db.Model):
    __tablename__ = "reaction"
    __table_args__ = (CheckConstraint(f"kind IN {REACTIONS}", name="kind"),)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Draft(db.Model):
    """What a participant began to write, kept by the server so that a reload or another phone finds it."""

    __tablename__ = "draft"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
