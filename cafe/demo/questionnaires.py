"""Forty made-up people who answered the guide alone, on a phone; a few stopped on the way."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from cafe.demo.guide_fiction import answer_all, draw_voice
from cafe.demo.guide_rows import A_STEP, Sitter, add_sittings
from cafe.demo.newcomers import add_group, add_people
from cafe.demo.people import PLACES
from cafe.guide.definition import Guide
from cafe.guide.engine import path
from cafe.guide.published import current_guide
from cafe.web import key_of

COUNT, SEED, STOPS_EVERY, DAYS = 40, 41, 8, 7
GROUP = "beneficiaires"
SUBGROUPS = ("Jeunes en insertion", "Demandeurs d’emploi", "Femmes")
PROFILES = ("sans emploi", "en emploi", "en formation")


def add_questionnaires(now: datetime) -> None:
    """The forty people, and all that they answered in the days before; same seed, same answers."""
    draw, version = Random(SEED), current_guide()
    add_group(GROUP, "Bénéficiaires", SUBGROUPS)
    profiles = [_profile(number, draw) for number in range(COUNT)]
    numbers = add_people(profiles, now - timedelta(days=DAYS))
    sitters = [
        _sitter(place, number, profile["subgroup"], version.guide, draw, now)
        for place, (number, profile) in enumerate(zip(numbers, profiles, strict=True))
    ]
    add_sittings(version, "alone", sitters, key_of("cards"))


def _profile(number: int, draw: Random) -> dict[str, str]:
    return {
        "group_code": GROUP, "subgroup": SUBGROUPS[number % len(SUBGROUPS)], "profile": draw.choice(PROFILES),
        "place": draw.choice(PLACES),
    }  # fmt: skip


def _sitter(place: int, number: int, subgroup: str, guide: Guide, draw: Random, now: datetime) -> Sitter:
    given = answer_all(guide, "alone", draw_voice(draw, GROUP, subgroup), draw)
    finished = place % STOPS_EVERY != 0
    if not finished:
        reached = path(guide, given, "alone")[: draw.randint(6, 30)]
        given = {step.key: given[step.key] for step in reached}
    earlier = timedelta(minutes=draw.randrange(DAYS * 24 * 60))
    key = str(UUID(int=draw.getrandbits(128), version=4))
    return Sitter(number, key, given, now - earlier - A_STEP * (len(given) + 1), finished)
