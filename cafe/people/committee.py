"""The expert committee's lights: what each member says of a phase, signed by login; said anew, the former stays."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import db, writing
from cafe.people.fields import clean
from cafe.people.models import PHASES, Light, Staff

LONGEST = 10_000
ALREADY_SENT = "Cet avis est déjà parti avec d’autres mots. Votre texte est gardé ici : envoyez-le à nouveau."


@dataclass(frozen=True)
class Signed:
    """One member's light on a phase: what they say now, and what they said before."""

    login: str
    text: str
    written_at: datetime
    before: tuple[tuple[str, datetime], ...]


def shed_light(key: str, phase: str, text: str, staff_id: int, now: datetime) -> None:
    """Keep a light as a new version; the same form sent again adds nothing."""
    if phase not in PHASES:
        raise NotFound("Cette phase n’existe pas.")
    text = "\n".join(clean(line) for line in text.splitlines()).strip()
    if not 1 <= len(text) <= LONGEST:
        raise Refusal(f"Écrivez votre avis, en {LONGEST} signes au plus.")
    try:
        with writing() as session:
            session.add(Light(key=key, phase=phase, text=text, staff_id=staff_id, written_at=now))
    except IntegrityError:
        known = db.session.execute(select(Light.phase, Light.text, Light.staff_id).where(Light.key == key)).one()
        if tuple(known) != (phase, text, staff_id):
            raise Conflict(ALREADY_SENT) from None


def lights() -> dict[str, list[Signed]]:
    """Every light by phase; in a phase by login, the latest version of each first."""
    query = select(Light.phase, Staff.login, Light.text, Light.written_at).join(Staff)
    rows = db.session.execute(query.order_by(Light.phase, Staff.login, Light.id.desc())).all()
    found: dict[str, list[Signed]] = {}
    for (phase, login), versions in groupby(rows, key=lambda row: (row.phase, row.login)):
        latest, *before = versions
        former = tuple((row.text, row.written_at) for row in before)
        found.setdefault(phase, []).append(Signed(login, latest.text, latest.written_at, former))
    return found
