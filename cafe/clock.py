"""The only place that asks what time it is; services receive `now` as an argument."""

from datetime import UTC, datetime

from flask import current_app


def utc_now() -> datetime:
    return datetime.now(UTC)


def now() -> datetime:
    """The moment of the request, aware, in UTC; a test gives the application its own clock."""
    return current_app.config["CLOCK"]()
