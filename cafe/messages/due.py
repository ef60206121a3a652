"""When each kind of message may leave: computed from a café's row and the moment, in the café's own time zone.

Moments are turned to UTC before they are compared: within one zone, Python compares what the clocks show, which is
wrong on the nights when they change.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cafe.forum.schedule import current_day, ends_at, is_quiet_hour, opens_at

THANKED_WITHIN = timedelta(days=2)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """A message of this kind may leave from `start`, and no more from `end`; `day` is the café's, 0 for none."""

    kind: str
    day: int
    start: datetime
    end: datetime


def windows(cafe, now: datetime) -> list[Window]:
    """What has come due in a café; a day's opening and reminder even too late, so that what was missed is on record."""
    if cafe.archived_at or not current_day(cafe, now):
        return []
    of_the_day = [w for w in (_opening(cafe, now), _reminder(cafe, now)) if w and w.start <= now]
    return of_the_day + [w for w in (_closing(cafe), _digest(cafe, now)) if w and w.start <= now < w.end]


def nudge_window(cafe, day: int, now: datetime) -> Window:
    """At once, or when the quiet hours end."""
    start = _out_of_quiet(cafe, now)
    return Window("nudge", day, start, _until_quiet(cafe, start, start + DAY))


def next_morning(cafe, after: datetime) -> datetime:
    """When the quiet hours that follow this moment end."""
    return _next(cafe, cafe.quiet_to, after)


def waking_time(cafe, moment: datetime) -> datetime:
    """This moment, or the end of the quiet hours in which it falls."""
    return _out_of_quiet(cafe, moment)


def is_quiet(cafe, moment: datetime) -> bool:
    """From `quiet_from` to `quiet_to` by the café's clocks; the same hour twice means never."""
    return is_quiet_hour(moment.astimezone(ZoneInfo(cafe.timezone)).hour, cafe.quiet_from, cafe.quiet_to)


def local_date(cafe, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(cafe.timezone)).date()


def _at(cafe, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(cafe.timezone)).astimezone(UTC)


def _next(cafe, hour: int, after: datetime) -> datetime:
    """The first time after this moment that the café's clocks show this hour."""
    today = local_date(cafe, after)
    return next(moment for n in range(3) if (moment := _at(cafe, today + n * DAY, hour)) > after)


def _out_of_quiet(cafe, moment: datetime) -> datetime:
    return _next(cafe, cafe.quiet_to, moment) if is_quiet(cafe, moment) else moment


def _until_quiet(cafe, moment: datetime, latest: datetime) -> datetime:
    if cafe.quiet_from == cafe.quiet_to:
        return latest
    return min(latest, _next(cafe, cafe.quiet_from, moment))


def _bounds(cafe, day: int) -> tuple[datetime, datetime]:
    return opens_at(cafe, day).astimezone(UTC), opens_at(cafe, day + 1).astimezone(UTC)


def _opening(cafe, now: datetime) -> Window | None:
    """The latest day's, once it has opened and the quiet hours are over."""
    day = current_day(cafe, now)
    opened, next_opens = _bounds(cafe, day)
    if now >= next_opens:
        return None
    start = _out_of_quiet(cafe, opened)
    return Window("opening", day, start, _until_quiet(cafe, start, next_opens))


def _reminder(cafe, now: datetime) -> Window | None:
    """Once a day, at the first reminder hour that follows the opening; none when that hour is a quiet one."""
    day = current_day(cafe, now)
    opened, next_opens = _bounds(cafe, day)
    start = _next(cafe, cafe.reminder_hour, opened)
    if now >= next_opens or start >= next_opens or is_quiet(cafe, start):
        return None
    return Window("reminder", day, start, _until_quiet(cafe, start, next_opens))


def _closing(cafe) -> Window:
    ended = ends_at(cafe).astimezone(UTC)
    return Window("closing", 0, _out_of_quiet(cafe, ended), ended + THANKED_WITHIN)


def _digest(cafe, now: datetime) -> Window | None:
    """The latest reminder hour, today's or last night's, for those who run the café."""
    today = local_date(cafe, now)
    start = _at(cafe, today, cafe.reminder_hour)
    if start > now:
        start = _at(cafe, today - DAY, cafe.reminder_hour)
    return None if is_quiet(cafe, start) else Window("digest", 0, start, _until_quiet(cafe, start, start + DAY))
