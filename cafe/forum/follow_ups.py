"""One more question to one person: the host's, drawn from the tags just found, or a moderator's probe."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import aliased

from cafe.corpus.models import Contribution
from cafe.corpus.words import clean_text
from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import db, run, writing
from cafe.forum.models import FollowUp
from cafe.forum.schedule import day_began
from cafe.statements import Ready

A_DAY = 2
LONGEST = 500

_asked_before = Ready(
    select(FollowUp.tag, FollowUp.created_at).where(
        FollowUp.participant_id == bindparam("participant"), FollowUp.staff_id.is_(None)
    )
)
_one = Ready(
    select(FollowUp.id, FollowUp.staff_id, FollowUp.public, FollowUp.state).where(
        FollowUp.id == bindparam("id"),
        FollowUp.participant_id == bindparam("participant"),
        FollowUp.question_id == bindparam("question"),
    )
)


def find(follow_up_id: int | None, participant_id: int, question_id: int) -> tuple | None:
    """The follow-up that a post answers, if it was asked to this person about this question."""
    return _one.first(id=follow_up_id, participant=participant_id, question=question_id) if follow_up_id else None


def ask_next(cafe, question_id: int, participant_id: int, recorded, tagger, now: datetime) -> None:
    """After an answer, ask what the référentiel holds for a tag just found: one question, two a day, never again."""
    questions = {f"{found.family}:{found.tag}": tagger.follow_up(found.family, found.tag) for found in recorded.found}
    if not any(questions.values()):
        return
    before, midnight = _asked_before.rows(participant=participant_id), day_began(cafe, now)
    if sum(row.created_at >= midnight for row in before) >= A_DAY:
        return
    known = {row.tag for row in before}
    tag = next((tag for tag, text in questions.items() if text and tag not in known), None)
    if tag:
        place = {"contribution_id": recorded.number, "participant_id": participant_id, "question_id": question_id}
        asked = {"key": f"tag {recorded.number}", "tag": tag, "text": questions[tag], "created_at": now}
        run(insert(FollowUp), place | asked)


def close(follow_up_id: int, state: str, answer_id: int | None, now: datetime) -> None:
    """Answered or passed; a follow-up that was closed before stays as it was."""
    still_open = (FollowUp.id == follow_up_id) & (FollowUp.state == "open")
    with writing() as session:
        session.execute(update(FollowUp).where(still_open).values(state=state, answer_id=answer_id, closed_at=now))


def pass_over(follow_up_id: int, participant_id: int, question_id: int, now: datetime) -> None:
    """« Passer » : nobody has to answer."""
    if find(follow_up_id, participant_id, question_id) is None:
        raise NotFound("Cette question n’est plus là.")
    close(follow_up_id, "passed", None, now)


def probe(key: str, contribution_id: int, typed: str, public: bool, staff_id: int, now: datetime) -> None:
    """A moderator's question about a contribution; it waits for its author. Sent twice it is one question."""
    text = clean_text(typed)
    if not text:
        raise Refusal("Écrivez votre question, puis touchez Envoyer.")
    if len(text) > LONGEST:
        raise Refusal(f"Votre question est trop longue : {len(text)} signes pour {LONGEST} au plus.")
    with writing() as session:
        asked = session.get(Contribution, contribution_id)
        if asked is None or asked.status != "published":
            raise NotFound("Ce message n’est plus là.")
        known = session.scalar(select(FollowUp).where(FollowUp.key == key))
        if known and (known.contribution_id, known.text) != (contribution_id, text):
            raise Conflict("Cette question est déjà partie avec d’autres mots. Votre texte est gardé ici.")
        if known is None:
            place = {"participant_id": asked.participant_id, "question_id": asked.question_id}
            words = {"text": text, "public": public and not asked.private, "staff_id": staff_id, "created_at": now}
            session.add(FollowUp(key=key, contribution_id=contribution_id, **place, **words))


def asked_about(contribution_id: int) -> list:
    """What was asked about a contribution, oldest first: text, public, by a person or not, state, answer."""
    answer = aliased(Contribution)
    query = (
        select(FollowUp.text, FollowUp.public, FollowUp.staff_id, FollowUp.state, answer.text.label("answer"))
        .outerjoin(answer, (answer.id == FollowUp.answer_id) & (answer.status != "withdrawn"))
        .where(FollowUp.contribution_id == contribution_id)
        .order_by(FollowUp.id)
    )
    return list(db.session.execute(query))
