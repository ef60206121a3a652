"""A table as a workbook of one sheet."""

import io
from collections.abc import Iterable

import xlsxwriter

from analysis.cells import inert

# What a cell of a workbook holds.
LONGEST = 32_767


def xlsx_bytes(name: str, rows: Iterable[Iterable]) -> bytes:
    """Rows as a workbook of one sheet; every cell is written as text, so that none is a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, inert(cell)[:LONGEST])
    return out.getvalue()
