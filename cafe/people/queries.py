"""What the doors and the organiser's desk read: a fixed number of queries, however many people there are."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, and_, func, or_, select

from cafe.extensions import db
from cafe.people.models import (
    Card,
    Consent,
    ConsentWording,
    Contact,
    Dialogue,
    Group,
    Participant,
    Phase,
    Staff,
    Stakeholder,
    Subgroup,
    Visit,
)
from cafe.statements import Ready

PAGE = 50
# People heard elsewhere and imported with their texts: they have no card and are never invited.
IMPORTED = "import-"
invited = and_(Participant.erased_at.is_(None), ~Participant.pseudonym.startswith(IMPORTED))

_dialogue = Ready(select(Dialogue.title, Dialogue.fictional))
_latest_version = select(func.max(ConsentWording.version)).scalar_subquery()
_theirs = Card.participant_id == Participant.id, Card.revoked_at.is_(None)
_card = select(func.max(Card.created_at)).where(*_theirs).correlate(Participant).scalar_subquery()
_consent = (
    select(Consent.given_at)
    .where(Consent.participant_id == Participant.id, Consent.version == _latest_version)
    .correlate(Participant)
    .scalar_subquery()
)
_seen = (
    select(func.max(Visit.seen_at))
    .where(Visit.participant_id == Participant.id)
    .correlate(Participant)
    .scalar_subquery()
)


def the_dialogue() -> tuple | None:
    """Its title, and whether it is fictional; every page of the team reads it."""
    return _dialogue.first()


def latest_wording() -> ConsentWording | None:
    return db.session.scalar(select(ConsentWording).order_by(ConsentWording.version.desc()))


def all_groups() -> list[Group]:
    return list(db.session.scalars(select(Group).order_by(Group.code)))


def preparation() -> Row:
    """How far the dialogue is ready: its title, and how many of each thing there are."""
    people = select(func.count()).select_from(Participant).where(invited)
    counts = {
        "title": select(Dialogue.title),
        "groups": select(func.count()).select_from(Group),
        "phases": select(func.count()).select_from(Phase),
        "stakeholders": select(func.count()).select_from(Stakeholder),
        "people": people,
        "version": select(func.max(ConsentWording.version)),
        "consents": people.where(_consent.is_not(None)),
        "cards": people.where(_card.is_not(None)),
        "staff": select(func.count()).select_from(Staff).where(Staff.closed_at.is_(None)),
    }
    return db.session.execute(select(*(count.scalar_subquery().label(name) for name, count in counts.items()))).one()


@dataclass(frozen=True)
class GroupLine:
    group: Group
    people: int
    subgroups: tuple[str, ...]


def groups_with_people() -> list[GroupLine]:
    """Each group, how many people it has, and its subgroups."""
    counted = select(Participant.group_code, func.count()).group_by(Participant.group_code)
    people = dict(db.session.execute(counted).tuples().all())
    subgroups: dict[str, list[str]] = {}
    for code, label in db.session.execute(select(Subgroup.group_code, Subgroup.label).order_by(Subgroup.label)):
        subgroups.setdefault(code, []).append(label)
    return [GroupLine(group, people.get(group.code, 0), tuple(subgroups.get(group.code, ()))) for group in all_groups()]


@dataclass(frozen=True)
class Search:
    """What the organiser looks for; `by_name` once a second factor lets real names be read."""

    words: str = ""
    group: str = ""
    page: int = 1
    by_name: bool = False

    def link(self, **change) -> dict:
        """The query of the same list with one thing changed."""
        current = {"mots": self.words, "groupe": self.group, "page": self.page}
        return {name: value for name, value in (current | change).items() if value}


_person = (
    select(
        Participant.id, Participant.pseudonym, Participant.group_code, Group.label.label("group"),
        Participant.subgroup, Participant.profile, Participant.target, Participant.place,
        Contact.name, Contact.email, Contact.phone, Contact.stopped_at,
        _consent.label("consent"), _card.label("card"), _seen.label("seen"),
    )
    .join(Group, Group.code == Participant.group_code)
    .outerjoin(Contact, Contact.participant_id == Participant.id)
    .where(invited)
)  # fmt: skip


def find_people(search: Search) -> tuple[list[Row], int]:
    """One page of the people who match, and how many there are in all."""
    columns = [Participant.pseudonym, Participant.subgroup, Participant.place]
    if search.by_name:
        columns += [Contact.name, Contact.email, Contact.phone]
    found = _person.where(Participant.group_code == search.group) if search.group else _person
    if search.words:
        found = found.where(or_(*(contains(column, search.words) for column in columns)))
    total = db.session.scalar(select(func.count()).select_from(found.subquery()))
    return list(db.session.execute(_page(found, search.page))), total


def contains(column, words: str):
    """The column holds these words, whatever their capitals."""
    # SQLite lowers ASCII letters alone: « É » is found as typed, or as a capital.
    variants = {words, words.capitalize(), words.title()}
    return or_(
        func.lower(column).contains(words.lower(), autoescape=True),
        *(column.contains(variant, autoescape=True) for variant in sorted(variants)),
    )


def _page(query: Select, page: int) -> Select:
    return query.order_by(Participant.pseudonym, Participant.id).limit(PAGE).offset((page - 1) * PAGE)


def find_person(participant_id: int) -> Row | None:
    return db.session.execute(_person.where(Participant.id == participant_id)).first()


def wordings() -> list[tuple[int, str, datetime, int]]:
    """Every text of consent, latest first: version, text, date, how many people gave it."""
    given = select(func.count()).where(Consent.version == ConsentWording.version).correlate(ConsentWording)
    query = select(
        ConsentWording.version, ConsentWording.text, ConsentWording.created_at, given.scalar_subquery().label("given")
    )
    return list(db.session.execute(query.order_by(ConsentWording.version.desc())).tuples())


_staff_seen = select(func.max(Visit.seen_at)).where(Visit.staff_id == Staff.id).correlate(Staff).scalar_subquery()
_account = (
    select(
        Staff.id, Staff.login, Staff.role, Staff.cares, Staff.closed_at, Participant.pseudonym, Contact.email,
        (Staff.totp_secret != "").label("has_code"),
        _staff_seen.label("seen"),
    )
    .outerjoin(Participant, Participant.id == Staff.participant_id)
    .outerjoin(Contact, Contact.staff_id == Staff.id)
)  # fmt: skip


def accounts() -> list[Row]:
    """The team's accounts, the open ones first."""
    return list(db.session.execute(_account.order_by(Staff.closed_at.is_not(None), Staff.login)))


def find_account(staff_id: int) -> Row | None:
    """An account that is still open."""
    return db.session.execute(_account.where(Staff.id == staff_id, Staff.closed_at.is_(None))).first()
