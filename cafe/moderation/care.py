"""Those to take care of: who is in charge, by when, how it ended. For few eyes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, or_, select, union, update
from sqlalchemy.orm import aliased

from cafe.corpus.models import CARES, Contribution, Flag, Question
from cafe.corpus.words import clean_text
from cafe.errors import Conflict, Refusal
from cafe.extensions import run, writing
from cafe.moderation.judging import find_judged
from cafe.moderation.lit import Piece, light
from cafe.moderation.models import Care, Decision
from cafe.moderation.wording import FLAGS
from cafe.people.models import Participant, Staff
from cafe.statements import NewRow

PAGE = 25
# Hours within which one may promise to act; the first is proposed.
DELAYS = {24: "dans les 24 heures", 2: "dans les 2 heures", 72: "dans les 3 jours", 168: "dans la semaine"}
LONGEST = 2_000
_new_care = NewRow(Care, "contribution_id", "opened_at", "outcome")


def open_for(session, contribution_id: int, now: datetime) -> None:
    """Put a contribution on the list; one that was closed opens again."""
    _new_care(contribution_id=contribution_id, opened_at=now, outcome="")
    closed = (Care.contribution_id == contribution_id) & Care.closed_at.is_not(None)
    session.execute(update(Care).where(closed).values(closed_at=None, opened_at=now, staff_id=None, due_at=None))


def close_if_untouched(session, contribution_id: int, opened_at: datetime, now: datetime) -> None:
    """Take off the list what was passed on by mistake, unless someone took it in charge since."""
    untouched = (Care.opened_at == opened_at) & Care.staff_id.is_(None) & Care.closed_at.is_(None)
    session.execute(update(Care).where(Care.contribution_id == contribution_id, untouched).values(closed_at=now))


def take(contribution_id: int, keeper_id: int, hours: int, staff_id: int, now: datetime) -> None:
    """Say who is in charge, and within how many hours."""
    if hours not in DELAYS:
        raise Refusal("Choisissez un délai dans la liste.")
    with writing() as session:
        find_judged(session, contribution_id, staff_id)
        login = session.scalar(_keepers.where(Staff.id == keeper_id))
        if login is None:
            raise Refusal("Choisissez dans la liste qui s’en charge.")
        _open_or_refuse(session, contribution_id, now)
        care = session.get(Care, contribution_id, populate_existing=True)
        care.staff_id, care.due_at = keeper_id, now + timedelta(hours=hours)
        _note(session, contribution_id, "care_taken", f"{login}, {DELAYS[hours]}", staff_id, now)


def close(contribution_id: int, outcome: str, staff_id: int, now: datetime) -> None:
    """Note what was done, and take the contribution off the list."""
    outcome = clean_text(outcome)
    if not outcome:
        raise Refusal("Notez en quelques mots ce qui a été fait.")
    if len(outcome) > LONGEST:
        raise Refusal(f"Cette note est trop longue : {len(outcome)} signes pour {LONGEST} au plus.")
    with writing() as session:
        find_judged(session, contribution_id, staff_id)
        _open_or_refuse(session, contribution_id, now)
        care = session.get(Care, contribution_id, populate_existing=True)
        care.outcome, care.closed_at = outcome, now
        signs = (Flag.contribution_id == contribution_id) & _is_sign
        session.execute(update(Flag).where(signs).values(settled_at=now))
        _note(session, contribution_id, "care_closed", outcome[:300], staff_id, now)


def _open_or_refuse(session, contribution_id: int, now: datetime) -> None:
    """Only what is on the list is taken in charge: signs not dealt with, or a row still open."""
    signs = session.scalar(select(Flag.id).where(Flag.contribution_id == contribution_id, _is_sign).limit(1))
    row = session.get(Care, contribution_id, populate_existing=True)
    if signs is None and (row is None or row.closed_at is not None):
        raise Conflict("Ce message n’est plus dans la liste : quelqu’un s’en est occupé.")
    open_for(session, contribution_id, now)


def _note(session, contribution_id: int, action: str, detail: str, staff_id: int, now: datetime) -> None:
    decision = {"staff_id": staff_id, "action": action, "detail": detail, "decided_at": now}
    session.add(Decision(contribution_id=contribution_id, **decision))


@dataclass
class Case:
    """Someone to take care of, as the list shows them."""

    id: int
    author: str
    question: str
    text: str
    status: str
    created_at: datetime
    opened_at: datetime | None
    due_at: datetime | None
    keeper_id: int | None
    keeper: str | None
    is_late: bool
    flags: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return list(dict.fromkeys(label for _, _, label in self.flags))

    @property
    def pieces(self) -> list[Piece]:
        return light(self.text, self.flags)


_is_sign = Flag.kind.in_(CARES) & Flag.settled_at.is_(None)
_on_list = union(
    select(Flag.contribution_id.label("id")).where(_is_sign),
    select(Care.contribution_id).where(Care.closed_at.is_(None)),
).subquery()
_keeper = aliased(Staff)
_open = (Care.contribution_id == Contribution.id) & Care.closed_at.is_(None)
_is_late = Care.due_at < bindparam("now")
_is_for = (Contribution.status != "withdrawn") & (Contribution.participant_id != bindparam("own"))
_cases = (
    select(
        Contribution.id, Participant.pseudonym, Question.text, Contribution.text, Contribution.status,
        Contribution.created_at, Care.opened_at, Care.due_at, Care.staff_id, _keeper.login,
        func.coalesce(_is_late, False),
    )
    .join(_on_list, _on_list.c.id == Contribution.id)
    .join(Participant, Participant.id == Contribution.participant_id)
    .join(Question, Question.id == Contribution.question_id)
    .outerjoin(Care, _open)
    .outerjoin(_keeper, _keeper.id == Care.staff_id)
    .where(_is_for)
    # The late ones, then those whom nobody took in charge, then the others as they fall due.
    .order_by(case((_is_late, 0), (Care.staff_id.is_(None), 1), else_=2), Care.due_at, Contribution.id)
    .limit(PAGE)
    .offset(bindparam("start"))
)  # fmt: skip
_how_many = (
    select(func.count()).select_from(Contribution).join(_on_list, _on_list.c.id == Contribution.id).where(_is_for)
)
_signs = (
    select(Flag.contribution_id, Flag.start, Flag.end, Flag.kind)
    .where(Flag.contribution_id.in_(bindparam("ids", expanding=True)), _is_sign)
    .order_by(Flag.start)
)
_may_care = or_(Staff.role == "organiser", (Staff.role == "moderator") & Staff.cares) & Staff.closed_at.is_(None)
_keepers = select(Staff.login).where(_may_care)


def cases(own: int | None, page: int, now: datetime) -> tuple[list[Case], int]:
    """One page of the list, the late ones first, and how many there are; one's own words are for others."""
    values = {"own": own or 0, "now": now, "start": (page - 1) * PAGE}
    found = [Case(*row) for row in run(_cases, values)]
    by_id = {one.id: one for one in found}
    for number, start, end, kind in run(_signs, {"ids": list(by_id)}) if found else ():
        by_id[number].flags.append((start, end, FLAGS[kind]))
    return found, run(_how_many, {"own": own or 0}).scalar()


def keepers() -> list[tuple[int, str]]:
    """Those who may take someone in charge."""
    query = select(Staff.id, Staff.login).where(_may_care).order_by(Staff.login)
    return list(run(query).tuples())


def signs_of(contribution_id: int) -> list[tuple[int, int, str]]:
    """The passages of one contribution that call for care, dealt with or not: start, end, label."""
    here = select(Flag.start, Flag.end, Flag.kind).where(Flag.contribution_id == contribution_id, Flag.kind.in_(CARES))
    return [(start, end, FLAGS[kind]) for start, end, kind in run(here)]
