"""The only place that asks what time it is; services receive `now` as an argument."""

from datetime import UTC, datetime

from flask import current_app
from sqlalchemy import select

from cafe.extensions import run
from cafe.forum.models import Cafe

USUAL_ZONE = "Europe/Paris"
_zone = select(Cafe.timezone).order_by(Cafe.first_day.desc(), Cafe.id.desc()).limit(1)


def utc_now() -> datetime:
    return datetime.now(UTC)


def now() -> datetime:
    """The moment of the request, aware, in UTC; a test gives the application its own clock."""
    return current_app.config["CLOCK"]()


def dialogue_zone() -> str:
    """The time zone by which the team reads a date that is of no café: that of the latest one."""
    return run(_zone).scalar() or USUAL_ZONE
