"""Read a file of people or of stakeholders, CSV or XLSX, whoever wrote it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.errors import BadInput
from analysis.sheets import read_cells
from cafe.errors import Refusal
from cafe.people.fields import clean, fold

HEADINGS = ("pseudonyme", "groupe", "sous-groupe", "profil", "cible", "lieu", "nom", "e-mail", "téléphone")
FIELDS = {
    "pseudonyme": "pseudonym", "groupe": "group", "sousgroupe": "subgroup", "profil": "profile", "cible": "target",
    "lieu": "place", "nom": "name", "email": "email", "mail": "email", "courriel": "email", "telephone": "phone",
    "tel": "phone",
}  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """The lines of a file, each with its number and its fields, and the columns that nothing was taken from.

    `crooked`: the lines with more cells than there are headings, whose fields may have slipped.
    """

    digest: str
    lines: list[tuple[int, dict[str, str]]]
    crooked: set[int]
    left_aside: tuple[str, ...]


def read_sheet(data: bytes, fields: Mapping[str, str] = FIELDS) -> Sheet:
    """The file's lines under known headings; refused in one sentence when the file as a whole cannot be read.

    `fields`: what each folded heading stands for. The file always says the group.
    """
    if not data:
        raise Refusal("Choisissez un fichier CSV ou XLSX.")
    (_, headings), *filled = _rows(data) or [(0, [])]
    names = _fields_of(headings, fields)
    lines = [(line, _named(names, cells)) for line, cells in filled]
    crooked = {line for line, cells in filled if any(cells[len(names) :])}
    left_aside = tuple(heading[:60] for heading, name in zip(headings, names, strict=True) if heading and not name)
    return Sheet(hashlib.sha256(data).hexdigest(), lines, crooked, left_aside)


def _rows(data: bytes) -> list[tuple[int, list[str]]]:
    try:
        cleaned = [(line, _without_tail([clean(cell) for cell in cells])) for line, cells in read_cells(data)]
    except BadInput as fault:
        raise Refusal(str(fault)) from None
    return [(line, cells) for line, cells in cleaned if cells]


def _fields_of(headings: list[str], fields: Mapping[str, str]) -> list[str]:
    names = [fields.get(fold(heading), "") for heading in headings]
    if "group" not in names:
        raise Refusal("Il manque la colonne « groupe » : la première ligne porte les titres des colonnes.")
    twice = next((name for name in names if name and names.count(name) > 1), "")
    if twice:
        raise Refusal(f"La colonne « {headings[names.index(twice)]} » est là deux fois.")
    return names


def _named(names: list[str], cells: list[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(names, cells, strict=False) if name}


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells
