"""By which clocks a date is read: those of the latest café, or the usual ones before there is any."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from cafe.extensions import run
from cafe.forum.models import USUAL_ZONE, Cafe

PARIS = ZoneInfo(USUAL_ZONE)
_latest = select(Cafe.timezone).order_by(Cafe.first_day.desc(), Cafe.id.desc()).limit(1)


def dialogue_day(moment: datetime) -> date:
    """The day that a moment is of, by the team's clock."""
    return moment.astimezone(ZoneInfo(dialogue_zone())).date()


def dialogue_zone() -> str:
    """The name of the time zone by which the team reads a date that is of no café."""
    return run(_latest).scalar() or USUAL_ZONE
