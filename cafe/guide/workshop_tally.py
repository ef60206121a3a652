"""What several people gave to one question, told together: the live results of a room."""

from collections import Counter
from dataclasses import dataclass

from cafe.guide.definition import RATED
from cafe.guide.steps import Given, Step


@dataclass(frozen=True)
class Bar:
    """An option with its figure in words, and its length out of 100."""

    label: str
    figure: str
    length: float


@dataclass(frozen=True)
class Tally:
    """What a question received: how many answered, how many could not say, and each option's figure."""

    answered: int
    silent: int
    asked: int
    bars: tuple[Bar, ...]


def together(answers: list[Given]) -> Given:
    """What several gave to one step, as one: every option that anyone kept, the most held first."""
    said = [given for given in answers if given.says_something]
    if not said:
        return answers[0]
    held = Counter()
    for given in said:
        kept = given.retained()
        held.update({code: len(kept) - rank for rank, code in enumerate(kept)})
    options = tuple((code, str(rank)) for rank, (code, _) in enumerate(held.most_common(), 1))
    return Given(said[0].kind, options, text=said[0].text)


def bars(step: Step, said: list[Given]) -> list[Bar]:
    """Each option with how many hold it; of a ranking, first the one that comes highest in all."""
    if step.question.kind == "rate":
        return _rated(step, said)
    cited = Counter(code for given in said for code in given.retained())
    first = Counter(given.retained()[0] for given in said if step.question.kind == "rank")
    points = Counter()
    for given in said:
        points.update({code: len(step.options) - rank for rank, code in enumerate(given.retained())})
    weight = points if step.question.kind == "rank" else cited
    longest = max(weight.values(), default=0) or 1
    shown = step.options if step.question.kind == "statement" else sorted(step.options, key=lambda o: -weight[o.code])
    return [
        Bar(option.said("workshop"), _figure(step, cited[option.code], first[option.code]), width)
        for option, width in ((option, 100 * weight[option.code] / longest) for option in shown)
    ]


def _figure(step: Step, cited: int, first: int) -> str:
    return f"{first} en premier, {cited} en tout" if step.question.kind == "rank" else str(cited)


def _rated(step: Step, said: list[Given]) -> list[Bar]:
    levels: dict[str, list[int]] = {}
    for given in said:
        for code, level in given.options:
            levels.setdefault(code, []).append(int(level))
    made = []
    for option in step.options:
        rated = levels.get(option.code, [])
        mean = sum(rated) / len(rated) if rated else 0
        figure = f"{mean:.1f} sur {RATED} ({len(rated)})".replace(".", ",") if rated else "–"
        made.append(Bar(option.said("workshop"), figure, 100 * mean / RATED))
    return made
