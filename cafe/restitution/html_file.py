"""A deck as one HTML file: no request, no script; it prints a slide a page and reads on a phone."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from cafe.people.days import written_day
from cafe.restitution.deck import Bars, Block, Deck, Grid, Points, Row, Slide, Stack
from cafe.restitution.drawing import PLACEMENTS, level_colour, placed, top_of
from cafe.restitution.look import COLOUR, Look
from cafe.results.charts import quoted

# Signs that a figure has at most: « 100,0 % ».
FIGURE = 7
STYLE = Path(__file__).parents[2] / "static" / "deck.css"


@dataclass(frozen=True)
class Drawn:
    """A bar in hundredths of its chart: where it begins, its length, its whisker's ends (None without one)."""

    row: Row
    left: float
    width: float
    low: float | None
    high: float | None


def write_html(
    deck: Deck, look: Look, path: Path, jinja: Environment, progress: Callable[[int], None] = lambda _count: None
) -> None:
    """Write the deck; everything typed by people is escaped by the template."""
    template = jinja.get_template("restitution/deck.html")
    style = STYLE.read_text(encoding="utf-8").replace(COLOUR, look.colour)
    logo = b64encode(look.logo).decode() if look.logo else ""
    tools = {"kind_of": kind_of, "drawn": drawn, "parts": parts, "dots": dots, "placed": placed, "colour": level_colour}
    tools |= {"quoted": quoted, "are_figures": are_figures}
    made = template.render(deck=deck, parts_of=parts_of(deck), day=written_day(deck.made_on), logo=logo,
                           style=Markup(style), **tools)  # fmt: skip
    path.write_text(made, encoding="utf-8")
    progress(len(deck.slides))


def are_figures(grid: Grid) -> bool:
    """Whether a table of two columns has figures in the second, not words to be read in full width on a phone."""
    return max(len(row[1].text) for row in grid.rows) <= FIGURE if grid.rows else False


def kind_of(block: Block) -> str:
    return type(block).__name__.lower()


def parts_of(deck: Deck) -> list[tuple[str, list[tuple[int, Slide]]]]:
    """The slides under the title of their part, each with its number; those before the first part under none."""
    found: list[tuple[str, list]] = [("", [])]
    for number, slide in enumerate(deck.slides, 1):
        if slide.kind == "chapter":
            found.append((slide.title, []))
        elif slide.kind == "page":
            found[-1][1].append((number, slide))
    return found


def drawn(bars: Bars) -> list[Drawn]:
    """The bars on one scale that holds every value and interval, and zero."""
    ends = [end for row in bars.rows for end in (row.value, row.low, row.high) if end is not None]
    low, high = (1.0, 5.0) if bars.unit == "note" else (min(0.0, *ends, 0.0), max(0.001, *ends))

    def place(value: float) -> float:
        return round(100 * (min(max(value, low), high) - low) / (high - low), 2)

    zero = place(max(low, 0.0))
    return [
        Drawn(
            row, min(zero, place(row.value)), round(abs(place(row.value) - zero), 2),
            None if row.low is None else place(row.low), None if row.high is None else place(row.high),
        )
        for row in bars.rows
    ]  # fmt: skip


def parts(stack: Stack, shares: tuple[float, ...]) -> list[dict]:
    """A row's levels, end to end, in hundredths."""
    found, left = [], 0.0
    for place, (level, share) in enumerate(zip(stack.levels, shares, strict=True)):
        part = {"left": round(left, 2), "width": round(100 * share, 2), "sign": level.sign}
        found.append(part | {"colour": level_colour(level.code, place)})
        left += 100 * share
    return found


def dots(points: Points) -> dict:
    """The plane in a square of 100: points, and the two limits."""
    top = top_of(points)

    def across(value: float) -> float:
        return round(8 + 88 * value / top, 2)

    def up(value: float) -> float:
        return round(90 - 86 * value / top, 2)

    own = [
        {"x": across(p.x), "y": up(p.y), "number": p.number, "colour": PLACEMENTS[p.placement]} for p in points.points
    ]
    return {"points": own, "x": across(points.limits[0]), "y": up(points.limits[1])}
