"""Answers that are no words: ranks, ratings, choices and colours, one row an option."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from cafe.corpus.models import Answer, Question
from cafe.extensions import db, run, writing
from cafe.statements import insert_of

_new_answer = insert(Answer)


def put_answers(
    participant_id: int, question_id: int, rows: Iterable[tuple[str, str, str]], now: datetime
) -> None:
    """Someone's whole answer to a question, as (kind, option, value), in the place of the one before."""
    here = {"participant_id": participant_id, "question_id": question_id, "created_at": now}
    values = [here | {"kind": kind, "option": option, "value": value} for kind, option, value in rows]
    with writing():
        run(delete(Answer).where(Answer.participant_id == participant_id, Answer.question_id == question_id))
        if values:
            run(_new_answer, values)


def put_vote(participant_id: int, question_id: int, value: str, now: datetime) -> None:
    """Someone's one vote on a statement, in the place of the one before; two at once leave the last one."""
    key = {"participant_id": participant_id, "question_id": question_id, "option": ""}
    voted = {"value": value, "created_at": now}
    with writing():
        new = insert_of(db.engine.dialect.name)(Answer).values(key | voted | {"kind": "regnier"})
        run(new.on_conflict_do_update(index_elements=list(key), set_=voted))


def take_vote_back(participant_id: int, question_id: int) -> None:
    with writing():
        run(delete(Answer).where(Answer.participant_id == participant_id, Answer.question_id == question_id))


def forget_answers(participant_id: int) -> None:
    """Forget every answer of someone."""
    with writing():
        run(delete(Answer).where(Answer.participant_id == participant_id))


def rename_option(participant_id: int, question: str, before: str, after: str) -> None:
    """Bring someone's own option of a question under the code that it became, unless they chose that one too."""
    number = select(Question.id).where(Question.code == question).scalar_subquery()
    here = (Answer.participant_id == participant_id) & (Answer.question_id == number)
    with writing():
        if run(select(Answer.id).where(here, Answer.option == after)).first() is None:
            run(update(Answer).where(here, Answer.option == before).values(option=after))
