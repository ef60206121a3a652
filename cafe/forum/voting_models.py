"""Statements on which a café's citizens vote: an Abaque de Régnier. The votes are the corpus's answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from cafe.corpus.votes import SCALES
from cafe.extensions import UtcDateTime, db


class Statement(db.Model):
    """What is voted on; its words are its question's, under the code « regnier.<slug> ».

    `key`: the identifier of the form that made it. `place`: its rank among those of its café. `edition` grows when its
    words or its scale change, so that nobody votes on words that they have not read.
    """

    __tablename__ = "statement"
    __table_args__ = (
        CheckConstraint(f"scale IN {tuple(SCALES)}", name="scale"),
        Index("ix_statement_cafe_id_place", "cafe_id", "place"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    cafe_id: Mapped[int] = mapped_column(ForeignKey("cafe.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), unique=True)
    scale: Mapped[str] = mapped_column(String(10))
    place: Mapped[int]
    edition: Mapped[int] = mapped_column(default=1)
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StatementOrigin(db.Model):
    """A contribution that a statement comes from."""

    __tablename__ = "statement_origin"
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True, index=True)
