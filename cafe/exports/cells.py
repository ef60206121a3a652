"""Cells that no spreadsheet takes for a formula."""

# What Excel, LibreOffice and their full-width readings start a formula with.
STARTS = tuple("=+-@\t\r\n＝＋－＠")


def inert(value) -> str:
    """The value as text, with an apostrophe before what could be run as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(STARTS) else text
