"""The table des enjeux: the target with the person's words, the enjeux ranked with their champs, the critical uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cafe.guide.steps import Given, Step

TARGET, TARGET_WORDS = "populations.cible", "populations.mots"
ENJEUX, CHAMPS = "freins.enjeux", "freins.champs"
USES = "usages.critiques"


@dataclass(frozen=True)
class Stake:
    """An enjeu at its rank, and the champs kept under it, first one first."""

    rank: int
    code: str
    label: str
    champs: tuple[str, ...]


@dataclass(frozen=True)
class StakesTable:
    """Labels, in the order that the person gave them; empty where nothing was said."""

    population: str
    words: str
    stakes: tuple[Stake, ...]
    uses: tuple[str, ...]


def stakes_of(steps: Iterable[Step], given: Mapping[str, Given]) -> StakesTable:
    """The table of the answers to these steps."""
    answered = [(step, given[step.key]) for step in steps if step.key in given and not step.is_follow_up]
    kept = {step.key: _kept(step, answer) for step, answer in answered}
    words = next((answer.text for step, answer in answered if step.key == TARGET_WORDS), "")
    stakes = tuple(
        Stake(rank, code, label, tuple(name for _, name in kept.get(f"{CHAMPS}.{code}", ())))
        for rank, (code, label) in enumerate(kept.get(ENJEUX, ()), 1)
    )
    population = " ".join(label for _, label in kept.get(TARGET, ()))
    return StakesTable(population, words, stakes, tuple(label for _, label in kept.get(USES, ())))


def _kept(step: Step, answer: Given) -> list[tuple[str, str]]:
    labels = {option.code: option.label for option in step.options}
    return [(code, labels[code]) for code in answer.retained() if code in labels]
