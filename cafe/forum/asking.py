"""A café's questions, as the organiser writes them day by day. Once answered, a question stays as it was asked."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from cafe.corpus.models import Question
from cafe.corpus.services import find_or_create_question
from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import writing
from cafe.forum.arranging import FRESH, is_answered, locked_cafe
from cafe.forum.definition import MOST_QUESTIONS, QuestionDefinition, code_of, context_of
from cafe.forum.models import Cafe, CafeQuestion, Draft
from cafe.forum.schedule import has_opened

NOT_THERE = "Cette question n’est plus là."
ANSWERED = "Des personnes ont répondu : cette question reste telle qu’on l’a lue. Son message d’accueil peut changer."
STAYS = "Des personnes ont répondu : cette question reste à sa place."
TAKEN = "Une autre question vient de prendre cette place. La vôtre est gardée ici : enregistrez à nouveau."
FULL = f"Cette journée a déjà ses {MOST_QUESTIONS} questions."
IN_ORDER = "Cette journée est ouverte : ses questions gardent leur ordre."


@dataclass(frozen=True)
class Placed:
    """A question on its day, and whether anyone has answered it."""

    place: CafeQuestion
    question: Question
    answered: bool

    def is_as(self, new: QuestionDefinition) -> bool:
        return self.asks_as(new) and self.place.host == new.host

    def asks_as(self, new: QuestionDefinition) -> bool:
        """Whether a person who answered would have met the same question, read by the same people."""
        asked = self.question.text, self.question.feeds, self.place.visibility
        return asked == (new.text, new.feeds_text, new.visibility)


@dataclass(frozen=True)
class Change:
    """What an imported question would do: `before` is the one that it replaces, if any."""

    new: QuestionDefinition
    before: Placed | None

    @property
    def kind(self) -> str:
        if self.before is None:
            return "new"
        return "same" if self.before.is_as(self.new) else "replaced"


@dataclass(frozen=True)
class Plan:
    """What an import would change, and by what digest it is known when it is confirmed."""

    changes: list[Change]
    counts: Counter
    digest: str


def _placed(session, cafe: Cafe, *where) -> list[Placed]:
    """The café's questions in order, held first: an answer that comes meanwhile waits, then sees the change."""
    here = CafeQuestion.cafe_id == cafe.id
    held = select(Question.id).join(CafeQuestion, CafeQuestion.question_id == Question.id).where(here)
    session.execute(held.with_for_update(of=Question))
    rows = select(CafeQuestion, Question, is_answered).join(Question, Question.id == CafeQuestion.question_id)
    rows = rows.where(here, *where).order_by(CafeQuestion.day, CafeQuestion.n)
    return [Placed(*row) for row in session.execute(rows, execution_options=FRESH)]


def _find(placed: list[Placed], n: int) -> Placed:
    found = next((one for one in placed if one.place.n == n), None)
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def _check_day(cafe: Cafe, day: int) -> None:
    if not 1 <= day <= cafe.days:
        raise Refusal(f"Choisissez un jour de 1 à {cafe.days}.")


def add_question(slug: str, new: QuestionDefinition) -> None:
    """Add a question at its place; the same form sent twice adds one."""
    with writing() as session:
        cafe = locked_cafe(session, slug)
        _check_day(cafe, new.day)
        there = _placed(session, cafe, CafeQuestion.day == new.day, CafeQuestion.n == new.n)
        if there and not there[0].is_as(new):
            raise Conflict(TAKEN)
        if not there:
            _insert(session, cafe, new)


def _insert(session, cafe: Cafe, new: QuestionDefinition) -> None:
    code, context = code_of(cafe.slug, new.day, new.n), context_of(cafe.title, new.text)
    question_id = find_or_create_question(code, new.text, context, new.feeds_text)
    if session.get(Question, question_id).text != new.text:
        raise Conflict(f"Une question venue d’ailleurs s’appelle déjà « {code} ».")
    place = {"day": new.day, "n": new.n, "host": new.host, "visibility": new.visibility}
    session.add(CafeQuestion(question_id=question_id, cafe_id=cafe.id, **place))


def change_question(slug: str, new: QuestionDefinition) -> None:
    """Change the question at this place; one that was answered changes its host's message only."""
    with writing() as session:
        cafe = locked_cafe(session, slug)
        there = _placed(session, cafe, CafeQuestion.day == new.day, CafeQuestion.n == new.n)
        _rewrite(cafe, _find(there, new.n), new)


def _rewrite(cafe: Cafe, placed: Placed, new: QuestionDefinition) -> None:
    placed.place.host = new.host
    if placed.asks_as(new):
        return
    if placed.answered:
        raise Conflict(ANSWERED)
    placed.place.visibility = new.visibility
    placed.question.text, placed.question.feeds = new.text, new.feeds_text
    placed.question.context = context_of(cafe.title, new.text)


