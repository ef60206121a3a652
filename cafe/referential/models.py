"""The référentiel's published versions, each kept as the text that `analysis.referential` reads."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import UtcDateTime, db


class ReferentialVersion(db.Model):
    __tablename__ = "referential_version"
    number: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
