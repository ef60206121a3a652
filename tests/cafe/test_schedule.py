"""Whether a day is open: computed from the clock, in the café's own time zone."""

from datetime import UTC, date, datetime

import pytest

from cafe.forum.models import Cafe
from cafe.forum.schedule import current_day, ends_at, has_opened, is_quiet_hour, opens_at, takes_answers


def _cafe(**changes) -> Cafe:
    known = {"first_day": date(2026, 3, 28), "days": 3, "opening_hour": 8, "timezone": "Europe/Paris"}
    return Cafe(**known | {"late_answers": True} | changes)


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


MOMENTS = [(_at(27, 12), 0), (_at(28, 6, 59), 0), (_at(28, 7), 1)]
MOMENTS += [(_at(29, 5, 59), 1), (_at(29, 6), 2), (_at(31, 12), 3)]


@pytest.mark.parametrize(("now", "day"), MOMENTS)
def test_days_open_at_the_local_hour_across_summer_time(now, day):
    """Paris passes to summer time on 29 March: 8 h is 7 h UTC on the 28th, 6 h UTC on the 29th."""
    assert current_day(_cafe(), now) == day
    assert has_opened(_cafe(), 2, now) == (day >= 2)


def test_late_answers_are_taken_until_the_end_if_the_cafe_says_so():
    late, strict = _cafe(), _cafe(late_answers=False)
    assert takes_answers(late, 1, _at(30, 12)) and not takes_answers(strict, 1, _at(30, 12))
    assert takes_answers(strict, 1, _at(29, 5, 59))
    assert not takes_answers(late, 1, ends_at(late))


def test_days_outside_the_cafe_never_open():
    assert not has_opened(_cafe(), 0, _at(31, 12))
    assert not has_opened(_cafe(), 4, datetime(2027, 1, 1, tzinfo=UTC))
    assert ends_at(_cafe()) == opens_at(_cafe(), 3).replace(day=31)


def test_a_reopened_day_takes_answers_even_after_the_end():
    strict, over = _cafe(late_answers=False), _at(31, 12)
    assert takes_answers(strict, 1, _at(30, 12), {1}) and takes_answers(strict, 1, over, {1})
    assert not takes_answers(strict, 2, over, {1})


def test_a_day_to_come_is_not_opened_by_a_reopening():
    assert not takes_answers(_cafe(), 3, _at(28, 12), {3})


def test_an_archived_cafe_takes_nothing():
    archived = _cafe(archived_at=_at(28, 12))
    assert not takes_answers(archived, 1, _at(28, 13)) and not takes_answers(archived, 1, _at(28, 13), {1})


@pytest.mark.parametrize(
    ("start", "end", "hour", "quiet"),
    [(20, 8, 20, True), (20, 8, 7, True), (20, 8, 8, False), (1, 6, 3, True), (1, 6, 20, False), (9, 9, 9, False)],
)
def test_quiet_hours_go_over_midnight_and_the_same_hour_twice_is_never(start, end, hour, quiet):
    assert is_quiet_hour(hour, start, end) is quiet
