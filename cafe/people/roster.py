"""Who is invited: people added one by one or from a file, corrected, each known once."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import select

from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import writing
from cafe.people.fields import LABELS, Person, fold, phone_digits, quoted
from cafe.people.models import Contact, Dialogue, Participant
from cafe.people.queries import IMPORTED
from cafe.people.spheres import Spheres
from cafe.people.spreadsheets import Sheet

PSEUDONYMS = Path(__file__).with_name("pseudonyms.txt")


@cache
def pseudonym_list() -> tuple[str, ...]:
    return tuple(PSEUDONYMS.read_text(encoding="utf-8").split())


@dataclass(frozen=True)
class Report:
    """What became of a file's lines; `refused` gives each one's number and the reason."""

    added: int
    known: int
    refused: list[tuple[int, str]]
    left_aside: tuple[str, ...]


class Roll:
    """Everyone known to the base, and to the file as it is read: who is who, and which pseudonyms are taken."""

    def __init__(self, session, apart_from: int = 0):
        # Two organisers who add people at once come one after the other; SQLite's write lock does it already.
        session.execute(select(Dialogue.id).with_for_update())
        self.spheres = Spheres(session)
        self.lines: dict[tuple[str, str], int] = {}
        self.taken: set[str] = set()
        # What other lines of the file ask for is not drawn.
        self.reserved: set[str] = set()
        self.drawn = _shuffled()
        people = select(Participant.pseudonym, Contact.name, Contact.email, Contact.phone).outerjoin(
            Contact, Contact.participant_id == Participant.id
        )
        for pseudonym, name, email, phone in session.execute(people.where(Participant.id != apart_from)):
            self._note(Person(pseudonym=pseudonym, name=name or "", email=email or "", phone=phone or ""), 0)

    def _note(self, person: Person, line: int) -> None:
        marks = {
            "email": person.email, "phone": phone_digits(person.phone),
            "name": fold(person.name), "pseudonym": fold(person.pseudonym),
        }  # fmt: skip
        for mark in marks.items():
            if mark[1]:
                self.lines.setdefault(mark, line)
        self.taken.add(marks["pseudonym"])

    def knows(self, person: Person) -> bool:
        """Whether the base has this person already; refused when it is the file that says them twice."""
        line = self.lines.get(person.identity)
        if line:
            raise Refusal(f"Cette personne est déjà à la ligne {line} : même {LABELS[person.identity[0]]}.")
        return line == 0

    def place(self, person: Person, line: int = 0) -> dict:
        """The participant's columns, once group, subgroup and pseudonym are found good; they are taken from then on."""
        group, subgroup = self.spheres.find(person.group, person.subgroup)
        pseudonym = person.pseudonym or self.draw()
        if not fold(pseudonym) or pseudonym.startswith(IMPORTED):
            raise Refusal(f"Le pseudonyme {quoted(pseudonym)} ne convient pas : écrivez des lettres.")
        if fold(pseudonym) in self.taken:
            raise Refusal(f"Le pseudonyme {quoted(pseudonym)} est déjà pris.")
        self._note(replace(person, pseudonym=pseudonym), line)
        return person.profile_fields | {"pseudonym": pseudonym, "group_code": group.code, "subgroup": subgroup}

    def draw(self) -> str:
        """A pseudonym that nobody has and that no other line asks for."""
        return next(name for name in self.drawn if fold(name) not in self.taken and fold(name) not in self.reserved)


def _shuffled() -> Iterator[str]:
    """The list's pseudonyms in an order of chance; once all are given, they come again with a number."""
    for turn in count(1):
        names = list(pseudonym_list())
        secrets.SystemRandom().shuffle(names)
        yield from (name if turn == 1 else f"{name} {turn}" for name in names)


def invite(sheet: Sheet, now: datetime) -> Report:
    """Add the good lines of a file in one transaction, and say why each other one is refused."""
    added, refused = [], []
    with writing() as session:
        roll = Roll(session)
        roll.reserved = {fold(typed.get("pseudonym", "")) for _line, typed in sheet.lines}
        keys = set(session.scalars(select(Participant.key).where(Participant.key.is_not(None))))
        for line, typed in sheet.lines:
            try:
                if line in sheet.crooked:
                    raise Refusal("Cette ligne a plus de colonnes que de titres.")
                person, key = Person.read(typed), line_key(sheet.digest, line)
                if (person.identity and roll.knows(person)) or key in keys:
                    continue
                added.append(_made(roll.place(person, line), person, key, now))
            except Refusal as refusal:
                refused.append((line, str(refusal)))
        _add(session, added)
    known = len(sheet.lines) - len(added) - len(refused)
    return Report(len(added), known, refused, sheet.left_aside)


def add_participant(person: Person, key: str, now: datetime) -> int:
    """Add one person; the same form sent again answers the same."""
    with writing() as session:
        roll = Roll(session)
        before = session.scalar(select(Participant).where(Participant.key == key))
        if before:
            if person.pseudonym not in ("", before.pseudonym):
                raise Conflict("Ce formulaire a déjà servi. Ouvrez-en un nouveau.")
            return before.id
        if person.identity and person.identity[0] != "pseudonym" and roll.knows(person):
            raise Refusal(f"Quelqu’un a déjà ce même {LABELS[person.identity[0]]}.")
        made = _made(roll.place(person), person, key, now)
        _add(session, [made])
    return made[0].id


def change_participant(participant_id: int, person: Person) -> None:
    with writing() as session:
        roll = Roll(session, apart_from=participant_id)
        participant = session.get(Participant, participant_id)
        if participant is None or participant.erased_at:
            raise NotFound("Cette personne n’est plus là.")
        if not person.pseudonym:
            raise Refusal("Donnez un pseudonyme.")
        if person.email and roll.lines.get(("email", person.email)) is not None:
            raise Refusal("Quelqu’un a déjà ce même e-mail.")
        for name, value in roll.place(person).items():
            setattr(participant, name, value)
        contact = session.scalar(select(Contact).where(Contact.participant_id == participant_id))
        if contact is None:
            session.add(contact := Contact(participant_id=participant_id))
        for name, value in person.contact_fields.items():
            setattr(contact, name, value)


def line_key(digest: str, line: int) -> str:
    """A line that nothing else tells apart is known by its place in this very file."""
    return hashlib.sha256(f"{digest}:{line}".encode()).hexdigest()


def _made(columns: dict, person: Person, key: str, now: datetime) -> tuple[Participant, Person]:
    return Participant(key=key, created_at=now, **columns), person


def _add(session, made: list[tuple[Participant, Person]]) -> None:
    session.add_all(participant for participant, _ in made)
    session.flush()
    session.add_all(
        Contact(participant_id=participant.id, **person.contact_fields)
        for participant, person in made
        if any(person.contact_fields.values())
    )
