"""The blocks of a slide that are no chart: tables, quotes, words, the map of the spheres, prose."""

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from cafe.restitution.deck import Grid
from cafe.restitution.fitting import BOLD, cut, lines_of, width_of
from cafe.restitution.fitting import LINE as LEADING
from cafe.restitution.look import Look
from cafe.restitution.pptx_page import (
    INK,
    LINE,
    LIT,
    SOFT,
    WHITE,
    Box,
    Type,
    describe,
    rgb,
    style,
    write,
)

CAPTION, CAPTION_HEIGHT = Type(11, SOFT), 30
TABLE_SIZES, HEAD_SIZES = (15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0), (11.0, 10.0, 9.0, 8.0)
CELL_PAD = 5


def put_caption(slide, box: Box, words: str) -> Box:
    """A caption at the foot of a block; returns the room that is left above it."""
    kept = cut(words, CAPTION.size, box.width, 2)
    foot = Box(box.left, box.top + box.height - CAPTION_HEIGHT, box.width, CAPTION_HEIGHT)
    write(slide, foot, [(kept, CAPTION)], MSO_ANCHOR.BOTTOM)
    return Box(box.left, box.top, box.width, box.height - CAPTION_HEIGHT - 4)


def put_grid(slide, box: Box, grid: Grid, look: Look) -> None:
    """A table; its type shrinks until it fits, then its cells are cut."""
    room = put_caption(slide, box, grid.caption)
    widths = [share * room.width for share in grid.widths]
    lines = [grid.head, *[tuple(cell.text for cell in row) for row in grid.rows]]
    size = next((size for size in TABLE_SIZES if _height(lines, widths, size) <= room.height), TABLE_SIZES[-1])
    most = 20
    while most > 1 and _height(_cut(lines, widths, size, most), widths, size) > room.height:
        most -= 1
    lines = _cut(lines, widths, size, most)
    heights = _heights(lines, widths, size)
    # What is left over gives the rows air, up to a point.
    air = min(max(room.height - sum(heights), 0) / len(lines), 12)
    heights = [height + air for height in heights]
    frame = slide.shapes.add_table(len(lines), len(widths), *Box(room.left, room.top, room.width, sum(heights)).emu())
    describe(frame, grid.caption)
    table = frame.table
    _plain(table)
    for place, width in enumerate(widths):
        table.columns[place].width = Pt(width)
    head_size = _head_size(lines[0], widths, size)
    for number, (line, height) in enumerate(zip(lines, heights, strict=True)):
        table.rows[number].height = Pt(height)
        for place, text in enumerate(line):
            lit = number > 0 and grid.rows[number - 1][place].lit
            own_size = size if number else head_size
            _fill_cell(table.cell(number, place), text, own_size, number == 0, lit, place, look, grid)


def _cut(lines, widths, size: float, most: int) -> list[tuple[str, ...]]:
    return [tuple(cut(text, size, width - 2 * CELL_PAD, most) for text, width in zip(line, widths, strict=True))
            for line in lines]  # fmt: skip


def _height(lines, widths, size: float) -> float:
    return sum(_heights(lines, widths, size))


def _heights(lines, widths, size: float) -> list[float]:
    """The height of each row; the first one, the head, is bold and no larger than its own size."""
    head, *rest = lines
    top = _row_height(head, widths, _head_size(head, widths, size) * BOLD)
    return [top, *[_row_height(row, widths, size) for row in rest]]


def _head_size(head, widths, size: float) -> float:
    """No larger than the rows', and small enough that no word of the head is broken in two, if that can be read."""
    words = [(word, width - 2 * CELL_PAD) for text, width in zip(head, widths, strict=True) for word in text.split()]
    sizes = [fit for fit in HEAD_SIZES if fit <= size]
    whole = (fit for fit in sizes if all(width_of(word) * fit * BOLD <= room for word, room in words))
    return next(whole, sizes[-1])


def _row_height(line, widths, size: float) -> float:
    rooms = [width - 2 * CELL_PAD for width in widths]
    most = max(lines_of(text, size * (BOLD if place == 0 else 1), room)
               for place, (text, room) in enumerate(zip(line, rooms, strict=True)))  # fmt: skip
    return most * size * LEADING + 2 * CELL_PAD


def _plain(table) -> None:
    """No banding and no built-in style: lines alone."""
    table.horz_banding = False
    properties = table._tbl.tblPr
    for old in list(properties):
        properties.remove(old)
    # « No style, no grid ».
    properties.append(
        parse_xml(f"<a:tableStyleId {nsdecls('a')}>{{2D5ABB26-0587-4C30-8999-92F81FD0307C}}</a:tableStyleId>")
    )


def _fill_cell(cell, text: str, size: float, is_head: bool, lit: bool, place: int, look: Look, grid: Grid) -> None:
    cell.margin_left = cell.margin_right = Pt(CELL_PAD)
    cell.margin_top = cell.margin_bottom = Pt(CELL_PAD - 1)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(look.colour if is_head else LIT if lit else WHITE)
    frame = cell.text_frame
    frame.word_wrap = True
    numeric = place > 0 and all(_is_figure(row[place].text) for row in grid.rows)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if numeric else PP_ALIGN.LEFT
    style(paragraph.add_run(), text, Type(size, WHITE if is_head else INK, bold=is_head or lit or place == 0))
    if not is_head:
        _underline(cell)


def _is_figure(text: str) -> bool:
    return len(text) <= 16 and (text == "—" or any(letter.isdigit() for letter in text))


def _underline(cell) -> None:
    line = parse_xml(
        f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{LINE.upper()}"/></a:solidFill></a:lnB>'
    )
    cell._tc.get_or_add_tcPr().insert(0, line)
