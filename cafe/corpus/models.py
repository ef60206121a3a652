"""What people said, whichever the way it was asked, and the tags laid on it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import UtcDateTime, db

SOURCES = ("cafe", "questionnaire", "interview", "workshop")
# `waiting`: for a moderator; `returned`: to its author, with an explanation.
STATUSES = ("published", "waiting", "returned", "hidden", "withdrawn")
# What a rule sees in a text: what identifies someone, what wounds; then what calls for care, read by few.
ALERTS = ("phone", "email", "address", "name", "insult")
CARES = ("distress", "danger", "third_party")


_waiting, _unsettled = text("status = 'waiting'"), text("settled_at IS NULL")


class Question(db.Model):
    """What was asked; `feeds` lists the families whose sections its answers may count in, `*` for all.

    `context` is what the tagger is told of it: a café's question is about the café's subject, even when it
    does not say so.
    """

    __tablename__ = "question"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(120), unique=True)
    text: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(Text)
    feeds: Mapped[str] = mapped_column(String(200), default="*")


class Contribution(db.Model):
    """Any verbatim. `key` is the identifier drawn by the server for the form: replayed, it makes no second row.

    `posted_digest` is what was first sent under that key, so that a replay is told from another text
    even after a correction. `private`: read by its author and the team alone.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint(f"source IN {SOURCES}", name="source"),
        Index("ix_contribution_question_id_id", "question_id", "id"),
        Index("ix_contribution_participant_id_question_id", "participant_id", "question_id"),
        Index("ix_contribution_reply_to_id", "reply_to_id"),
        Index("ix_contribution_waiting", "id", sqlite_where=_waiting, postgresql_where=_waiting),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    posted_digest: Mapped[str] = mapped_column(String(64))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    source: Mapped[str] = mapped_column(String(20), default="cafe")
    about: Mapped[str] = mapped_column(String(80), default="")
    prompted: Mapped[bool] = mapped_column(default=False)
    private: Mapped[bool] = mapped_column(default=False, server_default=false())
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12), default="published")
    status_reason: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Tag(db.Model):
    """A tag on a passage. A rule's tag that a person removed stays, as removed, so that no rule lays it again."""

    __tablename__ = "tag"
    __table_args__ = (
        CheckConstraint("state IN ('laid', 'confirmed', 'removed')", name="state"),
        UniqueConstraint("contribution_id", "family", "code", "start", "end", name="uq_tag_place"),
        Index("ix_tag_family_code", "family", "code"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    family: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(60))
    start: Mapped[int]
    end: Mapped[int]
    rule: Mapped[str] = mapped_column(String(120), default="")
    matched: Mapped[str] = mapped_column(String(300), default="")
    negated: Mapped[str] = mapped_column(String(300), default="")
    origin: Mapped[str] = mapped_column(String(8), default="rule")
    state: Mapped[str] = mapped_column(String(10), default="laid")
    stance: Mapped[str] = mapped_column(String(20), default="")
    referential: Mapped[int]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Flag(db.Model):
    """A passage that a rule points out to people; `settled_at`: when one of them decided."""

    __tablename__ = "flag"
    __table_args__ = (
        CheckConstraint(f"kind IN {ALERTS + CARES}", name="kind"),
        UniqueConstraint("contribution_id", "kind", "start", "end", name="uq_flag_place"),
        Index("ix_flag_open", "contribution_id", sqlite_where=_unsettled, postgresql_where=_unsettled),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    kind: Mapped[str] = mapped_column(String(12))
    start: Mapped[int]
    end: Mapped[int]
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Passage(db.Model):
    """One idea of a long contribution, cut out by a person; its tags are those that lie in it."""

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("contribution_id", "start", name="uq_passage_place"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    start: Mapped[int]
    end: Mapped[int]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Answer(db.Model):
    """One row an option: a rank, a rating, a choice or a colour."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("participant_id", "question_id", "option", name="uq_answer_option"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    kind: Mapped[str] = mapped_column(String(10))
    option: Mapped[str] = mapped_column(String(80))
    value: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