def swap_question(slug: str, day: int, n: int, step: int, now: datetime) -> None:
    """Move a question before the one above it (`step` −1), or after the one below (1)."""
    with writing() as session:
        cafe = locked_cafe(session, slug)
        there = _placed(session, cafe, CafeQuestion.day == day)
        here = there.index(_find(there, n))
        if not 0 <= here + step < len(there):
            return
        if has_opened(cafe, day, now):
            raise Conflict(IN_ORDER)
        if there[here].answered or there[here + step].answered:
            raise Conflict(STAYS)
        there[here], there[here + step] = there[here + step], there[here]
        _number(session, cafe, day, there, now)


def move_question(slug: str, day: int, n: int, to_day: int, now: datetime) -> None:
    """Move a question to the end of another day."""
    with writing() as session:
        cafe = locked_cafe(session, slug)
        _check_day(cafe, to_day)
        left = _placed(session, cafe, CafeQuestion.day == day)
        moved = _find(left, n)
        if to_day == day:
            return
        if moved.answered:
            raise Conflict(STAYS)
        left.remove(moved)
        _number(session, cafe, to_day, [*_placed(session, cafe, CafeQuestion.day == to_day), moved], now)
        _number(session, cafe, day, left, now)


def delete_question(slug: str, day: int, n: int, now: datetime) -> None:
    """Take away a question that nobody answered, with the drafts of those who had begun."""
    with writing() as session:
        cafe = locked_cafe(session, slug)
        left = _placed(session, cafe, CafeQuestion.day == day)
        gone = _find(left, n)
        if gone.answered:
            raise Conflict("Des personnes ont répondu : cette question ne s’efface plus.")
        session.execute(delete(Draft).where(Draft.question_id == gone.question.id))
        session.delete(gone.place)
        session.flush()
        session.delete(gone.question)
        session.flush()
        left.remove(gone)
        _number(session, cafe, day, left, now)


def _number(session, cafe: Cafe, day: int, ordered: list[Placed], now: datetime) -> None:
    """Give the questions of a day their numbers and codes, in this order.

    What was answered keeps its number, and so does all that a citizen may have open before them: their answer is sent
    to a day and a number.
    """
    is_open, n, moves = has_opened(cafe, day, now), 0, []
    for placed in ordered:
        stays = placed.place.day == day and (is_open or placed.answered)
        n = placed.place.n if stays else n + 1
        if (placed.place.day, placed.place.n) != (day, n):
            moves.append((placed, n))
    if n > MOST_QUESTIONS:
        raise Refusal(FULL)
    # By way of places that nobody has: two questions may be taking each other's.
    for placed, _ in moves:
        placed.place.n, placed.question.code = -placed.question.id, f"-{placed.question.id}"
    session.flush()
    for placed, n in moves:
        placed.place.day, placed.place.n, placed.question.code = day, n, code_of(cafe.slug, day, n)
    session.flush()


def plan_import(slug: str, questions: list[QuestionDefinition]) -> Plan:
    """What these questions would change in the café; nothing is written."""
    with writing() as session:
        return _plan(session, locked_cafe(session, slug), questions)


def _plan(session, cafe: Cafe, questions: list[QuestionDefinition]) -> Plan:
    known = {(placed.place.day, placed.place.n): placed for placed in _placed(session, cafe)}
    changes = [Change(new, known.get((new.day, new.n))) for new in questions]
    seen = [(str(change.new), change.kind, change.before and change.before.question.text) for change in changes]
    digest = hashlib.sha256(repr(seen).encode()).hexdigest()
    return Plan(changes, Counter(change.kind for change in changes), digest)


def faults_of(plan: Plan, days: int) -> dict[tuple[int, int], str]:
    """Why a question of the plan cannot come in, by its place."""
    faults = {}
    for change in plan.changes:
        if change.new.day > days:
            faults[change.new.day, change.new.n] = f"le café n’a que {days} jours"
        elif change.before and change.before.answered and not change.before.asks_as(change.new):
            faults[change.new.day, change.new.n] = "des personnes ont répondu à cette question : elle ne change plus"
    return faults


def import_questions(slug: str, questions: list[QuestionDefinition], digest: str) -> Plan:
    """Write what was confirmed; refused when the café changed since."""
    with writing() as session:
        cafe = locked_cafe(session, slug)
        plan = _plan(session, cafe, questions)
        if plan.counts["same"] == len(questions):
            return plan
        if plan.digest != digest or faults_of(plan, cafe.days):
            raise Conflict("Le café a changé depuis votre lecture. Relisez, puis confirmez à nouveau.")
        for change in plan.changes:
            if change.before:
                _rewrite(cafe, change.before, change.new)
            else:
                _insert(session, cafe, change.new)
    return plan
