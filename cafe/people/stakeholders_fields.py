"""What may be written about a stakeholder: cleaned, and refused in one sentence when it cannot be kept."""

from dataclasses import dataclass, fields
from datetime import date

from analysis.cells import bare
from cafe.errors import Refusal
from cafe.people.fields import clean, clean_email, clean_phone, fold, quoted

STATUS_LABELS = {"identified": "identifié", "invited": "invité", "met": "rencontré", "declined": "a décliné"}
HEADINGS = {
    "label": "désignation", "group": "groupe", "subgroup": "sous-groupe", "status": "statut", "follower": "suivi par",
    "place": "lieu", "next_step": "prochaine étape", "next_on": "date", "notes": "notes",
}  # fmt: skip
CONTACT_HEADINGS = {"name": "nom", "email": "e-mail", "phone": "téléphone"}
LENGTHS = {
    "label": 120, "group": 120, "subgroup": 80, "status": 20, "follower": 60, "place": 80, "next_step": 200,
    "next_on": 20, "notes": 5_000, "name": 120, "email": 254, "phone": 40,
}  # fmt: skip


@dataclass(frozen=True)
class Described:
    """A stakeholder as a form or a line of a file tells it; `follower`: a login."""

    label: str = ""
    group: str = ""
    subgroup: str = ""
    status: str = "identified"
    follower: str = ""
    place: str = ""
    next_step: str = ""
    next_on: date | None = None
    notes: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""

    @classmethod
    def read(cls, typed) -> "Described":
        """The stakeholder cleaned; refused when a field is too long, or is not what it should be."""
        known = {field.name: _lines(typed.get(field.name) or "") for field in fields(cls)}
        for name, value in known.items():
            if name != "notes":
                known[name] = clean(value)
            _check(name, value)
        known["status"] = read_status(known["status"])
        known["next_on"] = read_day(known["next_on"])
        known["email"], known["phone"] = clean_email(known["email"]), clean_phone(known["phone"])
        return cls(**known)

    @property
    def contact_fields(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in CONTACT_HEADINGS}

    @property
    def following_fields(self) -> dict:
        return {name: getattr(self, name) for name in ("next_step", "next_on", "notes")}


def _lines(typed: str) -> str:
    """Lines kept as lines, each of them cleaned."""
    return bare("\n".join(clean(line) for line in str(typed).splitlines()).strip())


def _check(name: str, value: str) -> None:
    heading = (HEADINGS | CONTACT_HEADINGS)[name]
    if len(value) > LENGTHS[name]:
        raise Refusal(f"Le champ « {heading} » est trop long : {LENGTHS[name]} signes au plus.")
    if value.startswith("="):
        raise Refusal(f"Le champ « {heading} » contient une formule : écrivez la valeur.")


def read_status(typed: str) -> str:
    """A status by its code or by its French name; identified when nothing is said."""
    if not typed:
        return "identified"
    for code, label in STATUS_LABELS.items():
        if fold(typed) in (code, fold(label), fold(label.split()[-1])):
            return code
    raise Refusal(f"Le statut {quoted(typed)} n’existe pas : {', '.join(STATUS_LABELS.values())}.")


def read_day(typed: str) -> date | None:
    """A day as a form sends it, or as one writes it in France."""
    if not typed:
        return None
    try:
        return date.fromisoformat(typed[:10]) if typed[4:5] == "-" else _french(typed)
    except ValueError:
        raise Refusal(f"La date {quoted(typed)} n’est pas lisible : écrivez 31/12/2026.") from None


def _french(typed: str) -> date:
    day, month, year = (int(part) for part in typed.split("/") if part.isascii())
    return date(year, month, day)
