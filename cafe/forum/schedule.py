"""When a café's days open and close: computed from the clock, so that nothing has to be switched on."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


def opens_at(cafe, day: int) -> datetime:
    """The moment when a day opens (1 is the first), at the opening hour of the café's own time zone."""
    return _opening(cafe.first_day + timedelta(days=day - 1), cafe.opening_hour, cafe.timezone)


@lru_cache
def _opening(day: date, hour: int, timezone: str) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(timezone))


def ends_at(cafe) -> datetime:
    return opens_at(cafe, cafe.days + 1)


def is_over(cafe, now: datetime) -> bool:
    return cafe.archived_at is not None or now >= ends_at(cafe)


def current_day(cafe, now: datetime) -> int:
    """The latest day that has opened: 0 before the café, its number of days once it is over."""
    elapsed = (now.astimezone(ZoneInfo(cafe.timezone)).date() - cafe.first_day).days + 1
    day = min(max(elapsed, 0), cafe.days)
    return day - 1 if day and now < opens_at(cafe, day) else day


def day_began(cafe, now: datetime) -> datetime:
    """The last midnight of the café's own time zone."""
    zone = ZoneInfo(cafe.timezone)
    return datetime.combine(now.astimezone(zone).date(), time(), zone)


def has_opened(cafe, day: int, now: datetime) -> bool:
    return 1 <= day <= cafe.days and now >= opens_at(cafe, day)


def takes_answers(cafe, day: int, now: datetime, reopened: Collection[int] = ()) -> bool:
    """Open today, or late when the café allows it, until the café ends; or a day among those reopened now."""
    if cafe.archived_at is not None or not has_opened(cafe, day, now):
        return False
    return day in reopened or now < (ends_at(cafe) if cafe.late_answers else opens_at(cafe, day + 1))


def is_quiet_hour(hour: int, start: int, end: int) -> bool:
    """From `start` to `end`, over midnight if need be; the same hour twice means never."""
    return start <= hour < end if start <= end else hour >= start or hour < end
