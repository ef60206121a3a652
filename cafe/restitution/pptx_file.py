"""A deck as a PPTX: native charts, real titles, the same grid on each slide; equal decks make equal bytes."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from cafe.restitution.deck import Bars, Deck, Grid, Points, Prose, Quotes, Slide, Spheres, Stack, Words
from cafe.restitution.fitting import cut, short
from cafe.restitution.look import Look
from cafe.restitution.pptx_blocks import put_caption, put_grid
from cafe.restitution.pptx_charts import bar_chart
from cafe.restitution.pptx_page import (
    ASIDE,
    FOOT,
    HEIGHT,
    INK,
    LINE,
    MAIN,
    MARGIN,
    PAPER,
    SOFT,
    TITLE_HEIGHT,
    TITLE_TOP,
    WARN,
    WHITE,
    WHOLE,
    WIDTH,
    Box,
    Type,
    block,
    describe,
    rgb,
    slide_number,
    title,
    write,
)
from cafe.restitution.pptx_plots import put_points, put_stack
from cafe.restitution.pptx_spheres import put_spheres
from cafe.restitution.pptx_words import put_prose, put_quotes, put_words

TITLE_ONLY = 5
FONT = "Arial"
# The oldest moment that a zip can tell.
STILL = (1980, 1, 1, 0, 0, 0)


def write_pptx(deck: Deck, look: Look, path: Path, progress: Callable[[int], None] = lambda _count: None) -> None:
    """Write the deck; its bytes depend on it and on the look alone."""
    show = Presentation()
    show.slide_width, show.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _set_type(show)
    for slide in deck.slides:
        drawn = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
        PAGES[slide.kind](drawn, slide, deck, look)
        progress(1)
    moment = datetime.combine(deck.made_on, time(), UTC).replace(tzinfo=None)
    told = show.core_properties
    told.title, told.subject, told.language = short(deck.title, 200), "Restitution du dialogue", "fr-FR"
    told.author = told.last_modified_by = "Café numérique"
    told.created = told.modified = moment
    out = io.BytesIO()
    show.save(out)
    _repack(out, path)


def _set_type(show) -> None:
    """One face for the whole file, in its theme: whoever edits it changes it in one place."""
    theme = show.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = re.sub(rb'(<a:latin typeface=")[^"+]*"', rb"\g<1>" + FONT.encode() + b'"', theme.blob)


def _repack(made: io.BytesIO, path: Path) -> None:
    """The same parts in the same order, without the moment at which they were written."""
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(path, "w") as kept:
        for entry in source.infolist():
            still = zipfile.ZipInfo(entry.filename, STILL)
            still.compress_type, still.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            kept.writestr(still, source.read(entry))


def _cover(drawn, slide: Slide, deck: Deck, look: Look) -> None:
    _paint(drawn, PAPER)
    block(drawn, Box(0, 0, 18, HEIGHT), look.colour)
    title(drawn, slide.title, Box(84, 150, WIDTH - 168, 130), look.colour, (46.0, 40.0, 34.0, 28.0, 24.0))
    lines = [(line, Type(22 if place == 0 else 16, INK if place == 0 else SOFT, spacing=6))
             for place, line in enumerate(slide.blocks[0].paragraphs)]  # fmt: skip
    write(drawn, Box(84, 296, WIDTH - 168, 80), lines)
    if deck.notice:
        write(drawn, Box(84, 452, WIDTH - 168, 24), [(deck.notice, Type(14, WARN, bold=True))])
    _logo(drawn, look, Box(84, 60, 240, 60))


def _chapter(drawn, slide: Slide, _deck: Deck, look: Look) -> None:
    _paint(drawn, look.colour)
    title(drawn, slide.title, Box(84, 190, WIDTH - 168, 160), WHITE, (40.0, 34.0, 28.0))


def _paint(drawn, colour: str) -> None:
    """The whole slide, as its background: the title stays what is read first."""
    drawn.background.fill.solid()
    drawn.background.fill.fore_color.rgb = rgb(colour)


def _logo(drawn, look: Look, box: Box, at_right: bool = False) -> None:
    """The logo within a box, at its own proportions."""
    if look.logo is None:
        return
    width = min(box.width, box.height * look.ratio)
    left = box.left + box.width - width if at_right else box.left
    picture = drawn.shapes.add_picture(io.BytesIO(look.logo), Pt(left), Pt(box.top), width=Pt(width))
    describe(picture, "Logo du dialogue")


def _page(drawn, slide: Slide, deck: Deck, look: Look) -> None:
    _logo(drawn, look, Box(WIDTH - MARGIN - 110, 14, 110, 24), at_right=True)
    above = " · ".join(filter(None, (slide.chapter, slide.topic)))
    write(drawn, Box(MARGIN, 22, WIDTH - 2 * MARGIN - 130, 18), [(short(above, 110), Type(12, look.colour, bold=True))])
    title(drawn, slide.title, Box(MARGIN, TITLE_TOP, WIDTH - 2 * MARGIN, TITLE_HEIGHT))
    block(drawn, Box(MARGIN, TITLE_TOP + TITLE_HEIGHT + 3, WIDTH - 2 * MARGIN, 1), LINE)
    _foot(drawn, slide, deck)
    boxes = (WHOLE,) if len(slide.blocks) < 2 else (MAIN, ASIDE)
    for box, part in zip(boxes, slide.blocks, strict=False):
        PUT[type(part)](drawn, box, part, look, slide)


def _foot(drawn, slide: Slide, deck: Deck) -> None:
    """What the figures rest on, whether they are weak, whose document this is, the page."""
    rights = Box(WIDTH - MARGIN - 250, FOOT, 222, 16)
    told = f"{slide.weak} · {slide.facts}" if slide.weak else slide.facts
    if told:
        room = Box(MARGIN, FOOT, WIDTH - 2 * MARGIN - 262, 28)
        kept = cut(told, 11, room.width, 2)
        weak = kept[: len(slide.weak)]
        shape = write(drawn, room, [(weak, Type(11, WARN, bold=True))] if weak else [(kept, Type(11, SOFT))])
        if weak:
            run = shape.text_frame.paragraphs[0].add_run()
            run.text = kept[len(weak) :]
            run.font.size, run.font.color.rgb = Pt(11), rgb(SOFT)
    whose = f"{short(deck.title, 32)}{' · fictif' if deck.notice else ''}"
    write(drawn, rights, [(whose, Type(10, SOFT, align="right"))])
    slide_number(drawn, Box(WIDTH - MARGIN - 24, FOOT, 24, 16))


def _bars(drawn, box: Box, bars: Bars, _look: Look, slide: Slide) -> None:
    room = put_caption(drawn, box, bars.caption)
    # Few bars would be thick slabs: they keep to the top.
    height = min(room.height, 40 + 58 * len(bars.rows))
    bar_chart(drawn, Box(room.left, room.top, room.width, height), bars, f"{slide.topic}. {slide.title}")


PAGES = {"cover": _cover, "chapter": _chapter, "page": _page}
PUT = {
    Bars: _bars,
    Stack: lambda drawn, box, part, look, slide: put_stack(drawn, box, part, look, f"{slide.topic}. {slide.title}"),
    Points: lambda drawn, box, part, look, slide: put_points(drawn, box, part, look, f"{slide.topic}. {slide.title}"),
    Grid: lambda drawn, box, part, look, _slide: put_grid(drawn, box, part, look),
    Quotes: lambda drawn, box, part, look, _slide: put_quotes(drawn, box, part, look),
    Words: lambda drawn, box, part, _look, _slide: put_words(drawn, box, part),
    Spheres: lambda drawn, box, part, look, _slide: put_spheres(drawn, box, part, look),
    Prose: lambda drawn, box, part, look, _slide: put_prose(drawn, box, part, look),
}
