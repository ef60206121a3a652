from pathlib import Path

import xlsxwriter

from analysis.frames import Frames
from cafe.exports.cells import inert
from cafe.exports.table import columns, flat_rows

LONGEST = 32_767
CUT = ["(texte long)", f"Coupé à {LONGEST} signes, ce que tient une cellule ; entier dans le CSV."]


def write_xlsx(frames: Frames, families: list, path: Path) -> None:
    """A sheet of contributions and one of definitions; every cell is written as text, so that none is a formula."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        defined = columns(families)
        _sheet(book, "contributions", [[column.name for column in defined], *flat_rows(frames, families)])
        meanings = [["colonne", "définition"], *[[column.name, column.meaning] for column in defined], CUT]
        labels = [[f"{family.code}:{tag.code}", tag.label] for family in families for tag in family.tags]
        _sheet(book, "définitions", meanings + labels)


def _sheet(book, name: str, rows: list[list[str]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, inert(cell)[:LONGEST])
