"""A guide walked from end to end for one way of asking, whatever the answers: every question once, to be looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cafe.guide.definition import Guide, Option, Question
from cafe.guide.steps import FOLLOW_UP, Step, follow_up_of, key_of


def walk(guide: Guide, way: str) -> list[Step]:
    """Every question in order, and each follow-up; one that is repeated is asked about the first option that it can."""
    steps = [step for question in guide.questions() for step in _steps(guide, question, way)]
    total = sum(step.question.kind != "info" for step in steps)
    places = [sum(other.question.kind != "info" for other in steps[: n + 1]) for n in range(len(steps))]
    return [replace(step, place=place, total=total) for step, place in zip(steps, places, strict=True)]


def _steps(guide: Guide, question: Question, way: str) -> Iterator[Step]:
    about = _example(guide, question)
    code, label = (about.code, about.said(way)) if about else ("", "")
    step = Step(key_of(question, code), question, tuple(_offered(question, code)), code, label, 0, None)
    yield step
    if question.follow_up.said(way):
        yield replace(step, key=step.key + FOLLOW_UP, question=follow_up_of(question), is_follow_up=True)


def _example(guide: Guide, question: Question) -> Option | None:
    opener = guide.question(question.over) if question.over else None
    return opener.options[0] if opener and opener.options else None


def _offered(question: Question, about: str) -> Sequence[Option]:
    if question.kind == "statement":
        return question.scale
    if question.within:
        return [option for option in question.options if option.parent == about]
    return question.options
