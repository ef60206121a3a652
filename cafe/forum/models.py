"""Cafés, their days and questions, and what is said around the answers. Whether a day is open is computed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import PERSONAL, UtcDateTime, db

USUAL_ZONE = "Europe/Paris"
VISIBILITIES = ("at_once", "after_own", "never")
REACTIONS = ("same", "different", "support")
MODERATIONS = ("after", "before")
FOLLOW_UP_STATES = ("open", "answered", "passed")


class Cafe(db.Model):
    """A café; hours are those of its time zone. `moderation`: whether a person reads a post after or before others.

    From `quiet_from` to `quiet_to` no message leaves; at `reminder_hour` those who have not answered are reminded.
    """

    __tablename__ = "cafe"
    __table_args__ = (CheckConstraint(f"moderation IN {MODERATIONS}", name="moderation"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    first_day: Mapped[date]
    days: Mapped[int] = mapped_column(default=15)
    opening_hour: Mapped[int] = mapped_column(default=8)
    timezone: Mapped[str] = mapped_column(String(60), default=USUAL_ZONE)
    late_answers: Mapped[bool] = mapped_column(default=True)
    moderation: Mapped[str] = mapped_column(String(6), default="after", server_default="after")
    quiet_from: Mapped[int] = mapped_column(default=20, server_default="20")
    quiet_to: Mapped[int] = mapped_column(default=8, server_default="8")
    reminder_hour: Mapped[int] = mapped_column(default=18, server_default="18")
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CafeGroup(db.Model):
    """A group that a café is for; a café without any is for everyone in the dialogue."""

    __tablename__ = "cafe_group"
    cafe_id: Mapped[int] = mapped_column(ForeignKey("cafe.id"), primary_key=True)
    group_code: Mapped[str] = mapped_column(ForeignKey("group.code"), primary_key=True)


class Reopening(db.Model):
    """A past day that the organiser opened again, until a moment."""

    __tablename__ = "reopening"
    cafe_id: Mapped[int] = mapped_column(ForeignKey("cafe.id"), primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)


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
    text: Mapped[str] = mapped_column(Text, info=PERSONAL)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FollowUp(db.Model):
    """One more question to one person, about one of their answers: the host's, drawn from a tag, or a moderator's.

    `key`: what makes it one row, however often it is asked for. `public`: whether the others read it.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        CheckConstraint(f"state IN {FOLLOW_UP_STATES}", name="state"),
        Index("ix_follow_up_participant_id_created_at", "participant_id", "created_at"),
        Index("ix_follow_up_question_id_participant_id", "question_id", "participant_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    tag: Mapped[str] = mapped_column(String(101), default="")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str] = mapped_column(Text)
    public: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="open")
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Synthesis(db.Model):
    """What the host writes in the evening of a day's conversation; unread by citizens until it is published."""

    __tablename__ = "synthesis"
    __table_args__ = (UniqueConstraint("cafe_id", "day", name="uq_synthesis_day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    cafe_id: Mapped[int] = mapped_column(ForeignKey("cafe.id"))
    day: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SynthesisVerbatim(db.Model):
    """A contribution that a synthesis rests on."""

    __tablename__ = "synthesis_verbatim"
    synthesis_id: Mapped[int] = mapped_column(ForeignKey("synthesis.id"), primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)


class Seen(db.Model):
    """That a participant opened a day, and when first."""

    __tablename__ = "seen"
    cafe_id: Mapped[int] = mapped_column(ForeignKey("cafe.id"), primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
