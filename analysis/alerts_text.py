"""A text as the alerts read it: lower case, no accents, plain spaces and dashes, each character in its own place."""

import unicodedata

QUOTES, DASHES, SPACES = "’‘ʼ`´", "‐‑‒–—−", "\u00a0\u2002\u2003\u2007\u2009\u202f"


def _table() -> dict[str, str]:
    """Accented letters without their accent; nothing that would change a text's length."""
    table = {}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if base.isascii() and base.isalpha():
            table[chr(code)] = base
    for signs, plain in ((QUOTES, "'"), (DASHES, "-"), (SPACES, " ")):
        table |= dict.fromkeys(signs, plain)
    return table


TABLE = _table()


def folded(text: str) -> str:
    """The same text, character for character, written plainly."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    # Quicker than str.translate, which looks up every character of a text that has accents.
    for char in TABLE.keys() & set(lower):
        lower = lower.replace(char, TABLE[char])
    return lower
