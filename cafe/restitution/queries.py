"""What the editor reads: the texts with where each stands, their history."""

from typing import NamedTuple

from sqlalchemy import Row, func, select

from analysis.referential import Referential
from cafe.errors import NotFound
from cafe.extensions import run
from cafe.people.models import Staff
from cafe.restitution.models import KINDS, Piece, PieceVersion
from cafe.restitution.published import all_outcomes
from cafe.restitution.subjects import expand, labels, read_subjects, spoke_of

_piece = select(*Piece.__table__.columns, Staff.login).join(Staff, Staff.id == Piece.drafted_by)


class Line(NamedTuple):
    """A text in the list: its row, with the login of whoever wrote last; whether its draft is newer than what is out;
    what was said last of it."""

    row: Row
    is_changed: bool
    outcome: Row | None


def lines() -> dict[str, list[Line]]:
    """Every text of each kind, in order, but for those removed."""
    told = all_outcomes()
    found: dict[str, list[Line]] = {kind: [] for kind in KINDS}
    for row in run(_piece.where(Piece.removed_at.is_(None)).order_by(Piece.place, Piece.id)):
        found[row.kind].append(Line(row, is_changed(row), next(iter(told.get(row.id, ())), None)))
    return found


def removed() -> list[Row]:
    """The texts that were taken out of the lists, the latest first."""
    return list(run(_piece.where(Piece.removed_at.is_not(None)).order_by(Piece.removed_at.desc())))


def is_changed(row) -> bool:
    """Whether the draft says something else than what readers have."""
    return (row.title, row.words, row.subjects) != (row.published_title, row.published_words, row.published_subjects)


def find_piece(piece_id: int) -> Row:
    """A text and the login of whoever wrote last; raises NotFound."""
    row = run(_piece.where(Piece.id == piece_id)).first()
    if row is None:
        raise NotFound("Ce texte n’existe pas.")
    return row


def versions(piece_id: int) -> list[Row]:
    """What a text said before, the latest first, with who wrote it."""
    query = select(*PieceVersion.__table__.columns, Staff.login).join(Staff, Staff.id == PieceVersion.staff_id)
    return list(run(query.where(PieceVersion.piece_id == piece_id).order_by(PieceVersion.id.desc())))


class Choice(NamedTuple):
    """An option that a lead may rest on; `is_under`: it stands under the one before."""

    value: str
    label: str
    is_under: bool
    chosen: bool


def choices(referential: Referential, chosen: set[str]) -> list[tuple[str, list[Choice]]]:
    """The référentiel's families that have options, each with its options."""
    return [
        (family.label, [_choice(f"{family.code}:{tag.code}", tag, chosen) for tag in family.tags])
        for family in referential.families
        if family.tags
    ]


def _choice(value: str, tag, chosen: set[str]) -> Choice:
    return Choice(value, tag.label, bool(tag.parent), value in chosen)


def people_of(subjects: str, referential: Referential) -> int:
    """How many people spoke of what a lead rests on."""
    pairs = expand(read_subjects(subjects), referential)
    return run(select(func.count()).select_from(spoke_of(pairs).subquery())).scalar() if pairs else 0


def subject_labels(subjects: str, referential: Referential) -> list[str]:
    """The French of what a lead rests on; an option that the référentiel lost is left out."""
    known = labels(referential)
    return [known[pair] for pair in sorted(read_subjects(subjects)) if pair in known]
