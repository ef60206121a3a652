"""The référentiel's published versions, each kept as its text, and what people propose to add."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import PERSONAL, UtcDateTime, db


class ReferentialVersion(db.Model):
    __tablename__ = "referential_version"
    number: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Proposal(db.Model):
    """Words that someone typed after « un autre ? »: a tag that the référentiel may lack, under `parent`.

    `became`: the code that the team gave them, `-` when they make no tag; empty while no one decided.
    """

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("participant_id", "question", name="uq_proposal_place"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    question: Mapped[str] = mapped_column(String(120))
    family: Mapped[str] = mapped_column(String(40))
    parent: Mapped[str] = mapped_column(String(60), default="")
    words: Mapped[str] = mapped_column(String(200), info=PERSONAL)
    became: Mapped[str] = mapped_column(String(60), default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
