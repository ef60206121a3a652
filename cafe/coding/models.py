"""How the référentiel grows: its draft, terms learned from corrections, samples coded blind, and the gold they make."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import UtcDateTime, db


class ReferentialDraft(db.Model):
    """The next version's text, one for the whole team. `token` changes at each save: no one writes over another."""

    __tablename__ = "referential_draft"
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    base: Mapped[int]
    token: Mapped[str] = mapped_column(String(36))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TermProposal(db.Model):
    """A term that corrections set apart: to add to a tag's rules, or beside which one of its rules should be silent.

    `support`: corrected texts that hold it; `precision`: the share of them that agree, expected (Laplace);
    `touches`: texts of the corpus that it would change.
    """

    __tablename__ = "term_proposal"
    __table_args__ = (
        UniqueConstraint("family", "code", "rule", "term", name="uq_term_proposal_place"),
        CheckConstraint("state IN ('open', 'accepted', 'refused')", name="state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    family: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(60))
    rule: Mapped[str] = mapped_column(String(120), default="")
    term: Mapped[str] = mapped_column(String(120))
    z: Mapped[float] = mapped_column(Float)
    support: Mapped[int]
    precision: Mapped[float] = mapped_column(Float)
    touches: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default="open")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Sample(db.Model):
    """Texts drawn for two people to code blind in one family."""

    __tablename__ = "sample"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    family: Mapped[str] = mapped_column(String(40))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SampleText(db.Model):
    __tablename__ = "sample_text"
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"), primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    place: Mapped[int]


class BlindCoding(db.Model):
    """The codes that one person gave to one text, separated by spaces; none is an answer too."""

    __tablename__ = "blind_coding"
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"), primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    codes: Mapped[str] = mapped_column(Text, default="")
    coded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GoldLabel(db.Model):
    """What a text carries in a family, once agreed or settled: what the rules are measured against."""

    __tablename__ = "gold_label"
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    family: Mapped[str] = mapped_column(String(40), primary_key=True)
    codes: Mapped[str] = mapped_column(Text, default="")
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    settled_at: Mapped[datetime] = mapped_column(UtcDateTime)
