"""What templates need to show: French dates, paragraphs, whose page this is and what it may open."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import current_app
from markupsafe import Markup, escape

from cafe import access
from cafe.people.days import MONTHS
from cafe.people.queries import the_dialogue
from cafe.web import current_actor

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def hour(moment, timezone: str) -> str:
    """« 9 h 12 », or « 8 h » at the full hour; never broken."""
    local = moment.astimezone(ZoneInfo(timezone))
    at = f"{local.hour}\N{NO-BREAK SPACE}h"
    return f"{at}\N{NO-BREAK SPACE}{local.minute:02}" if local.minute else at


def longdate(moment, timezone: str) -> str:
    """« lundi 5 janvier à 8 h »."""
    local = moment.astimezone(ZoneInfo(timezone))
    first = "1er" if local.day == 1 else local.day
    return f"{DAYS[local.weekday()]} {first} {MONTHS[local.month - 1]} à {hour(moment, timezone)}"


def lastday(moment, timezone: str) -> str:
    """The whole day that this midnight ends: « lundi 5 janvier 2026 »."""
    local = (moment - timedelta(seconds=1)).astimezone(ZoneInfo(timezone))
    return f"{longdate(local, timezone).partition(' à ')[0]} {local.year}"


def daydate(day) -> str:
    """« 5 janvier 2026 »."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def paragraphs(text: str) -> Markup:
    """The text, escaped, with its blank lines as paragraphs and its line breaks kept."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(_lines(block)) for block in blocks)


def _lines(block: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in block.strip().split("\n"))


class May:
    """What the person of this request may open: `may.moderate` in a template."""

    def __getattr__(self, right: str) -> bool:
        return getattr(access, f"may_{right}")(current_actor())


def _dialogue():
    """The dialogue: read again for the team, who may change its title; for citizens, once."""
    known = current_app.extensions
    if known.get("dialogue") is None or access.is_staff(current_actor()):
        known["dialogue"] = the_dialogue()
    return known["dialogue"]


def init_app(app) -> None:
    app.jinja_env.filters.update(hour=hour, longdate=longdate, lastday=lastday, daydate=daydate, paragraphs=paragraphs)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"actor": current_actor(), "dialogue": _dialogue(), "may": May()})
