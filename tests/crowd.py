"""A café with as many people and posts as a test asks for, written straight into the base."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import func, insert, select

from cafe.corpus.models import Contribution, Flag, Question, Tag
from cafe.extensions import writing
from cafe.forum.models import Seen
from cafe.guide.models import NoteTaken, Sitting
from cafe.moderation.models import Care, Report
from cafe.people.models import Card, Contact, Participant, Staff

TEXT = "Internet est trop cher pour ma mère, écrivez à personne@exemple.invalid, message"
FLAGGED, REPORTED, CARED, BATCH = 20, 50, 500, 5000


def fill(people: int, posts: int, now: datetime) -> None:
    """Add people with a card, an address and posts spread over the questions; some flagged, reported, to care for."""
    with writing() as session:
        person = {"group_code": "grand_public", "created_at": now}
        made = [person | {"pseudonym": f"Foule {people} {n}"} for n in range(people)]
        ids = list(session.scalars(insert(Participant).returning(Participant.id), made))
        session.execute(
            insert(Card), [{"participant_id": id, "digest": uuid4().hex * 2, "created_at": now} for id in ids]
        )
        session.execute(insert(Contact), [{"participant_id": id, "email": f"f{id}@exemple.invalid"} for id in ids])
        session.execute(
            insert(Seen), [{"cafe_id": 1, "day": 1, "participant_id": id, "first_at": now} for id in ids]
        )
        questions = list(session.scalars(select(Question.id).order_by(Question.id)))
        for start in range(0, posts, BATCH):
            numbers = range(start, min(start + BATCH, posts))
            _add_posts(session, numbers, ids, questions, now - timedelta(days=1))
        _add_interview(session, ids, now)


def _add_interview(session, ids, now) -> None:
    """One more interview; the first one has a note from each post of these people's first."""
    staff_id = session.scalar(select(Staff.id).where(Staff.role == "interviewer"))
    begun = {"way": "interview", "version_id": 1, "staff_id": staff_id, "started_at": now}
    session.execute(insert(Sitting), begun | {"key": uuid4().hex, "participant_id": ids[0]})
    first = session.scalar(select(Sitting.id).order_by(Sitting.id))
    firsts = select(func.min(Contribution.id)).where(Contribution.participant_id.in_(ids))
    notes = session.scalars(firsts.group_by(Contribution.participant_id))
    note = {"sitting_id": first, "step": "liens"}
    rows = [note | {"contribution_id": number, "place": place} for place, number in enumerate(notes, 1)]
    session.execute(insert(NoteTaken), rows)


def _add_posts(session, numbers, ids, questions, moment) -> None:
    rows = [
        {
            "key": uuid4().hex, "posted_digest": "", "participant_id": ids[n % len(ids)], "source": "cafe",
            "question_id": questions[n // len(ids) % len(questions)], "text": f"{TEXT} {n}", "created_at": moment,
        }
        for n in numbers
    ]  # fmt: skip
    made = list(session.scalars(insert(Contribution).returning(Contribution.id), rows))
    tag = {"family": "freins", "code": "cout_internet", "start": 0, "end": 22, "referential": 1}
    session.execute(insert(Tag), [tag | {"contribution_id": id} for id in made])
    place = {"start": 49, "end": 70}
    flags = [place | {"contribution_id": id, "kind": "email"} for id in made[::FLAGGED]]
    flags += [place | {"contribution_id": id, "kind": "distress"} for id in made[::CARED]]
    session.execute(insert(Flag), flags)
    report = {"reason": "hurtful", "created_at": moment, "participant_id": ids[0]}
    session.execute(insert(Report), [report | {"contribution_id": id} for id in made[1::REPORTED]])
    session.execute(insert(Care), [{"contribution_id": id, "opened_at": moment} for id in made[::CARED]])
