"""The sheet of cards to cut up: eight an A4 page, each with its QR code and its words, as HTML's pieces or as a PDF."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import segno
from markupsafe import Markup
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from cafe.people.printing import NewCard

COLUMNS, ROWS = 2, 4
A_PAGE = COLUMNS * ROWS
WIDTH, HEIGHT = A4[0] / COLUMNS, A4[1] / ROWS
INSET, QR_SIDE = 8 * mm, 31 * mm
SMALL, BOLD = "Helvetica", "Helvetica-Bold"
HOW = "Visez le carré avec le téléphone, ou ouvrez l’adresse et écrivez les trois mots."


def qr_svg(text: str) -> Markup:
    """A QR code as SVG: black squares that the library draws, nothing typed."""
    return Markup(segno.make(text, error="m").svg_inline(omitsize=True, border=2, lineclass=None))


@dataclass(frozen=True)
class Face:
    """What one card shows."""

    pseudonym: str
    words: tuple[str, ...]
    link: str

    @property
    def qr(self) -> Markup:
        return qr_svg(self.link)


def faces(cards: list[NewCard], public_url: str) -> list[Face]:
    return [Face(card.pseudonym, tuple(card.words.split("-")), f"{public_url}/carte/{card.words}") for card in cards]


def pages(cards: list[Face]) -> list[list[Face]]:
    return [cards[start : start + A_PAGE] for start in range(0, len(cards), A_PAGE)]


def printed(cards: list[Face], title: str, public_url: str) -> dict:
    """What the HTML sheet shows."""
    return {"pages": pages(cards), "title": title, "address": address(public_url), "how": HOW}


def address(public_url: str) -> str:
    """The address as one types it."""
    return f"{public_url.removeprefix('https://').removeprefix('http://')}/entrer"


def pdf(cards: list[Face], title: str, public_url: str) -> bytes:
    """The sheet as a PDF, whose squares and letters stay sharp at any size."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, lang="fr")
    canvas.setTitle(f"Cartes · {title}")
    for page in pages(cards):
        _cut_lines(canvas)
        for place, face in enumerate(page):
            left, top = place % COLUMNS * WIDTH, A4[1] - place // COLUMNS * HEIGHT
            _draw(canvas, face, title, address(public_url), left, top)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _cut_lines(canvas: Canvas) -> None:
    canvas.setDash(3, 3)
    canvas.setLineWidth(0.5)
    canvas.line(WIDTH, 0, WIDTH, A4[1])
    for row in range(1, ROWS):
        canvas.line(0, row * HEIGHT, A4[0], row * HEIGHT)
    canvas.setDash()


def _draw(canvas: Canvas, face: Face, title: str, where: str, left: float, top: float) -> None:
    """One card, `left` and `top` being its corner."""
    x, inside = left + INSET, WIDTH - 2 * INSET
    title_lines = simpleSplit(title, SMALL, 9, inside)[:2]
    _write(canvas, title_lines, SMALL, 9, x, top - 9 * mm)
    _write(canvas, simpleSplit(face.pseudonym, BOLD, 14, inside)[:1], BOLD, 14, x, top - 20 * mm)
    _write(canvas, face.words, BOLD, 21, x, top - 31 * mm)
    _draw_qr(canvas, face.link, left + WIDTH - INSET - QR_SIDE, top - 24 * mm - QR_SIDE)
    # An address cut short leads nowhere: it is written smaller instead.
    size = min(10, 10 * inside / canvas.stringWidth(where, BOLD, 10))
    _write(canvas, [where], BOLD, size, x, top - 60.5 * mm)
    _write(canvas, simpleSplit(HOW, SMALL, 8, inside), SMALL, 8, x, top - 65 * mm)


def _write(canvas: Canvas, lines: Iterable[str], font: str, size: float, x: float, y: float) -> None:
    canvas.setFont(font, size)
    for n, line in enumerate(lines):
        canvas.drawString(x, y - n * size * 1.2, line)


def _draw_qr(canvas: Canvas, link: str, x: float, y: float) -> None:
    matrix = segno.make(link, error="m").matrix
    side = QR_SIDE / len(matrix)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix):
        column = 0
        for dark, run in groupby(modules):
            length = len(list(run))
            if dark:
                path.rect(x + column * side, y + QR_SIDE - (row + 1) * side, length * side, side)
            column += length
    canvas.drawPath(path, stroke=0, fill=1)
