"""A workshop's room: its seats, its current question, the hands counted, the notes taken."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import UtcDateTime, db


class Workshop(db.Model):
    """A room where the guide is asked; its label is the `cluster` of its people.

    `code`: what a phone types to come in. `room_id`: the participant who signs what « la salle » says. `step`: the
    question being asked. `changed`: grows with each change, so that a poll knows whether there is anything new.
    """

    __tablename__ = "workshop"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    label: Mapped[str] = mapped_column(String(80), unique=True)
    place: Mapped[str] = mapped_column(String(80), default="")
    held_on: Mapped[date]
    group_code: Mapped[str] = mapped_column(ForeignKey("group.code"))
    subgroup: Mapped[str] = mapped_column(String(80), default="")
    version_id: Mapped[int] = mapped_column(ForeignKey("guide_version.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    step: Mapped[str] = mapped_column(String(120), default="")
    changed: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Seat(db.Model):
    """Someone in the room: a participant and their sitting.

    `consented_at`: when they agreed, before which nothing is kept of them. `claimed_at`: when a phone took the seat.
    """

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("workshop_id", "number", name="uq_seat_number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    number: Mapped[int]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), unique=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), unique=True)
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HandCount(db.Model):
    """The hands counted at a step, as JSON; what they made is in the seats' answers."""

    __tablename__ = "hand_count"
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(120), primary_key=True)
    counts: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WorkshopNote(db.Model):
    """A note taken in the room: a contribution of a seat, or of « la salle »; `minority`: a view that few held."""

    __tablename__ = "workshop_note"
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    step: Mapped[str] = mapped_column(String(120))
    minority: Mapped[bool] = mapped_column(default=False, server_default=false())
