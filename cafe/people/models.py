"""Who takes part and who runs the dialogue: pseudonyms only, but for one table that nothing exports, `contact`.

Columns marked PERSONAL tell who someone is, or open their door: they leave in no export, which a test proves.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import PERSONAL, UtcDateTime, db

STATUSES = ("identified", "invited", "met", "declined")
PHASES = ("preparation", "consultation", "analysis", "restitution")


class Dialogue(db.Model):
    """The one dialogue that this install holds."""

    __tablename__ = "dialogue"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    fictional: Mapped[bool] = mapped_column(default=False)


class Group(db.Model):
    """A sphere of stakeholders; `side` is external or internal, `in_total` says whether the total counts it."""

    __tablename__ = "group"
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    label: Mapped[str] = mapped_column(String(120))
    side: Mapped[str] = mapped_column(String(10), default="external")
    in_total: Mapped[bool] = mapped_column(default=True)


class Subgroup(db.Model):
    """A kind of stakeholder within a group."""

    __tablename__ = "subgroup"
    group_code: Mapped[str] = mapped_column(ForeignKey("group.code"), primary_key=True)
    label: Mapped[str] = mapped_column(String(80), primary_key=True)


class Participant(db.Model):
    """`key`: of the form or of the file's line that made them, so that neither makes them twice."""

    __tablename__ = "participant"
    __table_args__ = (Index("ix_participant_group", "group_code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(String(64), unique=True, info=PERSONAL)
    pseudonym: Mapped[str] = mapped_column(String(60), unique=True, info=PERSONAL)
    group_code: Mapped[str] = mapped_column(ForeignKey("group.code"))
    subgroup: Mapped[str] = mapped_column(String(80), default="")
    profile: Mapped[str] = mapped_column(String(80), default="")
    target: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    cluster: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Contact(db.Model):
    """Who someone really is and how to reach them: the only such table; no export and no analysis reads it.

    `stopped_at`: when they asked for no more messages.
    """

    __tablename__ = "contact"
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"), unique=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), unique=True)
    stakeholder_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id"), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="", info=PERSONAL)
    email: Mapped[str] = mapped_column(String(254), default="", info=PERSONAL)
    phone: Mapped[str] = mapped_column(String(40), default="", info=PERSONAL)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Card(db.Model):
    """The card that lets a participant in: only the HMAC of its three words is kept."""

    __tablename__ = "card"
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True, info=PERSONAL)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ConsentWording(db.Model):
    """What a participant agrees to; a new version asks everyone again."""

    __tablename__ = "consent_wording"
    version: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Consent(db.Model):
    """What someone agreed to, and when; `staff_id`: who heard it, when it was said aloud."""

    __tablename__ = "consent"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    version: Mapped[int] = mapped_column(ForeignKey("consent_wording.version"), primary_key=True)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Staff(db.Model):
    """Someone who runs the dialogue; the password is kept as an argon2 hash.

    `participant_id`: who they are in the café, if they also take part, so that they judge none of their own words.
    `cares`: may read the care list. `totp_step`: the last code used, which opens nothing twice.
    """

    __tablename__ = "staff"
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True, info=PERSONAL)
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200), info=PERSONAL)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"))
    cares: Mapped[bool] = mapped_column(default=False, server_default=false())
    totp_secret: Mapped[str] = mapped_column(String(64), default="", server_default="", info=PERSONAL)
    totp_step: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Visit(db.Model):
    """A session kept by the server: the cookie holds a token of which only the hash is here."""

    __tablename__ = "visit"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True, info=PERSONAL)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    shared_phone: Mapped[bool] = mapped_column(default=False)
    second_factor: Mapped[bool] = mapped_column(default=False, server_default=false())
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Stakeholder(db.Model):
    """An organisation or a person to consult, named by what they are; who they really are is in `contact`.

    `key`: of the form or of the file's line that made it. `status_at`: when they came to their status; the way there
    is in `stakeholder_status`. `follower_id`: the member of staff who follows them.
    """

    __tablename__ = "stakeholder"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        Index("ix_stakeholder_group_code_subgroup", "group_code", "subgroup"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(120), info=PERSONAL)
    group_code: Mapped[str] = mapped_column(ForeignKey("group.code"))
    subgroup: Mapped[str] = mapped_column(String(80), default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    status: Mapped[str] = mapped_column(String(10), default="identified")
    status_at: Mapped[datetime] = mapped_column(UtcDateTime)
    follower_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    next_step: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    next_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(Text, default="", info=PERSONAL)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StakeholderStatus(db.Model):
    """A status that a stakeholder came to: rows are added, never changed."""

    __tablename__ = "stakeholder_status"
    id: Mapped[int] = mapped_column(primary_key=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    status: Mapped[str] = mapped_column(String(10))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class StakeholderParticipant(db.Model):
    """A participant whom a stakeholder became: in an interview, in a workshop."""

    __tablename__ = "stakeholder_participant"
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)


class Phase(db.Model):
    """One of the dialogue's four phases, once it has dates; `closed_at`: when the organiser said that it is over."""

    __tablename__ = "phase"
    __table_args__ = (CheckConstraint(f"code IN {PHASES}", name="code"),)
    code: Mapped[str] = mapped_column(String(15), primary_key=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Light(db.Model):
    """What a member of the expert committee says of a phase: said anew, it is another row.

    `key`: of the form that brought it.
    """

    __tablename__ = "light"
    __table_args__ = (CheckConstraint(f"phase IN {PHASES}", name="phase"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    phase: Mapped[str] = mapped_column(String(15), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
