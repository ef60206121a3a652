"""What may be done with a workshop: open it, seat its people, ask a question, come in by phone, leave, close."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import select

from cafe.corpus import services as corpus
from cafe.corpus.models import Contribution
from cafe.errors import NotFound, Refusal
from cafe.extensions import writing
from cafe.guide import services as sittings
from cafe.guide.published import current_guide
from cafe.guide.workshop_models import Seat, Workshop
from cafe.people.fields import Person, clean, quoted
from cafe.people.models import Participant
from cafe.people.queries import latest_wording
from cafe.people.roster import Roll
from cafe.people.services import erase_participant, give_consent
from cafe.people.visits import end_visits_of

# Neither 0 nor O, neither 1 nor I: read from the back of a room, typed on a small screen.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH, MOST_SEATS = 6, 40
GONE = "Cet atelier n’existe pas, ou il est fini."
NO_SEAT = "Cette place n’est pas libre. Choisissez-en une autre, ou demandez à la personne qui anime."


@dataclass(frozen=True)
class NewWorkshop:
    """A workshop as its form tells it; `seats`: how many people are expected."""

    label: str
    place: str
    held_on: date | None
    group: str
    subgroup: str
    seats: int


def open_workshop(new: NewWorkshop, key: str, staff_id: int, now: datetime) -> int:
    """Open a room with its seats; the same form sent again opens no other."""
    with writing() as session:
        known = session.scalar(select(Workshop.id).where(Workshop.key == key))
        if known:
            return known
        version, roll = current_guide(), Roll(session)
        _check(session, new, version)
        group, subgroup = roll.spheres.find(new.group, new.subgroup)
        shared = {"group_code": group.code, "subgroup": subgroup, "place": new.place}
        room = Participant(pseudonym=f"La salle, {new.label}"[:60], cluster=new.label, created_at=now, **shared)
        session.add(room)
        session.flush()
        workshop = Workshop(
            key=key, code=_draw_code(), label=new.label, held_on=new.held_on, version_id=version.id, staff_id=staff_id,
            room_id=room.id, created_at=now, **shared,
        )  # fmt: skip
        session.add(workshop)
        session.flush()
        _seat(session, roll, workshop, range(1, new.seats + 1), now)
    return workshop.id


def _check(session, new: NewWorkshop, version) -> None:
    if not 1 <= len(new.label) <= 50:
        raise Refusal("Donnez un nom à l’atelier, de 50 signes au plus.")
    if new.held_on is None:
        raise Refusal("Dites quel jour l’atelier se tient.")
    if not 1 <= new.seats <= MOST_SEATS:
        raise Refusal(f"Un atelier a de 1 à {MOST_SEATS} places.")
    if version is None:
        raise Refusal("Aucun guide n’est publié : l’atelier n’aurait rien à demander.")
    if session.scalar(select(Workshop.id).where(Workshop.label == new.label)):
        raise Refusal(f"Un atelier s’appelle déjà {quoted(new.label)}.")


def _draw_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def _seat(session, roll: Roll, workshop: Workshop, numbers: range, now: datetime) -> None:
    """Seats under pseudonyms drawn for them, each with its sitting."""
    person = Person(group=workshop.group_code, subgroup=workshop.subgroup, place=workshop.place)
    people = [
        Participant(created_at=now, cluster=workshop.label, **roll.place(person, number)) for number in numbers
    ]
    session.add_all(people)
    session.flush()
    for number, someone in zip(numbers, people, strict=True):
        sitting = sittings.start(
            str(uuid4()), someone.id, workshop.version_id, "workshop", now, staff_id=workshop.staff_id
        )
        session.add(Seat(workshop_id=workshop.id, number=number, participant_id=someone.id, sitting_id=sitting))


def add_seat(workshop_id: int, number: int, now: datetime) -> None:
    """Add the seat of this number for someone who comes late; said twice, it stays one."""
    with writing() as session:
        workshop = change(session, workshop_id)
        taken = set(session.scalars(select(Seat.number).where(Seat.workshop_id == workshop_id)))
        if number > MOST_SEATS or number - 1 not in taken:
            raise Refusal(f"Un atelier a {MOST_SEATS} places au plus, l’une après l’autre.")
        if number not in taken:
            _seat(session, Roll(session), workshop, range(number, number + 1), now)


def change(session, workshop_id: int) -> Workshop:
    """The workshop, for a change that whoever polls will see; raises NotFound once it is closed."""
    workshop = session.get(Workshop, workshop_id, with_for_update=True)
    if workshop is None or workshop.closed_at:
        raise NotFound(GONE)
    workshop.changed += 1
    return workshop


def tell(workshop_id: int) -> None:
    """Say that a phone answered."""
    with writing() as session:
        change(session, workshop_id)


def describe_seats(workshop_id: int, profiles: Mapping[int, str], agreed: set[int], now: datetime) -> None:
    """Say who sits where, and who agreed: a consent is dated once, and taken back by leaving."""
    with writing() as session:
        change(session, workshop_id)
        wording = latest_wording()
        for seat in session.scalars(select(Seat).where(Seat.workshop_id == workshop_id, Seat.left_at.is_(None))):
            profile = clean(profiles.get(seat.id, ""))
            if len(profile) > 80:
                raise Refusal("Un profil a 80 signes au plus.")
            session.get(Participant, seat.participant_id).profile = profile
            if seat.id in agreed and seat.consented_at is None:
                seat.consented_at = now
                give_consent(seat.participant_id, wording.version, now)


def ask(workshop_id: int, step: str) -> None:
    """Make this the room's question."""
    with writing() as session:
        change(session, workshop_id).step = step


