"""Who came and who answered, person by day, for those who run the café."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, func, not_, select

from cafe.corpus.models import Contribution
from cafe.extensions import db
from cafe.forum.cafes import is_invited
from cafe.forum.models import CafeQuestion, Draft, Seen
from cafe.forum.schedule import current_day
from cafe.people.models import Card, Group, Participant, Visit

PAGE = 50
# Later states win: who answered also read.
STATES = ("never", "read", "draft", "answered")


@dataclass(frozen=True)
class Line:
    """One person: their state on each day that has opened, day 1 first; `seen_at`: when they last opened a page."""

    id: int
    pseudonym: str
    group: str
    seen_at: datetime | None
    states: tuple[str, ...]


@dataclass(frozen=True)
class Attendance:
    """A page of people, how many there are under the filters, and how many are in each state on the day asked for."""

    lines: list[Line]
    found: int
    counts: dict[str, int]
    day: int


def attendance(
    cafe, now: datetime, *, day: int = 0, state: str = "", group: str = "", words: str = "", page: int = 1
) -> Attendance:
    """The grid, filtered by the state on a day (today unless told), a group, a part of the pseudonym."""
    today = current_day(cafe, now)
    day = day if 1 <= day <= today else today
    filters = [_has_card, is_invited(cafe.id)]
    if group:
        filters.append(Participant.group_code == group)
    if words:
        filters.append(Participant.pseudonym.icontains(words, autoescape=True))
    counts = _counts(cafe.id, day, filters)
    if state in STATES:
        filters.append(_in_state(cafe.id, day)[state])
    people = (
        select(Participant.id, Participant.pseudonym, Group.label)
        .join(Group, Group.code == Participant.group_code)
        .where(*filters)
        .order_by(Participant.pseudonym, Participant.id)
    )
    found = db.session.scalar(select(func.count()).select_from(people.subquery()))
    rows = db.session.execute(people.limit(PAGE).offset(PAGE * (page - 1))).all()
    return Attendance(_lines(cafe.id, rows, today), found, counts, day)


# Whoever was given a card; those whose words were imported never come.
_has_card = and_(exists().where(Card.participant_id == Participant.id), Participant.erased_at.is_(None))
_stands = Contribution.status != "withdrawn"


def _in_state(cafe_id: int, day: int) -> dict:
    """For each state, the condition that a participant is in it on a day."""
    here = (CafeQuestion.cafe_id == cafe_id) & (CafeQuestion.day == day)
    said = Contribution.question_id == CafeQuestion.question_id
    answered = exists().where(here, said, Contribution.participant_id == Participant.id, _stands)
    began = exists().where(here, Draft.question_id == CafeQuestion.question_id, Draft.participant_id == Participant.id)
    read = exists().where(Seen.cafe_id == cafe_id, Seen.day == day, Seen.participant_id == Participant.id)
    return {
        "answered": answered,
        "draft": and_(not_(answered), began),
        "read": and_(not_(answered), not_(began), read),
        "never": and_(not_(answered), not_(began), not_(read)),
    }


def _counts(cafe_id: int, day: int, filters: list) -> dict[str, int]:
    conditions = _in_state(cafe_id, day)
    query = select(*(func.count().filter(conditions[state]).label(state) for state in STATES))
    return db.session.execute(query.select_from(Participant).where(*filters)).one()._asdict()


def _lines(cafe_id: int, people: list, today: int) -> list[Line]:
    ids = [person.id for person in people]
    states = {person.id: ["never"] * today for person in people}
    for state, query in (("read", _read_days), ("draft", _draft_days), ("answered", _answered_days)):
        for participant_id, day in db.session.execute(query(cafe_id, ids)):
            if 1 <= day <= today:
                states[participant_id][day - 1] = state
    last = select(Visit.participant_id, func.max(Visit.seen_at)).where(Visit.participant_id.in_(ids))
    seen = dict(db.session.execute(last.group_by(Visit.participant_id)).tuples().all())
    return [Line(*person, seen.get(person.id), tuple(states[person.id])) for person in people]


def _read_days(cafe_id: int, ids: list[int]):
    return select(Seen.participant_id, Seen.day).where(Seen.cafe_id == cafe_id, Seen.participant_id.in_(ids))


def _draft_days(cafe_id: int, ids: list[int]):
    days = select(Draft.participant_id, CafeQuestion.day)
    here = days.join(CafeQuestion, CafeQuestion.question_id == Draft.question_id)
    return here.where(CafeQuestion.cafe_id == cafe_id, Draft.participant_id.in_(ids))


def _answered_days(cafe_id: int, ids: list[int]):
    days = select(Contribution.participant_id, CafeQuestion.day).distinct()
    here = days.join(CafeQuestion, CafeQuestion.question_id == Contribution.question_id)
    return here.where(CafeQuestion.cafe_id == cafe_id, Contribution.participant_id.in_(ids), _stands)
