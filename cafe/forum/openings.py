"""Which days take answers at this moment: by the clock, or because the organiser reopened them."""

from datetime import datetime

from sqlalchemy import bindparam, select

from cafe.forum.models import Reopening
from cafe.forum.schedule import is_over, takes_answers
from cafe.statements import Ready

_reopened = Ready(
    select(Reopening.day).where(Reopening.cafe_id == bindparam("cafe"), Reopening.until > bindparam("now"))
)


def reopened_days(cafe, now: datetime) -> set[int]:
    """The past days that take answers again; asked of the base only when the clock alone would close them."""
    if cafe.late_answers and not is_over(cafe, now):
        return set()
    return {row.day for row in _reopened.rows(cafe=cafe.id, now=now)}


def takes_answers_now(cafe, day: int, now: datetime) -> bool:
    return takes_answers(cafe, day, now, reopened_days(cafe, now))
