"""What the restitution's forms send, read once."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cafe.errors import Refusal
from cafe.people.stakeholders_fields import read_day
from cafe.referential.services import current_tagger
from cafe.restitution.pieces import Typed
from cafe.restitution.subjects import checked_subjects


def read_typed(form) -> Typed:
    """A draft as it was typed."""
    subjects = checked_subjects(form.getlist("subject"), current_tagger().referential)
    return Typed(form.get("title", ""), form.get("words", ""), subjects)


def read_decided_on(form: Mapping[str, str]) -> date | None:
    return read_day(form.get("decided_on", "").strip()[:20])


def read_last_day(form: Mapping[str, str], timezone: str) -> datetime:
    """The midnight that ends the day given."""
    day = read_day(form.get("until", "").strip()[:20])
    if day is None or day.year > 9000:
        raise Refusal("Donnez le dernier jour où les personnes citées peuvent dire non.")
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(timezone)).astimezone(UTC)
