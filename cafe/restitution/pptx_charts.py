"""Native charts: whoever opens the deck can edit their figures; their workbook holds text and numbers, no formula."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from xml.sax.saxutils import quoteattr

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from cafe.restitution.deck import Bars, Row
from cafe.restitution.fitting import short
from cafe.restitution.pptx_page import DATA, INK, LINE, Box, describe, rgb

POINTS = '+0"\u00a0pts";−0"\u00a0pts";0"\u00a0pts"'
FORMATS = {"share": "0\u00a0%", "fine": "0.0\u00a0%", "note": "0.0", "count": "# ##0", "points": POINTS}
LABELS, FINE = 0.44, 0.1
# What « 100 % » takes beyond the longest bar of a narrow chart, as a share of it.
ROOM = 0.24
# The workbook of a chart is the same whenever it is made.
EPOCH = datetime(2018, 6, 1)


def bar_chart(slide, box: Box, bars: Bars, told: str) -> None:
    """Bars, the first on top, each with its whisker and, in its label, its interval."""
    bars = _in_points(bars)
    data = CategoryChartData(number_format=_format(bars))
    names = [category(row) for row in bars.rows]
    data.categories = names
    data.add_series("Valeur", [row.value for row in bars.rows])
    chart = add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, box, data, told)
    replace_workbook(chart, [["", "Valeur"], *([name, row.value] for name, row in zip(names, bars.rows, strict=True))])
    plot_area(chart, LABELS, 0, 0.985 - LABELS, 1)
    low, high = _scale(bars)
    bare_axes(chart, low, high)
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = _gap(len(names)), False
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(DATA)
    series.invert_if_negative = False
    _value_labels(plot, bars)
    _whiskers(series, bars.rows)
    _shift_labels(series, bars, (high - low) / (0.985 - LABELS))


def _in_points(bars: Bars) -> Bars:
    """Gaps as they are read, in points: only a format in « % » shows a share as a hundredth."""
    if bars.unit != "points":
        return bars
    return replace(bars, rows=tuple(_times_hundred(row) for row in bars.rows))


def _times_hundred(row: Row) -> Row:
    low, high = (None if bound is None else bound * 100 for bound in (row.low, row.high))
    return replace(row, value=row.value * 100, low=low, high=high)


def category(row: Row) -> str:
    label = short(row.label, 62)
    # An axis breaks its labels where it likes, a dash included.
    interval = row.interval.replace("–", "\N{NO-BREAK SPACE}à\N{NO-BREAK SPACE}")
    return f"{label} ({interval})" if interval else label


def _format(bars: Bars) -> str:
    is_fine = bars.unit == "share" and max((row.value for row in bars.rows), default=1) < FINE
    return FORMATS["fine" if is_fine else bars.unit]


def _scale(bars: Bars) -> tuple[float, float]:
    """The bounds of the value axis, with room for the figures beyond the whiskers."""
    if bars.unit == "note":
        return 1, 5.6
    reach = max([max(row.value, row.high or row.value) for row in bars.rows] + [0.001])
    lowest = min([min(row.value, row.value if row.low is None else row.low) for row in bars.rows] + [0])
    room = ROOM * (reach - lowest)
    return (lowest - room if lowest < 0 else 0), reach + room


def _gap(bars: int) -> int:
    return 150 if bars < 4 else 90 if bars < 7 else 55


def add_chart(slide, kind, box: Box, data, told: str):
    frame = slide.shapes.add_chart(kind, *box.emu(), data)
    describe(frame, told)
    chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.color.rgb = Pt(12), rgb(INK)
    return chart


def replace_workbook(chart, rows: Sequence[Sequence[str | float]]) -> None:
    """The chart's data, cell by cell where its references look for it, every word as text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": EPOCH})
        sheet = book.add_worksheet("Sheet1")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write_number(number, place, cell)
    chart.part.chart_workbook.update_from_xlsx_blob(out.getvalue())


def plot_area(chart, left: float, top: float, width: float, height: float) -> None:
    """Where the bars are, in shares of the chart: the labels keep the rest, whatever their length."""
    places = zip(("x", "y", "w", "h"), (left, top, width, height), strict=True)
    values = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in places)
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{values}</c:manualLayout></c:layout>'
    )
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, layout)


def bare_axes(chart, low: float, high: float) -> None:
    """No grid, no ticks: the figures are written beside the bars."""
    values, names = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale = low, high
    values.has_major_gridlines, values.visible = False, False
    names.reverse_order = True
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = rgb(LINE)
    names.tick_labels.font.size, names.tick_labels.font.color.rgb = Pt(12), rgb(INK)


def _value_labels(plot, bars: Bars) -> None:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _format(bars), False
    labels.position, labels.show_value = XL_LABEL_POSITION.OUTSIDE_END, True
    labels.font.size, labels.font.bold, labels.font.color.rgb = Pt(13), True, rgb(INK)
    # LibreOffice would write « 100 » above « % ».
    labels._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").set("wrap", "none")


def _whiskers(series, rows: Sequence[Row]) -> None:
    """The stability interval of each bar, as native error bars with their own lengths."""
    if all(row.low is None for row in rows):
        return
    plus = [0.0 if row.high is None else max(row.high - row.value, 0) for row in rows]
    minus = [0.0 if row.low is None else max(row.value - row.low, 0) for row in rows]
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_numbers(plus)}</c:plus><c:minus>{_numbers(minus)}</c:minus>"
        f'<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="{INK.upper()}"/></a:solidFill></a:ln></c:spPr>'
        "</c:errBars>"
    )
    series._element.find(qn("c:cat")).addprevious(bars)


def _numbers(values: Sequence[float]) -> str:
    points = "".join(f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>' for place, value in enumerate(values))
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'


def _shift_labels(series, bars: Bars, span: float) -> None:
    """Move each figure past its whisker: by that many shares of the chart's width."""
    for place, row in enumerate(bars.rows):
        beyond = (row.low - row.value) if row.value < 0 and row.low is not None else (row.high or row.value) - row.value
        if abs(beyond) / span < 0.004:
            continue
        point = series.points[place].data_label
        point.font.size, point.font.bold, point.font.color.rgb = Pt(13), True, rgb(INK)
        point._dLbl.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").set("wrap", "none")
        shift = beyond / span + (0.004 if beyond > 0 else -0.004)
        layout = parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="{shift:.4f}"/><c:y val="0"/>'
            "</c:manualLayout></c:layout>"
        )
        point._dLbl.find(qn("c:idx")).addnext(layout)
        number = parse_xml(f'<c:numFmt {nsdecls("c")} formatCode={quoteattr(_format(bars))} sourceLinked="0"/>')
        layout.addnext(number)
    _without_leaders(series)


def _without_leaders(series) -> None:
    """No line from a bar to a figure that was moved: one element for each generation of readers."""
    labels = series._element.find(qn("c:dLbls"))
    if labels is None:
        return
    for old in labels.findall(qn("c:showLeaderLines")):
        labels.remove(old)
    labels.append(
        parse_xml(
            f'<c:extLst {nsdecls("c")}><c:ext uri="{{CE6537A1-D6FC-4f65-9D91-7224C49458BB}}" '
            'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
            '<c15:showLeaderLines val="0"/></c:ext></c:extLst>'
        )
    )
