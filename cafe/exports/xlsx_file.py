from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import xlsxwriter

from analysis.cells import inert
from cafe.exports.reading import Corpus
from cafe.exports.table import columns, rows, tag_labels

LONGEST = 32_767
CUT = ["(texte long)", f"Coupé à {LONGEST} signes, ce que tient une cellule ; entier dans le CSV."]


def write_xlsx(corpus: Corpus, path: Path) -> None:
    """A sheet of contributions and one of definitions; every cell is written as text, so that none is a formula."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        defined = columns(corpus.referential)
        _sheet(book, "contributions", chain([[column.name for column in defined]], _lines(corpus)))
        meanings = [["colonne", "définition"], *[[column.name, column.meaning] for column in defined], CUT]
        meanings += tag_labels(corpus.referential)
        _sheet(book, "définitions", [list(map(_cell, line)) for line in meanings])


def _lines(corpus: Corpus) -> Iterator[list[str]]:
    for name, who, asked, at, team_only, text, tags in rows(corpus, _cell, list):
        yield [name, *who, *asked, at, team_only, text, *tags]


def _cell(text: str) -> str:
    return inert(text)[:LONGEST]


def _sheet(book, name: str, lines: Iterable[list[str]]) -> None:
    """Rows must come in order: with flat memory, one written late is lost. Empty cells are left out."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for number, line in enumerate(lines):
        for place, cell in enumerate(line):
            if cell:
                sheet.write_string(number, place, cell)