def claim(code: str, number: int, now: datetime) -> int:
    """Take a seat by phone; returns its participant. A seat has one phone, and its person has agreed."""
    with writing() as session:
        workshop_id = session.scalar(select(Workshop.id).where(Workshop.code == code))
        change(session, workshop_id or 0)
        here = Seat.workshop_id == workshop_id, Seat.number == number
        seat = session.scalar(select(Seat).where(*here).with_for_update())
        if seat is None or seat.left_at or seat.claimed_at or seat.consented_at is None:
            raise Refusal(NO_SEAT)
        seat.claimed_at = now
        return seat.participant_id


def _seat_of(session, workshop_id: int, seat_id: int) -> Seat:
    change(session, workshop_id)
    seat = session.get(Seat, seat_id)
    if seat is None or seat.workshop_id != workshop_id or seat.left_at:
        raise NotFound("Cette place n’est plus occupée.")
    return seat


def free(workshop_id: int, seat_id: int, now: datetime) -> None:
    """Let another phone take a seat; the one that had it is out."""
    with writing() as session:
        seat = _seat_of(session, workshop_id, seat_id)
        seat.claimed_at = None
        end_visits_of([seat.participant_id], now)


def leave(workshop_id: int, seat_id: int, withdraws: bool, now: datetime) -> None:
    """Someone leaves: what they gave stays, or goes with them."""
    with writing() as session:
        seat = _seat_of(session, workshop_id, seat_id)
        seat.left_at = now
        if withdraws:
            _erase(session, seat, now)
        end_visits_of([seat.participant_id], now)


def _erase(session, seat: Seat, now: datetime) -> None:
    sittings.erase(seat.sitting_id, now)
    here = Contribution.participant_id == seat.participant_id, Contribution.status != "withdrawn"
    for number in session.scalars(select(Contribution.id).where(*here)).all():
        corpus.withdraw(number, seat.participant_id, now)
    erase_participant(seat.participant_id, now)


def close(workshop_id: int, now: datetime) -> None:
    """End a workshop: its code opens nothing more, its phones are out, what was given stays."""
    with writing() as session:
        change(session, workshop_id).closed_at = now
        end_visits_of(list(session.scalars(select(Seat.participant_id).where(Seat.workshop_id == workshop_id))), now)
