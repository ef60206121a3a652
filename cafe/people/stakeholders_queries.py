"""What the pages of the stakeholders read: a fixed number of queries, however many there are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from cafe.extensions import db
from cafe.people.models import (
    Contact,
    Group,
    Participant,
    Staff,
    Stakeholder,
    StakeholderParticipant,
    StakeholderStatus,
)
from cafe.people.queries import contains
from cafe.zones import PARIS

PAGE = 50
# Someone invited is given this long to answer.
PATIENCE = timedelta(days=14)
NOBODY = "personne"


def today(now: datetime) -> date:
    """The day that the team lives in."""
    return now.astimezone(PARIS).date()


def is_overdue(day: date) -> ColumnElement:
    """A next step whose day has passed, unless they declined."""
    return (Stakeholder.next_on < day) & (Stakeholder.status != "declined")


def is_unanswered(now: datetime) -> ColumnElement:
    """Invited long ago, without an answer."""
    return (Stakeholder.status == "invited") & (Stakeholder.status_at < now - PATIENCE)


@dataclass(frozen=True)
class Search:
    """What is looked for; `by_name` once real names may be read, `own`: of whom alone one may read, 0 for all."""

    words: str = ""
    group: str = ""
    status: str = ""
    follower: str = ""
    late: bool = False
    page: int = 1
    by_name: bool = False
    own: int = 0

    def link(self, **change) -> dict:
        """The query of the same list with one thing changed."""
        current = {
            "mots": self.words, "groupe": self.group, "statut": self.status, "suivi": self.follower,
            "retard": "1" if self.late else "", "page": self.page,
        }  # fmt: skip
        return {name: value for name, value in (current | change).items() if value}

    @property
    def filters(self) -> bool:
        return bool(self.words or self.group or self.status or self.follower or self.late or self.page > 1)


_stakeholder = (
    select(
        Stakeholder.id, Stakeholder.label, Stakeholder.group_code, Group.label.label("group"), Stakeholder.subgroup,
        Stakeholder.place, Stakeholder.status, Stakeholder.status_at, Stakeholder.follower_id,
        Staff.login.label("follower"), Stakeholder.next_step, Stakeholder.next_on, Stakeholder.notes,
    )
    .join(Group, Group.code == Stakeholder.group_code)
    .outerjoin(Staff, Staff.id == Stakeholder.follower_id)
)  # fmt: skip
_order = Stakeholder.label, Stakeholder.id


def find_stakeholders(search: Search, now: datetime) -> tuple[list[Row], int]:
    """One page of those that match, and how many there are in all."""
    found = _matching(search, now)
    total = db.session.scalar(select(func.count()).select_from(found.subquery()))
    page = found.order_by(*_order).limit(PAGE).offset((search.page - 1) * PAGE)
    return list(db.session.execute(page)), total


def _matching(search: Search, now: datetime) -> Select:
    found, columns = _stakeholder, [Stakeholder.label, Stakeholder.subgroup, Stakeholder.place]
    if search.by_name:
        found = found.add_columns(Contact.name).outerjoin(Contact, Contact.stakeholder_id == Stakeholder.id)
        columns += [Contact.name, Contact.email, Contact.phone]
    if search.own:
        found = found.where(Stakeholder.follower_id == search.own)
    for column, wanted in ((Stakeholder.group_code, search.group), (Stakeholder.status, search.status)):
        found = found.where(column == wanted) if wanted else found
    if search.follower:
        nobody = search.follower == NOBODY
        found = found.where(Stakeholder.follower_id.is_(None) if nobody else Staff.login == search.follower)
    if search.late:
        found = found.where(or_(is_overdue(today(now)), is_unanswered(now)))
    if search.words:
        found = found.where(or_(*(contains(column, search.words) for column in columns)))
    return found


def every_stakeholder() -> list[Row]:
    """All of them, in the order of a file to share: neither names nor contacts."""
    return list(db.session.execute(_stakeholder.order_by(Stakeholder.group_code, Stakeholder.subgroup, *_order)))


def find_stakeholder(stakeholder_id: int) -> Row | None:
    return db.session.execute(_stakeholder.where(Stakeholder.id == stakeholder_id)).first()


def contact_of(stakeholder_id: int) -> Row | None:
    """Who they really are; for those alone who may know."""
    wanted = select(Contact.name, Contact.email, Contact.phone).where(Contact.stakeholder_id == stakeholder_id)
    return db.session.execute(wanted).first()


def statuses_of(stakeholder_id: int) -> list[Row]:
    """The statuses that they came to, latest first, each with its date and who wrote it."""
    query = select(StakeholderStatus.status, StakeholderStatus.at, Staff.login).join(Staff)
    here = query.where(StakeholderStatus.stakeholder_id == stakeholder_id)
    return list(db.session.execute(here.order_by(StakeholderStatus.id.desc())))


def people_of(stakeholder_id: int) -> list[Row]:
    """The participants that they became."""
    query = select(Participant.id, Participant.pseudonym).join(StakeholderParticipant)
    here = StakeholderParticipant.stakeholder_id == stakeholder_id, Participant.erased_at.is_(None)
    return list(db.session.execute(query.where(*here).order_by(Participant.pseudonym)))


def followers() -> list[str]:
    """The logins of those who may follow someone."""
    open_accounts = Staff.closed_at.is_(None), Staff.role.in_(("interviewer", "organiser"))
    return list(db.session.scalars(select(Staff.login).where(*open_accounts).order_by(Staff.login)))


@dataclass(frozen=True)
class Waiting:
    """What is late among the stakeholders."""

    overdue: int
    unanswered: int


def waiting(now: datetime) -> Waiting:
    """How many next steps have passed their day, and how many invited people have not answered."""
    counts = (select(func.count(Stakeholder.id)).where(late) for late in (is_overdue(today(now)), is_unanswered(now)))
    return Waiting(*db.session.execute(select(*(count.scalar_subquery() for count in counts))).one())
