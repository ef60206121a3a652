"""The cells of a table that someone sends, CSV or XLSX: bounded in size, formulas never evaluated."""

import csv
import io
import zipfile
from collections.abc import Iterator

from openpyxl import load_workbook

from analysis.errors import BadInput

MOST_LINES, MOST_COLUMNS, LONGEST_CELL = 5_000, 40, 10_000
# What an XLSX may weigh once unzipped: a small one could otherwise hold gigabytes.
LARGEST_UNZIPPED = 20 * 1024 * 1024
NOT_READABLE = "Ce fichier n’est pas un classeur lisible. Enregistrez-le en .xlsx ou en CSV."


def read_cells(data: bytes) -> list[tuple[int, list[str]]]:
    """The lines that say something, the headings first, each with its number; raises BadInput in one sentence."""
    lines = _xlsx_lines(data) if data.startswith(b"PK") else _csv_lines(data)
    kept = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if len(kept) > MOST_LINES + 1:
        raise BadInput(f"Ce fichier est trop long : {MOST_LINES} lignes au plus. Coupez-le en deux.")
    return kept


def _csv_lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line where it begins."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("Ce fichier n’est pas en UTF-8 : enregistrez-le en « CSV UTF-8 » ou en .xlsx.") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadInput(f"Ce fichier contient un caractère nul, ligne {line}. Retirez-le, puis réessayez.")
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [cell[:LONGEST_CELL] for cell in cells]
            line = reader.line_num + 1
    except csv.Error:
        raise BadInput(f"Ce fichier n’est pas un CSV lisible près de la ligne {line}.") from None


def _xlsx_lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet. A formula is given as it is written: it is for the reader to refuse it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            weight = sum(member.file_size for member in archive.infolist())
        if weight > LARGEST_UNZIPPED:
            raise BadInput("Ce classeur est trop lourd une fois ouvert. Enregistrez-le en CSV.")
        book = load_workbook(io.BytesIO(data), read_only=True)
        # The bounds are said: a sheet may claim a million rows of sixteen thousand cells.
        sheet = book.worksheets[0].iter_rows(1, MOST_LINES + 2, 1, MOST_COLUMNS, values_only=True)
        rows = [(number, [_text(value) for value in cells]) for number, cells in enumerate(sheet, 1)]
        book.close()
    except BadInput:
        raise
    # A file made to harm breaks the library in ways that it does not name.
    except Exception:
        raise BadInput(NOT_READABLE) from None
    yield from rows


def _text(value) -> str:
    if value is None:
        return ""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value)[:LONGEST_CELL]
