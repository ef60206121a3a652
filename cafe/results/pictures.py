"""Charts that a table cannot be: points on two axes, groups on one. Drawn as SVG; a table beside says the same.

Only Figure objects, no state of the library: several threads draw at once. The same figures make the same bytes.
"""

from collections.abc import Sequence
from io import BytesIO

import matplotlib
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from cafe.results.charts import note, number
from cafe.results.picturing import Dot, Point

# A point is a pixel on the smallest phone: 300 of them, letters of 11.
DPI, WIDTH, LETTERS = 72, 300, 11
INK, SOFT, LINE = "#22201c", "#5d574d", "#e4dccd"
# Okabe–Ito, darkened where white paper asks for it; each with its own mark, so that nobody needs the colours.
SERIES = (("#2f6f8f", "o"), ("#b65a00", "s"), ("#00795a", "^"), ("#9a4f7d", "D"), ("#22201c", "v"), ("#6b6300", "P"))
STYLE = {
    "svg.fonttype": "none", "svg.hashsalt": "cafe", "font.size": LETTERS, "text.color": INK, "axes.edgecolor": SOFT,
    "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK, "axes.spines.top": False,
    "axes.spines.right": False,
}  # fmt: skip
PERCENT = FuncFormatter(lambda share, _place: number(share))
NOTE = FuncFormatter(lambda mean, _place: note(mean))


def matrix(points: Sequence[Point], across: str, up: str, limits: tuple[float, float]) -> bytes:
    """The points on two axes of shares, with the limits from which each axis is high."""
    with matplotlib.rc_context(STYLE):
        figure, axes = _figure(WIDTH)
        axes.axvline(limits[0], color=SOFT, linewidth=1, linestyle=(0, (3, 3)))
        axes.axhline(limits[1], color=SOFT, linewidth=1, linestyle=(0, (3, 3)))
        axes.scatter([p.x for p in points], [p.y for p in points], s=190, color=SERIES[0][0], edgecolor="white")
        for point in points:
            axes.annotate(
                str(point.number),
                (point.x, point.y),
                color="white",
                ha="center",
                va="center",
                fontsize=9,
                weight="bold",
            )
        axes.set(xlabel=across, ylabel=up, xlim=_reach([p.x for p in points], limits[0]))
        axes.set_ylim(*_reach([p.y for p in points], limits[1]))
        axes.xaxis.set_major_formatter(PERCENT)
        axes.yaxis.set_major_formatter(PERCENT)
        return _svg(figure)


def _reach(shares: Sequence[float], limit: float) -> tuple[float, float]:
    """An axis no longer than its points and its limit ask: the points are told apart."""
    top = max([limit, *shares])
    return -0.06 * top, 1.1 * top


def dots(found: Sequence[Dot], is_mean: bool = False) -> bytes:
    """A row an option, a mark a group with its interval, dodged; the legend under the axis. Means go from 1 to 5."""
    groups, options = (list(dict.fromkeys(getattr(dot, side) for dot in found)) for side in ("group", "option"))
    with matplotlib.rc_context(STYLE):
        figure, axes = _figure(len(options) * (len(groups) * 13 + 30) + 24 * len(groups) + 30)
        for place, group in enumerate(groups):
            own = [dot for dot in found if dot.group == group]
            shift = 0.2 + 0.5 * place / max(len(groups) - 1, 1)
            _marks(axes, own, [options.index(dot.option) + shift for dot in own], *SERIES[place % len(SERIES)])
        for place, option in enumerate(options):
            axes.annotate(option, (0, place), xycoords=("axes fraction", "data"), va="center", weight="bold")
            axes.axhline(place - 0.1, color=LINE, linewidth=1)
        axes.set(ylim=(len(options), -0.2), yticks=[])
        axes.spines["left"].set_visible(False)
        top = max(dot.value if dot.high is None else dot.high for dot in found)
        axes.set_xlim(*((1, 5) if is_mean else (0, top * 1.05)))
        axes.xaxis.set_major_formatter(NOTE if is_mean else PERCENT)
        figure.legend(loc="outside lower left", frameon=False, ncols=1)
        return _svg(figure)


def _marks(axes, own: Sequence[Dot], rows: list[float], colour: str, mark: str) -> None:
    """A group's marks, and the line of each interval that is known."""
    known = [(row, dot.low, dot.high) for row, dot in zip(rows, own, strict=True) if dot.low is not None]
    if known:
        axes.hlines(*zip(*known, strict=True), color=colour)
    axes.plot([dot.value for dot in own], rows, mark, color=colour, markersize=6, label=own[0].group)


def _figure(height: int) -> tuple[Figure, object]:
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, layout="constrained")
    return figure, figure.add_subplot()


def _svg(figure: Figure) -> bytes:
    out = BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(out, format="svg", metadata=nothing, transparent=True)
    return out.getvalue()
