"""What is kept of the results beside the figures themselves: the datasets that were frozen."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from cafe.extensions import UtcDateTime, db


class FrozenDataset(db.Model):
    """A dated snapshot on which figures stay what they were; `key`: of the form that asked for it, and its folder's name.

    `sha256`: of its five tables as they were told when it was made; `sha256_now`: of what still stands of them, the
    same while nothing was taken back. `people`, `texts`, `answers`, `tags`: rows when it was made. `people_gone`,
    `texts_gone`: how many were taken back since, as of `mark`. `referential`, `guide`: the versions that made it;
    no guide is 0. `staff_id` is empty on the command line.
    """

    __tablename__ = "frozen_dataset"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    title: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    sha256_now: Mapped[str] = mapped_column(String(64))
    people: Mapped[int]
    texts: Mapped[int]
    answers: Mapped[int]
    tags: Mapped[int]
    people_gone: Mapped[int] = mapped_column(default=0)
    texts_gone: Mapped[int] = mapped_column(default=0)
    mark: Mapped[str] = mapped_column(String(64))
    referential: Mapped[int]
    guide: Mapped[int]
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
