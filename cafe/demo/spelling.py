"""How people write: with care, without accents or full stops, as in a text message, in capitals."""

import re
import unicodedata
from random import Random

SHORT = {
    "je ne ": "j ", "j’ai": "g", "c’est": "c", "qu’": "k", "que ": "ke ", "pour ": "pr ", "parce que": "pcq",
    "toujours": "tjrs", "beaucoup": "bcp", "quelqu’un": "qqn", "avec": "avc", "vous": "vs", "nous": "ns", "tout": "tt",
}  # fmt: skip


def respell(text: str, spelling: str, draw: Random) -> str:
    """The text as someone of this spelling writes it; now and then the most careful make a slip."""
    if spelling == "sms":
        for long, short in SHORT.items():
            text = text.replace(long, short)
    if spelling in ("sms", "no_accents"):
        folded = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe"))
        text = "".join(letter for letter in folded if not unicodedata.combining(letter))
    if spelling in ("sms", "no_marks"):
        text = re.sub(r"[.,]", "", text).lower()
    if spelling == "shouting" and draw.random() < 0.2:
        return text.upper()
    return _slip(text, draw) if draw.random() < 0.15 else text


def _slip(text: str, draw: Random) -> str:
    """Two letters of a long word the wrong way round."""
    long = [match.span() for match in re.finditer(r"[a-zé]{7,}", text)]
    if not long:
        return text
    start, end = draw.choice(long)
    at = draw.randrange(start + 1, end - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
