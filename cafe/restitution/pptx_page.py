"""The grid of a slide, its type and its colours; what writes words in it."""

from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from cafe.restitution.fitting import cut, fitting_size

# In points: a slide of 13.33 × 7.5 inches.
WIDTH, HEIGHT, MARGIN = 960, 540, 44
TITLE_TOP, TITLE_HEIGHT = 44, 76
TOP, BOTTOM = 134, 490
GUTTER, SIDE = 26, 292
FOOT = 502
INK, SOFT, LINE, DATA, PAPER, WHITE, WARN, LIT = (
    "22201c", "5d574d", "e4dccd", "2f6f8f", "fbf7f0", "ffffff", "8a5a00", "d5e6ee",
)  # fmt: skip
TITLE_SIZES = (26.0, 23.0, 20.0, 18.0)


@dataclass(frozen=True)
class Box:
    """A place on the slide, in points."""

    left: float
    top: float
    width: float
    height: float

    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        return tuple(Pt(value) for value in (self.left, self.top, self.width, self.height))


WHOLE = Box(MARGIN, TOP, WIDTH - 2 * MARGIN, BOTTOM - TOP)
MAIN = Box(MARGIN, TOP, WIDTH - 2 * MARGIN - SIDE - GUTTER, BOTTOM - TOP)
ASIDE = Box(WIDTH - MARGIN - SIDE, TOP, SIDE, BOTTOM - TOP)


def rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.upper())


@dataclass(frozen=True)
class Type:
    size: float
    colour: str = INK
    bold: bool = False
    align: str = "left"
    spacing: float = 0


ALIGNS = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}


def write(slide, box: Box, paragraphs: list[tuple[str, Type]], anchor=MSO_ANCHOR.TOP):
    """A box of text, a paragraph a type; it never grows beyond its place."""
    shape = slide.shapes.add_textbox(*box.emu())
    fill(shape.text_frame, paragraphs, anchor)
    return shape


def fill(frame, paragraphs: list[tuple[str, Type]], anchor=MSO_ANCHOR.TOP) -> None:
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, (text, kind) in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = ALIGNS[kind.align]
        if kind.spacing:
            paragraph.space_after = Pt(kind.spacing)
        style(paragraph.add_run(), text, kind)


def style(run, text: str, kind: Type) -> None:
    run.text, run.font.language_id = text, MSO_LANGUAGE_ID.FRENCH
    run.font.size, run.font.bold, run.font.color.rgb = Pt(kind.size), kind.bold, rgb(kind.colour)


def block(slide, box: Box, colour: str, shape=MSO_SHAPE.RECTANGLE):
    """A plain shape, without line or shadow."""
    drawn = slide.shapes.add_shape(shape, *box.emu())
    drawn.fill.solid()
    drawn.fill.fore_color.rgb = rgb(colour)
    drawn.line.fill.background()
    # The theme's style would add a line and a shadow.
    drawn._element.remove(drawn._element.find(qn("p:style")))
    return drawn


def title(slide, text: str, box: Box, colour: str = INK, sizes: tuple[float, ...] = TITLE_SIZES) -> None:
    """The slide's own title, which its outline and a screen reader find."""
    size = fitting_size(text, sizes, box.width, box.height)
    kept = cut(text, size, box.width, max(1, int(box.height / (size * 1.22))))
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = box.emu()
    fill(shape.text_frame, [(kept, Type(size, colour, bold=True))], MSO_ANCHOR.TOP)


def describe(shape, words: str) -> None:
    """What a screen reader says of a picture or a chart."""
    shape._element._nvXxPr.cNvPr.set("descr", words)


def slide_number(slide, box: Box) -> None:
    """A field: it stays true when slides are moved."""
    shape = write(slide, box, [("", Type(10, SOFT, align="right"))])
    run = shape.text_frame.paragraphs[0].runs[0]._r
    field = parse_xml(
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        f'<a:rPr lang="fr-FR" sz="1000"><a:solidFill><a:srgbClr val="{SOFT.upper()}"/></a:solidFill></a:rPr>'
        "<a:t>‹#›</a:t></a:fld>"
    )
    run.getparent().replace(run, field)
