"""Answers that are no words: ranks, ratings, choices and colours, one row an option."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert

from cafe.corpus.models import Answer
from cafe.extensions import run, writing

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


def forget_answers(participant_id: int) -> None:
    """Forget every answer of someone."""
    with writing():
        run(delete(Answer).where(Answer.participant_id == participant_id))
