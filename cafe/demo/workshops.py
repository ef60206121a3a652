"""Four made-up workshops of beneficiaries, eight people each; three are over, the last is held today."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from sqlalchemy import delete, select, update

from cafe.demo.guide_fiction import answer_all, draw_voice
from cafe.demo.guide_rows import Sitter, add_sittings
from cafe.demo.questionnaires import GROUP, PROFILES
from cafe.extensions import db
from cafe.guide import workshops
from cafe.guide.engine import find_step
from cafe.guide.models import Sitting
from cafe.guide.published import Published, current_guide
from cafe.guide.workshop_models import Seat, Workshop
from cafe.guide.workshop_notes import NewNote, take_note
from cafe.people.models import Staff
from cafe.web import key_of

SEED, SEATS, LIENS = 8, 8, "liens"
# Label, subgroup, place, how many days ago.
ROOMS = (
    ("Atelier jeunes, Nord", "Jeunes en insertion", "Ville du nord", 12),
    ("Atelier jeunes, Sud", "Jeunes en insertion", "Ville du sud", 9),
    ("Atelier emploi, Nord", "Demandeurs d’emploi", "Ville du nord", 5),
    ("Atelier femmes, Est", "Femmes", "Quartier est", 0),
)
# Who says it (0: the room), the words, whether few held it.
NOTES = (
    (0, "Sans Internet, on passe pour quelqu’un qui ne veut pas faire ses papiers.", False),
    (0, "Quand le forfait est fini, tout s’arrête : les démarches, l’école, les rendez-vous.", False),
    (3, "Moi, cela m’a sorti de chez moi. Je ne reviendrais pas en arrière.", True),
)


def add_workshops(now: datetime) -> None:
    """The four rooms, all that their people answered, the notes; same seed, same answers."""
    draw, version = Random(SEED), current_guide()
    host = db.session.scalar(select(Staff.id).where(Staff.role == "interviewer"))
    for label, subgroup, place, ago in ROOMS:
        moment = now - timedelta(days=ago, hours=0 if ago == 0 else 3)
        new = workshops.NewWorkshop(label, place, moment.date(), GROUP, subgroup, SEATS)
        number = workshops.open_workshop(new, str(UUID(int=draw.getrandbits(128), version=4)), host, moment)
        seats = list(db.session.scalars(select(Seat).where(Seat.workshop_id == number).order_by(Seat.number)))
        profiles = {seat.id: draw.choice(PROFILES) for seat in seats}
        workshops.describe_seats(number, profiles, set(profiles), moment)
        _answer(version, seats, subgroup, host, draw, moment - timedelta(hours=2))
        _note(db.session.get(Workshop, number), version, seats, moment)
        if ago:
            workshops.close(number, moment)


def _answer(version: Published, seats: list[Seat], subgroup: str, host: int, draw: Random, moment: datetime) -> None:
    """Each seat's whole guide, in the place of the empty sitting that the seat came with."""
    sitters = []
    for seat in seats:
        given = answer_all(version.guide, "workshop", draw_voice(draw, GROUP, subgroup), draw)
        key = str(UUID(int=draw.getrandbits(128), version=4))
        sitters.append(Sitter(seat.participant_id, key, given, moment, False, host))
    empty = [seat.sitting_id for seat in seats]
    for seat, number in zip(seats, add_sittings(version, "workshop", sitters, key_of("cards")), strict=True):
        db.session.execute(update(Seat).where(Seat.id == seat.id).values(sitting_id=number))
    db.session.execute(delete(Sitting).where(Sitting.id.in_(empty)))


def _note(workshop: Workshop, version: Published, seats: list[Seat], moment: datetime) -> None:
    step = find_step(version.guide, {}, "workshop", LIENS)
    for place, (number, text, minority) in enumerate(NOTES):
        seat = seats[number - 1].id if number else 0
        key = str(uuid5(UUID(workshop.key), str(place)))
        take_note(workshop, step, version.guide, NewNote(key, seat, text, minority), key_of("cards"), moment)
    workshops.ask(workshop.id, LIENS)
