"""The path through a guide, from its answers alone; it knows neither the web nor the database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from cafe.guide.answering import check as check
from cafe.guide.answering import draw_order as draw_order
from cafe.guide.answering import rows as rows
from cafe.guide.definition import Condition, Guide, Option, Question
from cafe.guide.stakes import StakesTable, stakes_of
from cafe.guide.steps import FOLLOW_UP, Given, Step, follow_up_of, key_of


def path(guide: Guide, given: Mapping[str, Given], way: str) -> list[Step]:
    """Every step that stands for these answers, answered or not, in order."""
    walk = _Walk(given, way)
    for section in guide.sections:
        for over, block in groupby(section.questions, key=lambda question: question.over):
            walk.take(over, list(block))
    return _numbered(walk.steps, guide.forks, given)


def next_step(guide: Guide, given: Mapping[str, Given], way: str) -> Step | None:
    """The first step without an answer; None at the end."""
    return next((step for step in path(guide, given, way) if step.key not in given), None)


def find_step(guide: Guide, given: Mapping[str, Given], way: str, key: str) -> Step | None:
    """The step of this key, if it stands."""
    return next((step for step in path(guide, given, way) if step.key == key), None)


def previous_step(guide: Guide, given: Mapping[str, Given], way: str, key: str) -> Step | None:
    """The step before this one; None for the first, or for a key that does not stand."""
    before = None
    for step in path(guide, given, way):
        if step.key == key:
            return before
        before = step
    return None


def stale_keys(guide: Guide, given: Mapping[str, Given], way: str) -> list[str]:
    """The answered keys that no longer stand: kept, but not exported."""
    standing = {step.key for step in path(guide, given, way)}
    return [key for key in given if key not in standing]


def stakes_table(guide: Guide, given: Mapping[str, Given]) -> StakesTable:
    """The table des enjeux that these answers make."""
    return stakes_of(path(guide, given, "interview"), given)


class _Walk:
    """Steps gathered in order; each one may only depend on those before it."""

    def __init__(self, given: Mapping[str, Given], way: str) -> None:
        self.given, self.way = given, way
        self.steps: list[Step] = []

    def take(self, over: str, block: list[Question]) -> None:
        """Ask a block of questions, once, or wholly about each option retained at `over` before the next option."""
        if not over:
            for question in block:
                self._ask(question, None)
            return
        for number, about in enumerate(list(self._retained(over))):
            for question in block:
                limit = question.each_alone if self.way == "alone" else None
                if limit is None or number < limit:
                    self._ask(question, about)

    def _ask(self, question: Question, about: Option | None) -> None:
        code = about.code if about else ""
        if question.show_if and not self._holds(question.show_if, question.over, code):
            return
        options = tuple(self._offered(question, code))
        if (question.within or question.among) and not options:
            return
        step = Step(key_of(question, code), question, options, code, about.said(self.way) if about else "", 0, None)
        typed = self._typed(step)
        if typed:
            step = replace(step, options=options + typed)
        self.steps.append(step)
        if question.follow_up.alone and self._says_something(step):
            self.steps.append(
                replace(step, key=step.key + FOLLOW_UP, question=follow_up_of(question), is_follow_up=True)
            )

    def _offered(self, question: Question, about: str) -> Iterable[Option]:
        if question.kind == "statement":
            return question.scale
        if question.within:
            return (option for option in question.options if option.parent == about)
        if question.among:
            return self._retained(question.among)
        return question.options

    def _typed(self, step: Step) -> tuple[Option, ...]:
        """What the person added to this step's options."""
        given = self.given.get(step.key)
        if not given or not given.others or not step.question.other:
            return ()
        return (Option(code=step.other_code, label=given.others[0]),)

    def _says_something(self, step: Step) -> bool:
        return step.key in self.given and self.given[step.key].says_something

    def _instances(self, code: str) -> list[Step]:
        return [step for step in self.steps if step.question.code == code and not step.is_follow_up]

    def _retained(self, code: str) -> Iterator[Option]:
        """The options kept at a question, over all its instances, in their order."""
        for step in self._instances(code):
            offered = {option.code: option for option in step.options}
            kept = self.given[step.key].retained() if step.key in self.given else ()
            yield from (offered[option] for option in kept if option in offered)

    def _holds(self, condition: Condition, over: str, about: str) -> bool:
        """Whether a condition holds, never while its question waits for an answer; inside a loop, for one option."""
        return all(self._holds_alone(one, over, about) for one in condition.each())

    def _holds_alone(self, condition: Condition, over: str, about: str) -> bool:
        instances = [
            step
            for step in self._instances(condition.question)
            if not over or step.question.over != over or step.about == about
        ]
        if any(step.key not in self.given for step in instances):
            return False
        answers = [self.given[step.key] for step in instances]
        values = {value for answer in answers for value in (*answer.retained(), answer.state)}
        if condition.any_of and values.isdisjoint(condition.any_of):
            return False
        if not values.isdisjoint(condition.none_of):
            return False
        return condition.answered in (None, any(answer.says_something for answer in answers))


def _numbered(steps: list[Step], forks: frozenset[str], given: Mapping[str, Given]) -> list[Step]:
    """The same steps with their places and, when nothing can change it any more, their total."""
    is_open = any(step.question.code in forks and not step.is_follow_up and step.key not in given for step in steps)
    places, count = [], 0
    for step in steps:
        count += step.question.kind != "info"
        places.append(count)
    total = None if is_open else count
    return [step.numbered(place, total) for step, place in zip(steps, places, strict=True)]
