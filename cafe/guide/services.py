"""What may be done in a sitting: begin it, answer a step, finish it, erase it; each is one transaction."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from cafe.corpus.words import text_digest
from cafe.errors import Conflict, NotFound
from cafe.extensions import run, writing
from cafe.guide import keeping
from cafe.guide.answering import check
from cafe.guide.models import SentForm, Sitting, StepAnswer
from cafe.guide.sittings import Kept, Progress, find_progress
from cafe.guide.steps import Given, Step
from cafe.people.cards import card_digest, words_from
from cafe.people.models import Participant

ANOTHER_WAY = "Ces questions ont déjà des réponses, données d’une autre façon : elles restent, et comptent."
ERASED = "Ce questionnaire a été effacé."
ANSWERED_ELSEWHERE = (
    "Vous avez déjà répondu à cette question dans une autre page. Votre réponse est gardée ici : "
    "envoyez-la de nouveau pour remplacer l’autre."
)
ANOTHER_ANSWER = "Cette réponse est déjà partie, autrement. La nouvelle est gardée ici : envoyez-la de nouveau."


@dataclass(frozen=True)
class Sent:
    """A step's answer on its way in.

    `key`: drawn by the server for the form; `replaces`: the key of the answer that the form showed, empty for none;
    `offered`: the codes of the options in the order in which they were shown.
    """

    key: str
    replaces: str
    given: Given
    offered: tuple[str, ...] = ()


_hold = select(Sitting.id).where(Sitting.id == bindparam("number"), Sitting.erased_at.is_(None)).with_for_update()
_form = select(SentForm.sitting_id, SentForm.digest).where(SentForm.key == bindparam("form"))
_current = select(StepAnswer.key).where(
    StepAnswer.sitting_id == bindparam("number"), StepAnswer.step == bindparam("place")
)
_new_form = insert(SentForm)


def start(
    key: str, participant_id: int, version_id: int, way: str, now: datetime, *, link_id=None, staff_id=None
) -> int:
    """Begin a sitting, bound to a version of the guide; the same form sent again begins no other.

    Someone alone has one at a time: whoever began on another device goes on there.
    """
    with writing() as session:
        session.execute(select(Participant.id).where(Participant.id == participant_id).with_for_update())
        number = session.scalar(select(Sitting.id).where(Sitting.key == key))
        if number is None and way == "alone":
            number = session.scalar(_alone_of(participant_id))
        if number is None:
            _refuse_second_way(participant_id, way)
            who = {"participant_id": participant_id, "link_id": link_id, "staff_id": staff_id}
            sitting = Sitting(key=key, version_id=version_id, way=way, started_at=now, **who)
            session.add(sitting)
            session.flush()
            number = sitting.id
    return number


def _refuse_second_way(participant_id: int, way: str) -> None:
    """Someone answers the guide in one way: what they say in another would take the place of it, unseen."""
    others = (Sitting.participant_id == participant_id) & (Sitting.way != way) & Sitting.erased_at.is_(None)
    if run(select(Sitting.id).where(others)).first():
        raise Conflict(ANOTHER_WAY)


def _alone_of(participant_id: int):
    here = (Sitting.participant_id == participant_id) & (Sitting.way == "alone") & Sitting.erased_at.is_(None)
    return select(Sitting.id).where(here).order_by(Sitting.id.desc()).limit(1)


def hold(progress: Progress) -> None:
    """Keep others from writing in a sitting until the transaction ends; raises NotFound once it is erased."""
    if run(_hold, {"number": progress.id}).first() is None:
        raise NotFound(ERASED)


def answer(progress: Progress, step: Step, sent: Sent, digest_key: str, now: datetime) -> None:
    """Keep a step's answer at once, with its words, its rows, and what it changes further on the path.

    A replay changes nothing. Raises Refusal for what cannot be an answer to this step, Conflict when the step was
    answered meanwhile from another page: nothing is written over unseen.
    """
    digest = _digest(step, sent.given, digest_key)
    with writing():
        hold(progress)
        # What comes again is told by what was sent: the step has what it brought among its options since.
        if _is_replay(progress, sent.key, digest):
            return
        given = check(step, sent.given)
        fresh = find_progress(progress.id)
        kept = fresh.kept.get(step.key)
        if (kept.key if kept else "") != sent.replaces:
            raise Conflict(ANSWERED_ELSEWHERE)
        run(_new_form, {"key": sent.key, "sitting_id": progress.id, "digest": digest})
        _keep(fresh, step, sent, given, kept, digest_key, now)


def _digest(step: Step, given: Given, key: str) -> str:
    said = [step.key, given.kind, given.options, given.text, given.others, given.state]
    return text_digest(json.dumps(said), key)


def _is_replay(progress: Progress, form: str, digest: str) -> bool:
    row = run(_form, {"form": form}).first()
    if row and (row.sitting_id, row.digest) != (progress.id, digest):
        raise Conflict(ANOTHER_ANSWER)
    return row is not None


def _keep(
    progress: Progress, step: Step, sent: Sent, given: Given, kept: Kept | None, digest_key: str, now: datetime
) -> None:
    contribution_id = keeping.keep_words(progress, step, sent.key, given, kept, digest_key, now)
    values = {
        "key": sent.key, "version_id": progress.version_id, "kind": given.kind, "options": json.dumps(given.options),
        "other": given.others[0] if given.others else "", "state": given.state, "offered": json.dumps(sent.offered),
        "contribution_id": contribution_id, "standing": True, "answered_at": now,
    }  # fmt: skip
    if kept:
        here = (StepAnswer.sitting_id == progress.id) & (StepAnswer.step == step.key)
        run(update(StepAnswer).where(here).values(values))
    else:
        run(insert(StepAnswer), {"sitting_id": progress.id, "step": step.key, **values})
    keeping.keep_rows(progress, step, given, now)
    keeping.keep_others(progress, step, given, now)
    keeping.settle(progress, {**progress.given, step.key: given}, step.key, now)


def erasure_words(progress: Progress, secret: str) -> str:
    """The words that erase a sitting once it is finished, made again at each reading and kept nowhere."""
    return words_from(f"erase/{progress.key}", secret)


def finish(progress: Progress, secret: str, now: datetime) -> str:
    """End a sitting and return the words that erase it; finished twice, the first date and the words stay."""
    words = erasure_words(progress, secret)
    here = (Sitting.id == progress.id) & Sitting.finished_at.is_(None)
    with writing():
        run(update(Sitting).where(here).values(finished_at=now, erasure_digest=card_digest(words, secret)))
    return words


def erase_by_words(typed: str, secret: str, now: datetime) -> None:
    """Erase the sitting that these words stand for; raises NotFound."""
    wanted = select(Sitting.id).where(Sitting.erasure_digest == card_digest(typed, secret), Sitting.erased_at.is_(None))
    row = run(wanted).first()
    if row is None:
        raise NotFound("Nous ne trouvons pas ce code. Vérifiez les trois mots, puis réessayez.")
    erase(row.id, now)


def erase(sitting_id: int, now: datetime) -> None:
    """Wipe a sitting's words, answers and proposals; whoever came by an open link goes with it."""
    with writing():
        progress = find_progress(sitting_id)
        if progress is None:
            raise NotFound(ERASED)
        keeping.forget(progress, now)
        for rows in (StepAnswer, SentForm):
            run(delete(rows).where(rows.sitting_id == sitting_id))
        run(update(Sitting).where(Sitting.id == sitting_id).values(erased_at=now))
