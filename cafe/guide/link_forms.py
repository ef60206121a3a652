"""What the forms of the open links send: kept as it was typed, checked, refused in one sentence."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cafe.errors import Refusal
from cafe.guide.links import MOST, NewLink
from cafe.people.fields import Person, clean
from cafe.web import read_key, read_number

FIELDS = ("label", "group", "subgroup", "profile", "place", "quota", "last_day")
LATEST = date(2100, 12, 31)


def typed_link(sent) -> dict[str, str]:
    """What was typed, as it will be shown again."""
    return {name: sent.get(name, "")[:300] for name in FIELDS}


def read_link(sent, zone: str) -> NewLink:
    """The link that a form describes; its last day is whole, by the dialogue's clocks."""
    label = clean(sent.get("label", "")[:300])
    if not 1 <= len(label) <= 80:
        raise Refusal("Donnez un nom au lien, de 80 signes au plus.")
    quota, closes_at = read_bounds(sent, zone)
    person = Person.read({name: sent.get(name, "")[:300] for name in ("group", "subgroup", "profile", "place")})
    return NewLink(read_key(sent), label, person.group, person.subgroup, person.profile, person.place, quota, closes_at)


def read_bounds(sent, zone: str) -> tuple[int, datetime]:
    """How many people a link takes, and until when."""
    quota = read_number(sent.get("quota", "").strip())
    if not 1 <= quota <= MOST:
        raise Refusal("Le nombre de réponses va de 1 à 1 000.")
    return quota, _end_of(sent.get("last_day", ""), zone)


def shown_bounds(link, zone: str) -> dict[str, str]:
    """The same, as the form shows them."""
    last = (link.closes_at - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date()
    return {"quota": str(link.quota), "last_day": last.isoformat()}


def _end_of(typed: str, zone: str) -> datetime:
    """The midnight after a day, as a browser sends it."""
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise Refusal("Choisissez le dernier jour.") from None
    if not date(2000, 1, 1) <= day <= LATEST:
        raise Refusal("Choisissez un dernier jour avant 2101.")
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True)
class EntryByLink:
    """What the door of a link sends: its own key, the text of consent that was read, whose phone it is."""

    key: str
    version: int
    shared_phone: bool

    @classmethod
    def read(cls, sent):
        return cls(read_key(sent), read_number(sent.get("version", "")), sent.get("shared_phone") == "1")
