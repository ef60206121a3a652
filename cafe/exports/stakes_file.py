"""The table des enjeux as a file: what each line of it says, and the table in a PDF of one page or a workbook."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

import xlsxwriter
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import KeepInFrame, Paragraph, SimpleDocTemplate, Spacer, Table

from analysis.cells import inert
from cafe.guide.stakes import Stake, StakesTable

MARGIN = 12 * mm
INK, ACTION, LINE = HexColor("#22201c"), HexColor("#7a3e1d"), HexColor("#8d8475")
PLAIN = ParagraphStyle("plain", fontName="Helvetica", fontSize=11, leading=15, textColor=INK)
TITLE = ParagraphStyle("title", PLAIN, fontName="Helvetica-Bold", fontSize=18, leading=22)
HEAD = ParagraphStyle("head", PLAIN, fontName="Helvetica-Bold", fontSize=13, leading=17, textColor=ACTION)
NOTHING = "—"


@dataclass(frozen=True)
class Signed:
    """A table and whose it is: a pseudonym and a group."""

    table: StakesTable
    who: str


def write_pdf(signed: Signed) -> bytes:
    """One A4 page; what is long is written smaller rather than cut."""
    out, (width, height) = io.BytesIO(), landscape(A4)
    title = f"Table des enjeux · {signed.who}"
    page = SimpleDocTemplate(
        out, pagesize=(width, height), title=title, author="", lang="fr", leftMargin=MARGIN, rightMargin=MARGIN,
        topMargin=MARGIN, bottomMargin=MARGIN,
    )  # fmt: skip
    # The frame keeps six points on each side.
    room = (width - 2 * MARGIN - 12, height - 2 * MARGIN - 12)
    page.build([KeepInFrame(*room, [_paragraph(title, TITLE), *_blocks(signed.table, room[0])], mode="shrink")])
    return out.getvalue()


def _blocks(table: StakesTable, width: float) -> Iterator:
    yield Spacer(1, 4 * mm)
    yield _paragraph("Population prioritaire", HEAD)
    yield _paragraph(table.population or NOTHING, PLAIN)
    if table.words:
        yield _paragraph(f"« {table.words} »", PLAIN)
    yield Spacer(1, 4 * mm)
    if table.stakes:
        yield _enjeux(table.stakes, width)
        yield Spacer(1, 4 * mm)
    yield _paragraph("Usages critiques", HEAD)
    yield _paragraph(", ".join(table.uses) or NOTHING, PLAIN)


def _enjeux(stakes: tuple[Stake, ...], width: float) -> Table:
    columns = [[_paragraph(_ranked(stake), HEAD), *_champs(stake)] for stake in stakes]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("GRID", (0, 0), (-1, -1), 0.75, LINE)]
    return Table([columns], colWidths=[width / len(stakes)] * len(stakes), style=style, splitInRow=0)


def _champs(stake: Stake) -> list[Paragraph]:
    return [_paragraph(champ, PLAIN) for champ in stake.champs or (NOTHING,)]


def _ranked(stake: Stake) -> str:
    return f"n° {stake.rank} {stake.label}"


def _paragraph(words: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(words), style)


def lines(table: StakesTable) -> list[tuple[str, ...]]:
    """The table as lines of three cells: what it is, its rank, its words."""
    found = [("Population prioritaire", "", table.population), ("Les mots de la personne", "", table.words)]
    for stake in table.stakes:
        found.append(("Enjeu", str(stake.rank), stake.label))
        found += [("Champ d’action", f"{stake.rank}.{n}", champ) for n, champ in enumerate(stake.champs, 1)]
    return found + [("Usage critique", str(n), use) for n, use in enumerate(table.uses, 1)]


def write_xlsx(signed: Signed) -> bytes:
    """One sheet, every cell written as text, so that none is a formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("table des enjeux")
        sheet.set_column(0, 0, 26)
        sheet.set_column(2, 2, 60, book.add_format({"text_wrap": True}))
        heading = ("Table des enjeux", "Rang", signed.who)
        for row, cells in enumerate([heading, *lines(signed.table)]):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, inert(cell))
    return out.getvalue()
