"""Read an invitation file, CSV or XLSX, whoever wrote it: bounded in size, formulas never evaluated."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl import load_workbook

from cafe.errors import Refusal
from cafe.people.fields import clean, fold

HEADINGS = ("pseudonyme", "groupe", "sous-groupe", "profil", "cible", "lieu", "nom", "e-mail", "téléphone")
FIELDS = {
    "pseudonyme": "pseudonym", "groupe": "group", "sousgroupe": "subgroup", "profil": "profile", "cible": "target",
    "lieu": "place", "nom": "name", "email": "email", "mail": "email", "courriel": "email", "telephone": "phone",
    "tel": "phone",
}  # fmt: skip
MOST_LINES, MOST_COLUMNS, LONGEST_CELL = 5_000, 40, 1_000
# What an XLSX may weigh once unzipped: one of 2 MiB could otherwise hold gigabytes.
LARGEST_UNZIPPED = 20 * 1024 * 1024
TOO_LONG = f"Ce fichier est trop long : {MOST_LINES} lignes au plus. Coupez-le en deux."
NOT_READABLE = "Ce fichier n’est pas un classeur lisible. Enregistrez-le en .xlsx ou en CSV."


@dataclass(frozen=True)
class Sheet:
    """The lines of a file, each with its number and its fields, and the columns that nothing was taken from.

    `crooked`: the lines with more cells than there are headings, whose fields may have slipped.
    """

    digest: str
    lines: list[tuple[int, dict[str, str]]]
    crooked: set[int]
    left_aside: tuple[str, ...]


def read_sheet(data: bytes) -> Sheet:
    """The file's lines under known headings; refused in one sentence when the file as a whole cannot be read."""
    if not data:
        raise Refusal("Choisissez un fichier CSV ou XLSX.")
    rows = _xlsx_rows(data) if data.startswith(b"PK") else _csv_rows(data)
    _line, headings = next(rows, (0, []))
    names = _fields_of(headings)
    filled = [(line, cells) for line, cells in rows if any(cells)]
    if len(filled) > MOST_LINES:
        raise Refusal(TOO_LONG)
    lines = [(line, _named(names, cells)) for line, cells in filled]
    crooked = {line for line, cells in filled if any(cells[len(names) :])}
    left_aside = tuple(heading[:60] for heading, name in zip(headings, names, strict=True) if heading and not name)
    return Sheet(hashlib.sha256(data).hexdigest(), lines, crooked, left_aside)


def _fields_of(headings: list[str]) -> list[str]:
    names = [FIELDS.get(fold(heading), "") for heading in headings]
    if "group" not in names:
        raise Refusal("Il manque la colonne « groupe » : la première ligne porte les titres des colonnes.")
    twice = next((name for name in names if name and names.count(name) > 1), "")
    if twice:
        raise Refusal(f"La colonne « {headings[names.index(twice)]} » est là deux fois.")
    return names


def _named(names: list[str], cells: list[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(names, cells, strict=False) if name}


def _csv_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV with the number of the line where each begins."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("Ce fichier n’est pas en UTF-8 : enregistrez-le en « CSV UTF-8 » ou en .xlsx.") from None
    if "\0" in text:
        raise Refusal(NOT_READABLE)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [clean(cell[:LONGEST_CELL]) for cell in cells]
            line = reader.line_num + 1
    except csv.Error:
        raise Refusal(f"Ce fichier n’est pas un CSV lisible près de la ligne {line}.") from None


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet. A formula is given as it is written: the reader then refuses its line."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            weight = sum(member.file_size for member in archive.infolist())
        if weight > LARGEST_UNZIPPED:
            raise Refusal("Ce classeur est trop lourd une fois ouvert. Enregistrez-le en CSV.")
        book = load_workbook(io.BytesIO(data), read_only=True)
        # The bounds are said: a sheet may claim a million rows of sixteen thousand cells.
        sheet = book.worksheets[0].iter_rows(1, MOST_LINES + 2, 1, MOST_COLUMNS, values_only=True)
        rows = [(line, [_text(value) for value in cells]) for line, cells in enumerate(sheet, 1)]
        book.close()
    except Refusal:
        raise
    # A file made to harm breaks the library in ways that it does not name.
    except Exception:
        raise Refusal(NOT_READABLE) from None
    yield from ((line, _without_tail(cells)) for line, cells in rows)


def _text(value) -> str:
    if value is None:
        return ""
    whole = isinstance(value, float) and value.is_integer()
    return clean(str(int(value) if whole else value)[:LONGEST_CELL])


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells
