"""Texts as they are stored: LF, NFC, without the control characters that a base or a spreadsheet refuses."""

import hmac
import re
import unicodedata

from cafe.errors import Refusal

LONGEST = 10_000
# Categories Cc and Cs, but for the line feed and the tab; then what takes no room, or turns a line around.
UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean_text(typed: str) -> str:
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNREADABLE.sub("", text)).strip()


def checked_text(typed: str) -> str:
    """The text to store; refused when there is nothing to read or too much."""
    text = clean_text(typed)
    if not text:
        raise Refusal("Votre message est vide. Écrivez quelques mots, puis touchez Envoyer.")
    if len(text) > LONGEST:
        raise Refusal(f"Votre message est trop long : {len(text)} signes pour {LONGEST} au plus. Coupez-le en deux.")
    return text


def text_digest(text: str, key: str) -> str:
    """What tells a replay from another text without keeping the words; keyed, so that no guess can be checked."""
    return hmac.digest(key.encode(), text.encode(), "sha256").hex()
