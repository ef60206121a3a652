"""Cells that no spreadsheet takes for a formula."""

import re

# What Excel, LibreOffice and their full-width readings start a formula with.
STARTS = "=+-@\t\r＝＋－＠"
FIRST = frozenset(STARTS + "\n")
CUTS = ";\t\n"
# A French Excel that opens a CSV by a double click cuts cells at « ; » and rows at line breaks, quoted or not.
INSIDE = re.compile(f"(?<=[{CUTS}])(?=[{re.escape(STARTS)}])")


def inert(value) -> str:
    """The value as text, with an apostrophe before what could be run as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text and text[0] in FIRST else text


def inert_in_csv(value) -> str:
    """The same, also where a spreadsheet that reads the file with other separators would begin a cell."""
    text = inert(value)
    return INSIDE.sub("'", text) if any(cut in text for cut in CUTS) else text
