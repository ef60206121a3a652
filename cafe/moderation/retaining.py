"""« Retenir ce verbatim »: what is kept for the restitution, with the section that it illustrates."""

from datetime import datetime

from sqlalchemy import Row, delete, select

from cafe.corpus.models import Contribution, Question
from cafe.errors import Refusal
from cafe.extensions import db, writing
from cafe.forum.models import CafeQuestion
from cafe.moderation.judging import find_judged
from cafe.moderation.models import Decision, Retained
from cafe.people.models import Participant

PAGE = 50


def sections(families) -> dict[str, str]:
    """Every section that a verbatim may illustrate: each family that has tags, and each of its tags."""
    found = {}
    for family in families:
        if family.tags:
            found[family.code] = family.label
            found |= {f"{family.code}:{tag.code}": f"{family.label} : {tag.label}" for tag in family.tags}
    return found


def retain(contribution_id: int, section: str, tagger, staff_id: int, now: datetime) -> None:
    """Keep a verbatim for a section; kept twice it is kept once."""
    if section not in sections(tagger.referential.families):
        raise Refusal("Choisissez une section dans la liste.")
    with writing() as session:
        contribution = find_judged(session, contribution_id, staff_id)
        refuse_unquotable(session, contribution)
        if session.get(Retained, (contribution_id, section)) is None:
            kept = {"contribution_id": contribution_id, "section": section}
            session.add(Retained(**kept, staff_id=staff_id, created_at=now))
            _note(session, contribution_id, "retained", section, staff_id, now)


def refuse_unquotable(session, contribution: Contribution) -> None:
    """What may be shown beyond the team: published, and not said to the team alone."""
    visibility = session.scalar(
        select(CafeQuestion.visibility).where(CafeQuestion.question_id == contribution.question_id)
    )
    if contribution.private or visibility == "never":
        raise Refusal("Ces mots ont été écrits pour l’équipe seule : ils ne se citent pas.")
    if contribution.status != "published":
        raise Refusal("Seul un message publié se retient ou se cite.")


def release(contribution_id: int, section: str, staff_id: int, now: datetime) -> None:
    with writing() as session:
        here = (Retained.contribution_id == contribution_id) & (Retained.section == section)
        if session.execute(delete(Retained).where(here)).rowcount:
            _note(session, contribution_id, "released", section, staff_id, now)


def _note(session, contribution_id: int, action: str, section: str, staff_id: int, now: datetime) -> None:
    decision = {"staff_id": staff_id, "action": action, "detail": section, "decided_at": now}
    session.add(Decision(contribution_id=contribution_id, **decision))


_is_quotable = (Contribution.status == "published") & Contribution.private.is_(False)


def retained(page: int) -> tuple[list[Row], bool]:
    """The verbatims kept and still published, section after section, and whether there are more."""
    query = (
        select(
            Retained.section, Contribution.id, Participant.pseudonym, Contribution.text, Question.text.label("question")
        )
        .join(Contribution, Contribution.id == Retained.contribution_id)
        .join(Participant, Participant.id == Contribution.participant_id)
        .join(Question, Question.id == Contribution.question_id)
        .where(_is_quotable, Participant.erased_at.is_(None))
        # Said apart, so that SQLite begins by what is kept and not by all that was said.
        .where(Contribution.id.in_(select(Retained.contribution_id)))
        .order_by(Retained.section, Contribution.id)
    )
    rows = list(db.session.execute(query.limit(PAGE + 1).offset((page - 1) * PAGE)))
    return rows[:PAGE], len(rows) > PAGE


def sections_of(contribution_id: int) -> list[str]:
    """The sections that one contribution illustrates."""
    query = select(Retained.section).where(Retained.contribution_id == contribution_id)
    return list(db.session.scalars(query.order_by(Retained.section)))
