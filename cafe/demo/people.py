"""The fiction's citizens: pseudonyms, what they care about, how they write."""

from dataclasses import dataclass
from random import Random

PSEUDONYMS = (
    "Tilleul Mésange Garance Bouleau Pivoine Moineau Bruyère Noisetier Hirondelle Romarin Capucine Sittelle Érable "
    "Jonquille Rossignol Lavande Fauvette Genêt Colibri Anémone Pinson Myrtille Saule Coquelicot Chardon Libellule "
    "Origan Verveine Merle Bleuet Pissenlit"
).split()
SUBGROUPS = ("Aidants familiaux", "Passés par la précarité", "Bénévoles", "Actifs modestes")
PROFILES = ("sans emploi", "en emploi", "à la retraite", "en formation")
TARGETS = ("seniors", "familles_precaires", "jeunes", "demandeurs_emploi", "ruraux", "handicap")
PLACES = ("ville", "campagne", "montagne", "périphérie")
SPELLINGS = ("careful", "careful", "careful", "no_accents", "no_marks", "sms", "shouting")


@dataclass(frozen=True)
class Citizen:
    pseudonym: str
    group: str
    subgroup: str
    profile: str
    target: str
    place: str


@dataclass(frozen=True)
class Persona:
    """How a citizen writes: whom they speak of, their subjects, their spelling, how much and how often."""

    who: str
    town: str
    subjects: tuple[str, ...]
    spelling: str
    length: int
    zeal: float


def make_citizens(draw: Random, people: int) -> list[Citizen]:
    return [
        Citizen(
            pseudonym,
            "grand_public",
            draw.choice(SUBGROUPS),
            draw.choice(PROFILES),
            draw.choice(TARGETS),
            draw.choice(PLACES),
        )
        for pseudonym in PSEUDONYMS[:people]
    ]


def make_persona(draw: Random, phrases: dict) -> Persona:
    return Persona(
        draw.choice(phrases["who"]), draw.choice(phrases["town"]), tuple(draw.sample(sorted(phrases["subjects"]), 6)),
        draw.choice(SPELLINGS), draw.choice((1, 1, 2, 2, 3, 4)), draw.choice((0.45, 0.8, 0.8, 1, 1, 1.15, 1.3)),
    )  # fmt: skip
