"""The native charts of votes and of the matrix, with the table that says their points."""

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.util import Pt

from cafe.restitution.deck import Cell, Grid, Points, Stack
from cafe.restitution.drawing import DARK, PLACEMENTS, level_colour, top_of
from cafe.restitution.fitting import short
from cafe.restitution.look import Look
from cafe.restitution.pptx_blocks import CAPTION_HEIGHT, put_caption, put_grid
from cafe.restitution.pptx_charts import FORMATS, add_chart, bare_axes, plot_area, replace_workbook
from cafe.restitution.pptx_page import INK, SOFT, WHITE, Box, rgb


def put_stack(slide, box: Box, stack: Stack, look: Look, told: str) -> None:
    """The chart; under it, when there are some, the indices of its rows in the same order."""
    if not stack.head:
        stack_chart(slide, put_caption(slide, box, stack.caption), stack, told)
        return
    table = min(70 + 30 * len(stack.rows), box.height * 0.56)
    room = Box(box.left, box.top, box.width, box.height - table - CAPTION_HEIGHT - 10)
    stack_chart(slide, room, stack, told)
    rows = tuple((Cell(short(row.label, 70)), *map(Cell, row.told)) for row in stack.rows)
    widths = (0.4, *[0.6 / len(stack.head)] * len(stack.head))
    grid = Grid(("Dans le même ordre", *stack.head), rows, widths, stack.caption)
    top = room.top + room.height + 6
    put_grid(slide, Box(box.left, top, box.width, box.top + box.height - top), grid, look)


def put_points(slide, box: Box, points: Points, look: Look, told: str) -> None:
    """The plane on the left; on the right what each number is, and its figures."""
    room = put_caption(slide, box, points.caption)
    side = room.width * 0.45
    point_chart(slide, Box(room.left, room.top, side, room.height), points, told)
    rows = tuple(
        (Cell(str(point.number)), Cell(point.label), *map(Cell, point.told), Cell(point.placement or "—"))
        for point in points.points
    )
    head = ("N°", "Proposition", "Extérieur", "Opérateur", "Place")
    left = "Entre parenthèses, l’intervalle de stabilité à 95 %."
    grid = Grid(head, rows, (0.07, 0.36, 0.2, 0.2, 0.17), left)
    put_grid(slide, Box(room.left + side + 18, room.top, room.width - side - 18, room.height), grid, look)


def stack_chart(slide, box: Box, stack: Stack, told: str) -> None:
    """A bar a statement, cut in its levels; each level has its sign in its name."""
    data = CategoryChartData(number_format=FORMATS["share"])
    names = [short(row.label, 110) for row in stack.rows]
    data.categories = names
    titles = [f"{level.sign} {level.label}" for level in stack.levels]
    for place, name in enumerate(titles):
        data.add_series(name, [row.shares[place] for row in stack.rows])
    chart = add_chart(slide, XL_CHART_TYPE.BAR_STACKED_100, box, data, told)
    lines = [[name, *row.shares] for name, row in zip(names, stack.rows, strict=True)]
    replace_workbook(chart, [["", *titles], *lines])
    plot_area(chart, 0.4, 0, 0.59, 0.87)
    bare_axes(chart, 0, 1)
    chart.plots[0].gap_width, chart.plots[0].overlap = 60, 100
    for place, (series, level) in enumerate(zip(chart.plots[0].series, stack.levels, strict=True)):
        _level(series, level_colour(level.code, place))
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.legend.font.size = Pt(11)


def _level(series, colour: str) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(colour)
    series.format.line.color.rgb = rgb(WHITE)
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, '[<0.05]"";0\u00a0%', False
    labels.font.size, labels.font.bold = Pt(11), True
    labels.font.color.rgb = rgb(WHITE if colour in DARK else INK)


def point_chart(slide, box: Box, points: Points, told: str) -> None:
    """Numbered points, each in the colour of its placement, and the thresholds as two lines."""
    data = XyChartData(number_format=FORMATS["share"])
    series = data.add_series("Propositions")
    rows: list[list] = [["", "Propositions"]]
    for point in points.points:
        series.add_data_point(point.x, point.y)
        rows.append([point.x, point.y])
    rows.append([])
    top = top_of(points)
    x, y = points.limits
    for title, ends in (("Seuil du dehors", ((x, 0), (x, top))), ("Seuil de l’opérateur", ((0, y), (top, y)))):
        series = data.add_series(title)
        rows += [["", title], *map(list, ends), []]
        for end in ends:
            series.add_data_point(*end)
    chart = add_chart(slide, XL_CHART_TYPE.XY_SCATTER, box, data, told)
    replace_workbook(chart, rows)
    _plane(chart, top)
    numbered, *thresholds = chart.plots[0].series
    _markers(numbered, points)
    for series in thresholds:
        _threshold(series)


def _plane(chart, top: float) -> None:
    for axis, name in (
        (chart.category_axis, "Attente des groupes extérieurs"),
        (chart.value_axis, "Celle de l’opérateur"),
    ):
        axis.minimum_scale, axis.maximum_scale, axis.has_major_gridlines = 0, top, False
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = FORMATS["share"], False
        axis.tick_labels.font.size, axis.tick_labels.font.color.rgb = Pt(10), rgb(SOFT)
        axis.format.line.color.rgb = rgb(SOFT)
        axis.has_title = True
        axis.axis_title.text_frame.text = name
        font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold, font.color.rgb = Pt(11), False, rgb(SOFT)


def _markers(series, points: Points) -> None:
    series.format.line.fill.background()
    for place, point in enumerate(points.points):
        drawn = series.points[place]
        drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 20
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = rgb(PLACEMENTS[point.placement])
        drawn.marker.format.line.color.rgb = rgb(WHITE)
        label = drawn.data_label
        label.has_text_frame, label.position = True, XL_LABEL_POSITION.CENTER
        label.text_frame.text = str(point.number)
        font = label.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold, font.color.rgb = Pt(11), True, rgb(WHITE)


def _threshold(series) -> None:
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.color.rgb, series.format.line.width = rgb(SOFT), Pt(1)
    series.smooth = False
