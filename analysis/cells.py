"""Cells that no spreadsheet takes for a formula, and the tables made of them."""

import csv
import io
import re
from collections.abc import Iterable

# What Excel, LibreOffice and their full-width readings start a formula with.
STARTS = "=+-@\t\r＝＋－＠"
FIRST = frozenset(STARTS + "\n")
CUTS = ";\t\n"
# A French Excel that opens a CSV by a double click cuts cells at « ; » and rows at line breaks, quoted or not.
CUT = re.compile(f"[{CUTS}]")
INSIDE = re.compile(f"(?<=[{CUTS}])(?=[{re.escape(STARTS)}])")


def inert(value) -> str:
    """The value as text, with an apostrophe before what could be run as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text and text[0] in FIRST else text


def inert_in_csv(value) -> str:
    """The same, also where a spreadsheet that reads the file with other separators would begin a cell."""
    text = inert(value)
    return INSIDE.sub("'", text) if CUT.search(text) else text


def bare(text: str) -> str:
    """The text without the apostrophe that `inert` put before it."""
    return text[1:] if text.startswith("'") and text[1:2] in FIRST else text


def csv_bytes(rows: Iterable[Iterable]) -> bytes:
    """Rows as a CSV that French spreadsheets open in columns: « ; », and the mark that tells UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([inert_in_csv(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
