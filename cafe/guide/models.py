"""The guide's published versions, the sittings through it, and what each step was given."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import PERSONAL, UtcDateTime, db
from cafe.guide.definition import WAYS


class GuideVersion(db.Model):
    """A published version, never changed: its text, the text's hash, and the guide that it made, as JSON."""

    __tablename__ = "guide_version"
    __table_args__ = (UniqueConstraint("slug", "number", name="uq_guide_version_number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    definition: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class GuideDraft(db.Model):
    """The text being written for a guide's next version; it may still have faults."""

    __tablename__ = "guide_draft"
    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class OpenLink(db.Model):
    """A link for people met in the field: whoever follows it becomes a participant of its group and profile.

    `closed_at`: stopped by hand before its date. `key`: of the form that made it.
    """

    __tablename__ = "open_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    token: Mapped[str] = mapped_column(String(40), unique=True, info=PERSONAL)
    label: Mapped[str] = mapped_column(String(80))
    group_code: Mapped[str] = mapped_column(ForeignKey("group.code"))
    subgroup: Mapped[str] = mapped_column(String(80), default="")
    profile: Mapped[str] = mapped_column(String(80), default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    quota: Mapped[int]
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Sitting(db.Model):
    """One person's way through one version of the guide.

    `key`: of the form that began it. `staff_id`: who asks, when someone does. `erasure_digest`: of the words that
    erase it, themselves kept nowhere.
    """

    __tablename__ = "sitting"
    __table_args__ = (CheckConstraint(f"way IN {WAYS}", name="way"), Index("ix_sitting_person", "participant_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("guide_version.id"))
    way: Mapped[str] = mapped_column(String(10))
    link_id: Mapped[int | None] = mapped_column(ForeignKey("open_link.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    erasure_digest: Mapped[str | None] = mapped_column(String(64), unique=True, info=PERSONAL)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StepAnswer(db.Model):
    """What a step was given, with the version that asked it and the options in the order in which they were shown.

    `key`: of the form that brought it. `options`: pairs of code and value, as JSON; words are contributions.
    `standing`: false once other answers took the step off the path; it is kept then, and counted nowhere.
    """

    __tablename__ = "step_answer"
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(120), primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    version_id: Mapped[int] = mapped_column(ForeignKey("guide_version.id"))
    kind: Mapped[str] = mapped_column(String(10))
    options: Mapped[str] = mapped_column(Text, default="[]")
    other: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    state: Mapped[str] = mapped_column(String(8), default="")
    offered: Mapped[str] = mapped_column(Text, default="[]")
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), index=True)
    standing: Mapped[bool] = mapped_column(default=True, server_default=true())
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SentForm(db.Model):
    """A step's form that came in: sent again it changes nothing; the digest tells a replay from another answer."""

    __tablename__ = "sent_form"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))


class NoteTaken(db.Model):
    """A paragraph taken while someone speaks: a contribution, under the step that was being asked.

    `place`: drawn where it was typed, so that notes sent late or twice keep their order. `reworded`: not word for word.
    """

    __tablename__ = "note_taken"
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    step: Mapped[str] = mapped_column(String(120))
    place: Mapped[int]
    reworded: Mapped[bool] = mapped_column(default=False, server_default=false())
