"""What people wrote around the figures, as the deck takes it."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from cafe.people.committee import lights
from cafe.people.models import PHASES
from cafe.people.phases import LABELS
from cafe.restitution.written import Light, Written

PARIS = ZoneInfo("Europe/Paris")


def written(_names: Mapping[int, str] | None = None) -> Written:
    """The committee's lights."""
    return Written(lights=tuple(_lights()))


def _lights():
    """Each member's last word on each phase, in the phases' order; logins stay in the house."""
    known = lights()
    members = sorted({light.login for said in known.values() for light in said})
    for phase in PHASES:
        for light in known.get(phase, ()):
            signed = f"Comité d’experts, membre {members.index(light.login) + 1}"
            yield Light(LABELS[phase], signed, light.text, light.written_at.astimezone(PARIS).date())
