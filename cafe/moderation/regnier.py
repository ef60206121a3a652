"""Statements made from what citizens said: written, changed until the first vote, closed, tied to their origins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from cafe.corpus.models import Answer, Contribution, Question
from cafe.corpus.votes import SCALES
from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import writing
from cafe.forum.definition import context_of, slug_of
from cafe.forum.models import Cafe
from cafe.forum.voting_models import Statement, StatementOrigin
from cafe.moderation.judging import find_judged
from cafe.moderation.models import Decision
from cafe.moderation.retaining import refuse_unquotable

LONGEST, MOST_PLACES = 240, 999
VOTED = "Des personnes ont déjà voté : ses mots ne changent plus. Fermez-la, puis écrivez-en une autre."
SENT_BEFORE = "Cette affirmation est déjà écrite avec d’autres mots. Votre nouveau texte est gardé ici."


@dataclass(frozen=True)
class Written:
    """What a moderator writes: the words, the scale, the rank among the café's statements, when one may vote."""

    text: str
    scale: str
    place: int
    opens_at: datetime
    closes_at: datetime


def write_statement(
    key: str, cafe_slug: str, new: Written, origins: Iterable[int], staff_id: int, now: datetime
) -> int:
    """Make a statement, with the contributions that it comes from; the same form sent again makes no second one."""
    _check(new)
    with writing() as session:
        if known := session.scalar(select(Statement).where(Statement.key == key)):
            return _same(session, known, new)
        cafe = session.scalar(select(Cafe).where(Cafe.slug == cafe_slug, Cafe.archived_at.is_(None)))
        if cafe is None:
            raise Refusal("Choisissez un café de la liste.")
        code = f"regnier.{'-'.join(filter(None, (slug_of(new.text), key[:6])))}"
        question = Question(code=code, text=new.text, context=context_of(cafe.title, new.text))
        session.add(question)
        session.flush()
        place = {"scale": new.scale, "place": new.place, "opens_at": new.opens_at, "closes_at": new.closes_at}
        made = Statement(key=key, cafe_id=cafe.id, question_id=question.id, staff_id=staff_id, created_at=now, **place)
        session.add(made)
        session.flush()
        for number in dict.fromkeys(origins):
            link_origin(made.id, number, staff_id, now)
    return made.id


def _check(new: Written) -> None:
    if not new.text:
        raise Refusal("Écrivez l’affirmation.")
    if len(new.text) > LONGEST:
        raise Refusal(f"L’affirmation est trop longue : {len(new.text)} signes pour {LONGEST} au plus.")
    if new.scale not in SCALES:
        raise Refusal("Choisissez comment on vote : des mots ou des couleurs.")
    if not 1 <= new.place <= MOST_PLACES:
        raise Refusal(f"Le rang va de 1 à {MOST_PLACES}.")
    if new.closes_at <= new.opens_at:
        raise Refusal("Le vote ferme avant d’ouvrir. Changez une des deux dates.")


def _same(session, known: Statement, new: Written) -> int:
    if session.scalar(select(Question.text).where(Question.id == known.question_id)) != new.text:
        raise Conflict(SENT_BEFORE)
    return known.id


def change_statement(statement_id: int, changed: Written) -> None:
    """Change a statement; once someone voted, its words and its scale stay as they were read."""
    _check(changed)
    with writing() as session:
        statement, question = _held(session, statement_id)
        if (question.text, statement.scale) != (changed.text, changed.scale):
            if session.scalar(select(func.count()).where(Answer.question_id == question.id)):
                raise Conflict(VOTED)
            title = session.scalar(select(Cafe.title).where(Cafe.id == statement.cafe_id))
            question.text, question.context = changed.text, context_of(title, changed.text)
            statement.scale, statement.edition = changed.scale, statement.edition + 1
        statement.place = changed.place
        statement.opens_at, statement.closes_at = changed.opens_at, changed.closes_at


def close_statement(statement_id: int, now: datetime) -> None:
    """Nobody votes on it any more; closed twice it is closed once."""
    with writing() as session:
        statement, _ = _held(session, statement_id)
        statement.closes_at = min(statement.closes_at, now)


def _held(session, statement_id: int) -> tuple[Statement, Question]:
    """The statement and its question; no vote comes in until the transaction ends."""
    statement = session.get(Statement, statement_id, with_for_update=True, populate_existing=True)
    if statement is None:
        raise NotFound("Cette affirmation n’existe pas.")
    return statement, session.get(Question, statement.question_id)


def link_origin(statement_id: int, contribution_id: int, staff_id: int, now: datetime) -> None:
    """Say that a statement comes from a contribution; what is said of it counts where its origins' words count."""
    with writing() as session:
        statement, question = _held(session, statement_id)
        contribution = find_judged(session, contribution_id, staff_id)
        refuse_unquotable(session, contribution)
        if session.get(StatementOrigin, (statement.id, contribution_id)) is None:
            session.add(StatementOrigin(statement_id=statement.id, contribution_id=contribution_id))
            _note(session, contribution_id, "statement", question.text, staff_id, now)
            session.flush()
            question.feeds = _feeds(session, statement.id)


def unlink_origin(statement_id: int, contribution_id: int, staff_id: int, now: datetime) -> None:
    with writing() as session:
        statement, question = _held(session, statement_id)
        here = StatementOrigin.statement_id == statement.id, StatementOrigin.contribution_id == contribution_id
        if session.execute(delete(StatementOrigin).where(*here)).rowcount:
            _note(session, contribution_id, "statement_left", question.text, staff_id, now)
            question.feeds = _feeds(session, statement.id)


def _feeds(session, statement_id: int) -> str:
    """The families that its origins' questions feed; all of them when it has no origin."""
    asked = select(Question.feeds).join(Contribution, Contribution.question_id == Question.id)
    origins = asked.join(StatementOrigin, StatementOrigin.contribution_id == Contribution.id)
    fed = {code for feeds in session.scalars(origins.where(StatementOrigin.statement_id == statement_id))
           for code in feeds.split()}  # fmt: skip
    told = " ".join(sorted(fed))
    return "*" if not fed or "*" in fed or len(told) > Question.feeds.type.length else told


def _note(session, contribution_id: int, action: str, text: str, staff_id: int, now: datetime) -> None:
    decision = {"staff_id": staff_id, "action": action, "detail": f"« {text} »", "decided_at": now}
    session.add(Decision(contribution_id=contribution_id, **decision))
