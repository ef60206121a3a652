"""What a slide says in words: quotes, the cloud, prose."""

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from cafe.restitution.deck import Prose, Quotes, Words
from cafe.restitution.fitting import BOLD, cut, fitting_size, height_of, lines_of, width_of
from cafe.restitution.fitting import LINE as LEADING
from cafe.restitution.look import Look
from cafe.restitution.pptx_blocks import put_caption
from cafe.restitution.pptx_page import DATA, INK, PAPER, SOFT, Box, Type, block, fill, style, write
from cafe.results.charts import quoted

QUOTE_SIZES = (15.0, 14.0, 13.0, 12.0, 11.0)
PROSE_SIZES = (20.0, 18.0, 16.0, 14.0, 13.0, 12.0, 11.0)
WORD_SIZES = {1: 13, 2: 17, 3: 22, 4: 28, 5: 36}


def put_quotes(slide, box: Box, quotes: Quotes, look: Look) -> None:
    """Words, their signature, and what they speak of, each beside a bar of the dialogue's colour."""
    write(slide, Box(box.left, box.top, box.width, 20), [("Ils le disent", Type(13, look.colour, bold=True))])
    room = Box(box.left, box.top + 26, box.width, box.height - 26)
    share = room.height / len(quotes.quotes) if len(quotes.quotes) > 1 else min(room.height, 190)
    for place, quote in enumerate(quotes.quotes):
        own = Box(room.left, room.top + place * share, room.width, share - 12)
        block(slide, own, PAPER)
        block(slide, Box(own.left, own.top, 3, own.height), look.colour)
        inner = Box(own.left + 13, own.top + 8, own.width - 22, own.height - 16)
        signed = cut(f"{quote.signature} · {quote.label}", 11, inner.width, 2)
        left = inner.height - lines_of(signed, 11, inner.width) * 11 * LEADING - 6
        said = quoted(quote.text)
        size = fitting_size(said, QUOTE_SIZES, inner.width, left)
        said = cut(said, size, inner.width, max(1, int(left / (size * LEADING))))
        said = said if said.endswith("»") else f"{said}\N{NO-BREAK SPACE}»"
        write(slide, inner, [(said, Type(size, INK, spacing=5)), (signed, Type(11, SOFT))], MSO_ANCHOR.MIDDLE)


def put_words(slide, box: Box, words: Words) -> None:
    """The cloud, as text that stays text."""
    room = put_caption(slide, box, words.caption)
    scale = _cloud_scale(words, room)
    shape = slide.shapes.add_textbox(*room.emu())
    fill(shape.text_frame, [], MSO_ANCHOR.MIDDLE)
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.alignment, paragraph.line_spacing = PP_ALIGN.CENTER, 1.1
    for word in words.words:
        size = round(WORD_SIZES[word.size] * scale)
        style(paragraph.add_run(), word.word, Type(size, DATA if word.size > 2 else INK, bold=word.size > 2))
        style(paragraph.add_run(), f"\u00a0{word.people}     ", Type(max(9, round(10 * scale)), SOFT))


def _cloud_scale(words: Words, room: Box) -> float:
    """The largest scale at which the cloud holds."""
    scales = (1.7, 1.5, 1.3, 1.15, 1.0, 0.85, 0.7, 0.55)
    return next((scale for scale in scales if _cloud_height(words, scale, room.width) <= room.height * 0.9), 0.45)


def _cloud_height(words: Words, scale: float, width: float) -> float:
    """Line after line, each as tall as its largest word."""
    total, used, tallest = 0.0, 0.0, 0.0
    for word in words.words:
        size = WORD_SIZES[word.size] * scale
        length = width_of(word.word) * size * BOLD + width_of(f"  {word.people}     ") * 10 * scale
        if used and used + length > width:
            total, used, tallest = total + tallest, 0.0, 0.0
        used, tallest = used + length, max(tallest, size * 1.1 * LEADING)
    return total + tallest


def put_prose(slide, box: Box, prose: Prose, look: Look) -> None:
    indent = 22 if prose.kind == "list" else 0
    gap = 0.55
    size = next(
        (size for size in PROSE_SIZES if _prose_height(prose, size, box.width - indent, gap) <= box.height),
        PROSE_SIZES[-1],
    )
    if prose.kind != "list":
        kept = cut("\n".join(prose.paragraphs), size, box.width, int(box.height / (size * LEADING)))
        write(slide, box, [(line, Type(size, spacing=size * gap)) for line in kept.split("\n")])
        return
    top = box.top
    for line in prose.paragraphs:
        height = height_of(line, size, box.width - indent)
        if top + height > box.top + box.height + 1:
            break
        block(slide, Box(box.left, top + size * 0.42, 7, 7), look.colour, MSO_SHAPE.OVAL)
        write(slide, Box(box.left + indent, top, box.width - indent, height), [(line, Type(size))])
        top += height + size * gap


def _prose_height(prose: Prose, size: float, width: float, gap: float) -> float:
    return sum(height_of(line, size, width) + size * gap for line in prose.paragraphs)
