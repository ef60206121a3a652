"""Cells that no spreadsheet takes for a formula."""

import re

# What Excel, LibreOffice and their full-width readings start a formula with.
STARTS = "=+-@\t\r＝＋－＠"
FIRST = re.compile(f"\\A[{re.escape(STARTS)}\n]")
# A French Excel that opens a CSV by a double click cuts cells at « ; » and rows at line breaks, quoted or not.
INSIDE = re.compile(f"(?<=[;\t\n])(?=[{re.escape(STARTS)}])")


def inert(value) -> str:
    """The value as text, with an apostrophe before what could be run as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if FIRST.match(text) else text


def inert_in_csv(value) -> str:
    """The same, also where a spreadsheet that reads the file with other separators would begin a cell."""
    return INSIDE.sub("'", inert(value))
