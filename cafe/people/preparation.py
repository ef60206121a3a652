"""What the organiser settles before anyone comes: the title, the groups, the words of the consent."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import writing
from cafe.people.fields import clean, fold, quoted
from cafe.people.models import ConsentWording, Dialogue, Group, Participant, Stakeholder, Subgroup

SIDES = {"external": "Externe", "internal": "Interne"}
LONGEST_WORDING = 10_000


def rename_dialogue(title: str) -> None:
    title = " ".join(clean(title).split())
    if not 1 <= len(title) <= 120:
        raise Refusal("Donnez un titre de 120 signes au plus.")
    with writing() as session:
        session.scalars(select(Dialogue)).one().title = title


def change_wording(text: str, base: int, now: datetime) -> int:
    """Publish a new text of consent, which asks everyone again; `base` is the version that was read and changed."""
    text = "\n".join(line.rstrip() for line in text.replace("\0", "").splitlines()).strip()
    if not 1 <= len(text) <= LONGEST_WORDING:
        raise Refusal(f"Écrivez un texte, de {LONGEST_WORDING} signes au plus.")
    with writing() as session:
        session.execute(select(Dialogue.id).with_for_update())
        current = session.scalar(select(ConsentWording).order_by(ConsentWording.version.desc()))
        number = current.version if current else 0
        if current and current.text == text:
            if base == number:
                raise Refusal("Rien n’a changé : le texte reste le même.")
            return number
        if base != number:
            raise Conflict(f"Le texte n° {number} vient d’être publié. Relisez-le, puis recommencez.")
        session.add(ConsentWording(version=number + 1, text=text, created_at=now))
    return number + 1


def read_label(typed: str) -> str:
    label = clean(typed)
    if not 1 <= len(label) <= 120:
        raise Refusal("Donnez un nom de groupe de 120 signes au plus.")
    return label


def add_group(label: str, side: str, in_total: bool, subgroups: list[str]) -> str:
    """Add a group, known by a code drawn from its name; sent twice, it stays one."""
    label = read_label(label)
    code = "_".join(filter(None, map(fold, label.split())))[:40].strip("_")
    if not code or not code.isascii():
        raise Refusal("Donnez un nom de groupe écrit en lettres.")
    with writing() as session:
        session.execute(select(Dialogue.id).with_for_update())
        known = session.get(Group, code)
        if known and (known.label, known.side, known.in_total) != (label, side, in_total):
            raise Refusal(f"Le groupe {quoted(known.label)} existe déjà.")
        if known is None:
            session.add(Group(code=code, label=label, side=_side(side), in_total=in_total))
            session.flush()
            _set_subgroups(session, code, subgroups)
    return code


def change_group(code: str, label: str, side: str, in_total: bool, subgroups: list[str]) -> None:
    with writing() as session:
        group = find_group(session, code)
        group.label, group.side, group.in_total = read_label(label), _side(side), in_total
        _set_subgroups(session, code, subgroups)


def delete_group(code: str) -> None:
    with writing() as session:
        group = find_group(session, code)
        if session.scalar(select(func.count()).where(Participant.group_code == code)):
            raise Conflict(f"Le groupe {quoted(group.label)} a des participants : il reste.")
        if session.scalar(select(func.count()).where(Stakeholder.group_code == code)):
            raise Conflict(f"Le groupe {quoted(group.label)} a des parties prenantes : il reste.")
        session.execute(delete(Subgroup).where(Subgroup.group_code == code))
        label = quoted(group.label)
        session.delete(group)
        try:
            session.flush()
        except IntegrityError:
            raise Conflict(f"Le groupe {label} sert à un café ou à un lien : il reste.") from None


def find_group(session, code: str) -> Group:
    group = session.get(Group, code)
    if group is None:
        raise NotFound("Ce groupe n’existe pas.")
    return group


def _side(side: str) -> str:
    if side not in SIDES:
        raise Refusal("Dites si le groupe est externe ou interne.")
    return side


def _set_subgroups(session, code: str, typed: list[str]) -> None:
    """The subgroups become these; one that still has people stays."""
    labels = {fold(label): label for label in map(clean, typed) if fold(label)}
    if any(len(label) > 80 for label in labels.values()):
        raise Refusal("Un sous-groupe a 80 signes au plus.")
    before = set(session.scalars(select(Subgroup.label).where(Subgroup.group_code == code)))
    gone = before - set(labels.values())
    for users, table in (("participants", Participant), ("parties prenantes", Stakeholder)):
        used = select(table.subgroup).where(table.group_code == code, table.subgroup.in_(gone)).limit(1)
        if gone and (still := session.scalar(used)):
            raise Conflict(f"Le sous-groupe {quoted(still)} a encore des {users} : gardez-le.")
    session.execute(delete(Subgroup).where(Subgroup.group_code == code, Subgroup.label.in_(gone)))
    session.add_all(Subgroup(group_code=code, label=label) for label in labels.values() if label not in before)
