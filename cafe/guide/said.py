"""What someone gave to a step, in words."""

from cafe.guide.definition import RATED
from cafe.guide.steps import PASSED, Given, Step

SILENCES = {"nsp": "Je ne sais pas", "refus": "Je préfère ne pas répondre", PASSED: "Pas de réponse"}


def answer_words(step: Step, given: Given, way: str = "alone") -> str:
    """The answer as one reads it: the words, the options by their labels, a ranking with its numbers."""
    if given.state:
        return SILENCES[given.state]
    if given.text:
        return given.text
    labels = {option.code: option.said(way) for option in step.options}
    kept = [labels[code] for code in given.retained() if code in labels]
    if given.kind == "rank":
        kept = [f"{rank}. {label}" for rank, label in enumerate(kept, 1)]
    if given.kind == "rate":
        kept = [f"{labels[code]} : {rating_words(step, value)}" for code, value in given.options if code in labels]
    return " · ".join(kept)


def rating_words(step: Step, value: str) -> str:
    """The word of the scale for a rating from 1 to 5."""
    return step.question.scale[min(max(int(value), 1), RATED) - 1].label
