"""What may be done with the stakeholders: added one by one or from a file, described, followed, linked to people."""

from datetime import datetime

from sqlalchemy import delete, select

from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import writing
from cafe.people.fields import clean, fold, quoted
from cafe.people.models import (
    Contact,
    Dialogue,
    Participant,
    Staff,
    Stakeholder,
    StakeholderParticipant,
    StakeholderStatus,
)
from cafe.people.roster import Report, line_key
from cafe.people.spheres import Spheres
from cafe.people.spreadsheets import Sheet
from cafe.people.stakeholders_fields import Described

GONE = "Cette partie prenante n’existe pas."


class Register:
    """Who is known already, and the words that name groups and followers."""

    def __init__(self, session, apart_from: int = 0):
        # Two people who add at once come one after the other; SQLite's write lock does it already.
        session.execute(select(Dialogue.id).with_for_update())
        self.spheres = Spheres(session)
        open_accounts = select(Staff.id, Staff.login).where(Staff.closed_at.is_(None))
        self.staff = {fold(login): number for number, login in session.execute(open_accounts)}
        known = select(Stakeholder.group_code, Stakeholder.label).where(Stakeholder.id != apart_from)
        self.lines = {(group, fold(label)): 0 for group, label in session.execute(known)}

    def place(self, described: Described) -> dict:
        """The stakeholder's columns, once what names it, its group and who follows it are found good."""
        if not fold(described.label):
            raise Refusal("Dites qui c’est, sans nom propre : « Association locale, Nord ».")
        group, subgroup = self.spheres.find(described.group, described.subgroup)
        return {
            "label": described.label, "group_code": group.code, "subgroup": subgroup, "place": described.place,
            "follower_id": self._follower(described.follower),
        }  # fmt: skip

    def _follower(self, login: str) -> int | None:
        if login and fold(login) not in self.staff:
            raise Refusal(f"Personne de l’équipe n’a l’identifiant {quoted(login)}.")
        return self.staff.get(fold(login))

    def take(self, columns: dict, line: int) -> int | None:
        """The line that already has this label in this group, 0 for the base; None when it is free, and taken now."""
        mark = (columns["group_code"], fold(columns["label"]))
        found = self.lines.get(mark)
        self.lines.setdefault(mark, line)
        return found


def add_stakeholder(described: Described, key: str, by: int, now: datetime) -> int:
    """Add one; the same form sent again answers the same."""
    with writing() as session:
        register = Register(session)
        before = session.scalar(select(Stakeholder).where(Stakeholder.key == key))
        if before:
            if before.label != described.label:
                raise Conflict("Ce formulaire a déjà servi. Ouvrez-en un nouveau.")
            return before.id
        columns = register.place(described)
        _refuse_twin(register, columns)
        made = _add(session, columns, described, key, by, now)
    return made.id


def _refuse_twin(register: Register, columns: dict) -> None:
    if register.take(columns, 1) is not None:
        raise Refusal(f"Ce groupe a déjà {quoted(columns['label'])} : ajoutez de quoi les distinguer.")


def _add(session, columns: dict, described: Described, key: str, by: int, now: datetime) -> Stakeholder:
    made = Stakeholder(
        key=key, status=described.status, status_at=now, created_at=now, **columns, **described.following_fields
    )
    session.add(made)
    session.flush()
    session.add(StakeholderStatus(stakeholder_id=made.id, status=made.status, staff_id=by, at=now))
    if any(described.contact_fields.values()):
        session.add(Contact(stakeholder_id=made.id, **described.contact_fields))
    return made


def describe(stakeholder_id: int, described: Described) -> None:
    """Change what a stakeholder is, its place and who follows it."""
    with writing() as session:
        register = Register(session, apart_from=stakeholder_id)
        stakeholder = _found(session, stakeholder_id)
        columns = register.place(described)
        _refuse_twin(register, columns)
        for name, value in columns.items():
            setattr(stakeholder, name, value)


def follow(stakeholder_id: int, described: Described, by: int, now: datetime) -> None:
    """Say where one stands with a stakeholder; a status that changes is dated, and those before stay written."""
    with writing() as session:
        stakeholder = _found(session, stakeholder_id)
        for name, value in described.following_fields.items():
            setattr(stakeholder, name, value)
        if described.status != stakeholder.status:
            stakeholder.status, stakeholder.status_at = described.status, now
            row = {"stakeholder_id": stakeholder_id, "status": described.status, "staff_id": by, "at": now}
            session.add(StakeholderStatus(**row))


def change_contact(stakeholder_id: int, described: Described) -> None:
    with writing() as session:
        _found(session, stakeholder_id)
        contact = session.scalar(select(Contact).where(Contact.stakeholder_id == stakeholder_id))
        if contact is None:
            session.add(contact := Contact(stakeholder_id=stakeholder_id))
        for name, value in described.contact_fields.items():
            setattr(contact, name, value)


def link(stakeholder_id: int, pseudonym: str) -> None:
    """Say which participant a stakeholder became; said twice, it stays one."""
    with writing() as session:
        stakeholder = _found(session, stakeholder_id)
        wanted = select(Participant).where(Participant.pseudonym == clean(pseudonym), Participant.erased_at.is_(None))
        participant = session.scalar(wanted)
        if participant is None:
            raise Refusal(f"Personne n’a le pseudonyme {quoted(clean(pseudonym))}.")
        if participant.group_code != stakeholder.group_code:
            raise Refusal(f"{quoted(participant.pseudonym)} est d’un autre groupe.")
        if session.get(StakeholderParticipant, (stakeholder_id, participant.id)) is None:
            session.add(StakeholderParticipant(stakeholder_id=stakeholder_id, participant_id=participant.id))


def unlink(stakeholder_id: int, participant_id: int) -> None:
    here = StakeholderParticipant.stakeholder_id == stakeholder_id
    with writing() as session:
        theirs = StakeholderParticipant.participant_id == participant_id
        session.execute(delete(StakeholderParticipant).where(here, theirs))


def _found(session, stakeholder_id: int) -> Stakeholder:
    stakeholder = session.get(Stakeholder, stakeholder_id, with_for_update=True)
    if stakeholder is None:
        raise NotFound(GONE)
    return stakeholder


def import_stakeholders(sheet: Sheet, by: int, now: datetime) -> Report:
    """Add the good lines of a file in one transaction, and say why each other one is refused; known ones stay."""
    added, refused = 0, []
    with writing() as session:
        register = Register(session)
        keys = set(session.scalars(select(Stakeholder.key)))
        for line, typed in sheet.lines:
            try:
                if line in sheet.crooked:
                    raise Refusal("Cette ligne a plus de colonnes que de titres.")
                described, key = Described.read(typed), line_key(sheet.digest, line)
                columns = register.place(described)
                if not _is_known(register, columns, line) and key not in keys:
                    _add(session, columns, described, key, by, now)
                    added += 1
            except Refusal as refusal:
                refused.append((line, str(refusal)))
    return Report(added, len(sheet.lines) - added - len(refused), refused, sheet.left_aside)


def _is_known(register: Register, columns: dict, line: int) -> bool:
    found = register.take(columns, line)
    if found:
        raise Refusal(f"{quoted(columns['label'])} est déjà à la ligne {found}, dans le même groupe.")
    return found == 0

