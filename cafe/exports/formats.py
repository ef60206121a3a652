"""Each format of export: how it is written, whole, at a path."""

import csv
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter

from analysis.frames import Frames, write_frames
from cafe.exports.cells import inert
from cafe.exports.table import columns, flat_rows

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """A format: its label, its file's end and type, and what writes frames at a path."""

    label: str
    suffix: str
    mimetype: str
    write: Callable[[Frames, list, Path], None]


def write_csv(frames: Frames, families: list, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in columns(families)])
        writer.writerows([inert(cell) for cell in row] for row in flat_rows(frames, families))


def write_xlsx(frames: Frames, families: list, path: Path) -> None:
    """A sheet of contributions and one of definitions; every cell is written as text, so that none is a formula."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        defined = columns(families)
        _sheet(book, "contributions", [[column.name for column in defined], *flat_rows(frames, families)])
        meanings = [["colonne", "définition"], *[[column.name, column.meaning] for column in defined]]
        labels = [[f"{family.code}:{tag.code}", tag.label] for family in families for tag in family.tags]
        _sheet(book, "définitions", meanings + labels)


def _sheet(book, name: str, rows: list[list[str]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            # A cell of Excel holds 32,767 characters.
            sheet.write_string(number, place, inert(cell)[:32_767])


def write_frames_zip(frames: Frames, _families: list, path: Path) -> None:
    """The five tables of the dialogue, as `cafe score` reads them, in one file."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        write_frames(frames, Path(folder))
        for table in sorted(Path(folder).iterdir()):
            archive.write(table, table.name)


FORMATS = {
    "csv": Format("CSV, pour un tableur", "csv", "text/csv", write_csv),
    "xlsx": Format("XLSX, avec ses définitions", "xlsx", XLSX, write_xlsx),
    "frames": Format("Tables du dialogue, pour « cafe score »", "zip", "application/zip", write_frames_zip),
}
