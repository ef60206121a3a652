"""The dialogue's four phases: their dates, where one stands, what is late."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from cafe.errors import NotFound, Refusal
from cafe.extensions import db, writing
from cafe.people.models import PHASES, Dialogue, Phase
from cafe.people.stakeholders_fields import read_day

LABELS = {
    "preparation": "Préparation", "consultation": "Consultation", "analysis": "Analyse", "restitution": "Restitution",
}  # fmt: skip
PURPOSES = {
    "preparation": "Dresser la carte des parties prenantes, écrire le guide.",
    "consultation": "Entendre chacun : entretiens, ateliers, café.",
    "analysis": "Lire les résultats, choisir les pistes prioritaires.",
    "restitution": "Rendre à tous ce qui a été entendu.",
}


@dataclass(frozen=True)
class Stage:
    """A phase as its page shows it; `starts_on` and `ends_on` are None before anyone dated it."""

    code: str
    starts_on: date | None
    ends_on: date | None
    closed_at: datetime | None
    today: date

    @property
    def label(self) -> str:
        return LABELS[self.code]

    @property
    def purpose(self) -> str:
        return PURPOSES[self.code]

    @property
    def is_under_way(self) -> bool:
        return bool(self.starts_on) and self.starts_on <= self.today and self.closed_at is None

    @property
    def is_late(self) -> bool:
        return bool(self.ends_on) and self.ends_on < self.today and self.closed_at is None

    @property
    def state(self) -> str:
        """Where the phase stands, in words."""
        if self.closed_at:
            return "close"
        if self.ends_on is None:
            return "sans dates"
        if self.is_late:
            days = (self.today - self.ends_on).days
            return f"en retard de {days} jour{'s' if days > 1 else ''} : à clore, ou à prolonger"
        return "en cours" if self.is_under_way else "à venir"


def stages(today: date) -> list[Stage]:
    """The four phases in order, dated or not."""
    known = {phase.code: phase for phase in db.session.scalars(select(Phase))}
    found = ((code, known.get(code)) for code in PHASES)
    return [
        Stage(code, phase and phase.starts_on, phase and phase.ends_on, phase and phase.closed_at, today)
        for code, phase in found
    ]


def set_dates(code: str, starts: str, ends: str) -> None:
    """Date a phase, as a form says it."""
    _check(code)
    starts_on, ends_on = read_day(starts.strip()), read_day(ends.strip())
    if starts_on is None or ends_on is None:
        raise Refusal("Donnez le premier et le dernier jour de la phase.")
    if ends_on < starts_on:
        raise Refusal("Le dernier jour vient avant le premier : corrigez les dates.")
    with writing() as session:
        phase = _phase(session, code)
        if phase is None:
            session.add(phase := Phase(code=code))
        phase.starts_on, phase.ends_on = starts_on, ends_on


def close(code: str, now: datetime) -> None:
    """Say that a phase is over; said twice, the first date stays."""
    with writing() as session:
        phase = _dated(session, code)
        phase.closed_at = phase.closed_at or now


def reopen(code: str) -> None:
    with writing() as session:
        _dated(session, code).closed_at = None


def _check(code: str) -> None:
    if code not in PHASES:
        raise NotFound("Cette phase n’existe pas.")


def _phase(session, code: str) -> Phase | None:
    # Two who date the same phase at once come one after the other: it is one row.
    session.execute(select(Dialogue.id).with_for_update())
    return session.get(Phase, code)


def _dated(session, code: str) -> Phase:
    _check(code)
    phase = _phase(session, code)
    if phase is None:
        raise Refusal("Donnez d’abord les dates de cette phase.")
    return phase
