"""What a made-up person answers to the whole guide, in memory: the same draw gives the same answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import yaml

from cafe.demo.generator import PHRASES
from cafe.demo.people import SPELLINGS
from cafe.demo.spelling import respell
from cafe.guide.answering import check
from cafe.guide.definition import RATED, Guide, Option
from cafe.guide.engine import path
from cafe.guide.stakes import TARGET
from cafe.guide.steps import FOLLOW_UP, PASSED, Given, Step

GUIDE_PHRASES = Path(__file__).with_name("guide_phrases.yaml")
MOST_PASSES = 12
SILENT_RATES = {"nsp": 0.05, "refus": 0.015}
PASS_RATE, OTHER_RATE, CLOSER_RATE, UNRATED = 0.35, 0.06, 0.25, 0.12
STORY, PROPOSAL = "freins", "essentiels"


@cache
def phrases() -> dict:
    """The fiction's words for the guide, with the subjects that the café's fiction has too."""
    subjects = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
    known = yaml.safe_load(GUIDE_PHRASES.read_text(encoding="utf-8"))
    return known | {name: subjects[name] for name in ("who", "town", "subjects")}


@dataclass(frozen=True)
class Voice:
    """How someone answers: whom they speak of and where, their spelling, and what they lean to."""

    who: str
    town: str
    spelling: str
    leanings: Mapping[str, float]


def draw_voice(draw: Random, *kinds: str, spelling: str = "") -> Voice:
    """A voice that leans as its group, its subgroup, or any other kind named in the phrases do."""
    leanings = {}
    for kind in kinds:
        leanings |= phrases()["leanings"].get(kind, {})
    who, town = draw.choice(phrases()["who"]), draw.choice(phrases()["town"])
    return Voice(who, town, spelling or draw.choice(SPELLINGS), leanings)


def answer_all(guide: Guide, way: str, voice: Voice, draw: Random) -> dict[str, Given]:
    """Everything that the guide asks this person, answered: as many passes as it takes, since answers open steps."""
    given: dict[str, Given] = {}
    for _ in range(MOST_PASSES):
        asked = [step for step in path(guide, given, way) if step.key not in given]
        if not asked:
            return given
        for step in asked:
            given[step.key] = check(step, _answer(step, voice, draw, given))
    raise RuntimeError("the guide never ends")


def _answer(step: Step, voice: Voice, draw: Random, given: Mapping[str, Given]) -> Given:
    kind = step.question.kind
    if kind == "info":
        return Given(kind)
    if step.is_follow_up and draw.random() < PASS_RATE:
        return Given(kind, state=PASSED)
    for state, rate in SILENT_RATES.items():
        if draw.random() < rate:
            return Given(kind, state=state)
    if kind == "open":
        return Given(kind, text=_words(step, voice, draw, given))
    return _choice(step, voice, draw)


def _choice(step: Step, voice: Voice, draw: Random) -> Given:
    kind, question = step.question.kind, step.question
    drawn = list(_by_leaning(step.options, voice, draw))
    if kind == "rate":
        rated = {option.code for option in step.options if draw.random() > UNRATED} or {drawn[0]}
        return Given(kind, tuple((option, _rating(option, voice, draw)) for option in drawn if option in rated))
    most = 1 if kind in ("choice", "statement") else question.at_most or len(drawn)
    kept = drawn[: draw.randint(min(2, most, len(drawn)), min(most, len(drawn)))]
    others = ()
    if question.other and draw.random() < OTHER_RATE:
        others = (draw.choice(phrases()["others"][question.code.split(".")[0]]),)
        kept = [*kept[: most - 1], step.other_code]
    values = ((code, str(rank) if kind == "rank" else "1") for rank, code in enumerate(kept, 1))
    return Given(kind, tuple(values), others=others)


def _rating(option: str, voice: Voice, draw: Random) -> str:
    return str(min(RATED, draw.choice((2, 3, 4, 4, 5)) + (voice.leanings.get(option, 1) > 1)))


def _by_leaning(options: tuple[Option, ...], voice: Voice, draw: Random) -> Iterator[str]:
    """The options drawn one after the other, those leaned to likelier to come first."""
    weights = {option.code: voice.leanings.get(option.code, 1) for option in options}
    return iter(sorted(weights, key=lambda code: draw.random() ** (1 / weights[code]), reverse=True))


def _words(step: Step, voice: Voice, draw: Random, given: Mapping[str, Given]) -> str:
    said = draw.choice(_pool(step, given))
    if draw.random() < CLOSER_RATE:
        said = f"{said}. {draw.choice(phrases()['closers'])}"
    said = said.replace("{who}", voice.who).replace("{town}", voice.town)
    return respell(said[:1].upper() + said[1:], voice.spelling, draw)


def _pool(step: Step, given: Mapping[str, Given]) -> list[str]:
    """What may be said here: to the option that the step is about, to the population chosen, or to the question."""
    subjects, code = phrases()["subjects"], step.question.code
    if code == STORY:
        champs = [champ for answer in given.values() for champ in answer.retained() if champ in subjects]
        return subjects[champs[-1] if champs else "navigation"]["cores"]
    if code == PROPOSAL and step.about in subjects:
        return subjects[step.about]["asks"]
    pool = phrases()["says"].get(code + FOLLOW_UP if step.is_follow_up else code, phrases()["says"][PROPOSAL])
    if isinstance(pool, dict):
        target = "".join(given[TARGET].retained()) if TARGET in given else ""
        return pool.get(target, pool[""])
    return pool
