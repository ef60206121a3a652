"""What the lists and the polls of workshops read, and what a phone may know of a room."""

from sqlalchemy import Row, func, select

from cafe.corpus.models import Contribution
from cafe.extensions import run
from cafe.guide.workshop_models import Seat, Workshop, WorkshopNote
from cafe.people.models import Group, Participant


def notes_of(workshop_id: int, step: str = "") -> list[Row]:
    """The notes of a room, latest first, each with who signs it; those of one step when it is named."""
    query = (
        select(Contribution.text, Participant.id.label("author"), Participant.pseudonym, WorkshopNote.minority)
        .join(WorkshopNote, WorkshopNote.contribution_id == Contribution.id)
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(WorkshopNote.workshop_id == workshop_id, Contribution.status == "published")
        .order_by(Contribution.id.desc())
    )
    return list(run(query.where(WorkshopNote.step == step) if step else query))


def all_workshops() -> list[Row]:
    """Every workshop, latest first: label, day, place, group, people present, whether it is over."""
    here = Seat.consented_at.is_not(None) & (Seat.workshop_id == Workshop.id)
    people = select(func.count()).select_from(Seat).where(here).correlate(Workshop).scalar_subquery()
    query = select(
        Workshop.id, Workshop.label, Workshop.held_on, Workshop.place, Group.label.label("group"), Workshop.closed_at,
        people.label("people"),
    )  # fmt: skip
    query = query.join(Group, Group.code == Workshop.group_code)
    return list(run(query.order_by(Workshop.held_on.desc(), Workshop.id.desc())))


def find_changed(workshop_id: int) -> int | None:
    """How often the room changed: all that a poll with nothing new has to read."""
    return run(select(Workshop.changed).where(Workshop.id == workshop_id)).scalar()


def seat_of(participant_id: int | None, code: str) -> Row | None:
    """Someone's seat in the open workshop of this code, if they have one and did not leave."""
    query = (
        select(Seat.id, Seat.workshop_id, Seat.number, Seat.sitting_id, Workshop.step, Workshop.label)
        .join(Workshop)
        .where(Workshop.code == code, Workshop.closed_at.is_(None))
        .where(Seat.participant_id == participant_id, Seat.left_at.is_(None))
    )
    return run(query).first()


def free_seats(code: str) -> tuple[str, list[Row]] | None:
    """The label of the open workshop of this code and the seats that a phone may take; None when there is none."""
    label = run(select(Workshop.label).where(Workshop.code == code, Workshop.closed_at.is_(None))).scalar()
    if label is None:
        return None
    free = Seat.consented_at.is_not(None), Seat.claimed_at.is_(None), Seat.left_at.is_(None)
    query = select(Seat.number, Participant.pseudonym).join(Participant).join(Workshop, Workshop.id == Seat.workshop_id)
    return label, list(run(query.where(Workshop.code == code, *free).order_by(Seat.number)))
