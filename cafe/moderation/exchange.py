"""What is written about a message: within the team, or between the team and its author."""

from datetime import datetime

from sqlalchemy import Row, select

from cafe.corpus.models import Contribution, Question
from cafe.corpus.words import clean_text
from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import db, writing
from cafe.forum.models import Cafe, CafeQuestion
from cafe.moderation.judging import find_judged, is_standing
from cafe.moderation.models import AUDIENCES, Decision, Note
from cafe.people.models import Staff

LONGEST = 2_000
NOT_YOURS = "Ce message n’est pas le vôtre, ou il n’est plus là."


def write_as_staff(key: str, contribution_id: int, audience: str, typed: str, staff_id: int, now: datetime) -> None:
    """A note for the team, or a word to the author; sent twice it is one."""
    if audience not in AUDIENCES:
        raise Refusal("Choisissez à qui vous écrivez.")
    with writing() as session:
        find_judged(session, contribution_id, staff_id)
        _add(session, key, contribution_id, audience, typed, staff_id, now)


def write_as_author(key: str, contribution_id: int, participant_id: int, typed: str, now: datetime) -> None:
    """An author's answer to the team."""
    with writing() as session:
        contribution = session.get(Contribution, contribution_id)
        is_own = contribution is not None and contribution.participant_id == participant_id
        if not is_own or contribution.status == "withdrawn":
            raise NotFound(NOT_YOURS)
        _add(session, key, contribution_id, "author", typed, None, now)


def _add(session, key: str, contribution_id: int, audience: str, typed: str, staff_id: int | None, now: datetime):
    text = clean_text(typed)
    if not text:
        raise Refusal("Écrivez quelques mots, puis touchez Envoyer.")
    if len(text) > LONGEST:
        raise Refusal(f"C’est trop long : {len(text)} signes pour {LONGEST} au plus.")
    known = session.scalar(select(Note).where(Note.key == key))
    if known is None:
        place = {"contribution_id": contribution_id, "audience": audience, "staff_id": staff_id}
        session.add(Note(key=key, text=text, created_at=now, **place))
    elif (known.contribution_id, known.staff_id, known.text) != (contribution_id, staff_id, text):
        raise Conflict("Ce message est déjà parti avec d’autres mots. Votre texte est gardé ici.")


def notes(contribution_id: int) -> dict[str, list[Row]]:
    """What was written, by audience, oldest first: text, moment, login (none: the author wrote it)."""
    query = (
        select(Note.audience, Note.text, Note.created_at, Staff.login)
        .outerjoin(Staff, Staff.id == Note.staff_id)
        .where(Note.contribution_id == contribution_id)
        .order_by(Note.id)
    )
    rows = db.session.execute(query).all()
    return {audience: [row for row in rows if row.audience == audience] for audience in AUDIENCES}


def own_message(contribution_id: int, participant_id: int) -> Row:
    """One of this person's messages, its state, its place in a café; it does not exist for anyone else."""
    masked = select(Decision.id).where(Decision.contribution_id == Contribution.id, Decision.action == "mask")
    query = (
        select(
            Contribution.id, Contribution.text, Contribution.status, Contribution.status_reason,
            Contribution.created_at, Contribution.private, Contribution.participant_id,
            Question.text.label("question"), Cafe.slug, Cafe.timezone, CafeQuestion.day, CafeQuestion.n,
            CafeQuestion.visibility, masked.where(is_standing).exists().label("is_masked"),
        )
        .join(Question, Question.id == Contribution.question_id)
        .outerjoin(CafeQuestion, CafeQuestion.question_id == Question.id)
        .outerjoin(Cafe, Cafe.id == CafeQuestion.cafe_id)
        .where(Contribution.id == contribution_id, Contribution.participant_id == participant_id)
    )  # fmt: skip
    row = db.session.execute(query.where(Contribution.status != "withdrawn")).first()
    if row is None:
        raise NotFound(NOT_YOURS)
    return row
