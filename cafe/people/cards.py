"""Access cards: three plain words, of which only an HMAC under the install's key is kept."""

import hashlib
import hmac
import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path

WORDS_FILE = Path(__file__).with_name("words.txt")
WORDS_PER_CARD = 3


@cache
def word_list() -> tuple[str, ...]:
    return tuple(WORDS_FILE.read_text(encoding="utf-8").split())


def draw_words(count: int = WORDS_PER_CARD) -> str:
    """Different words, joined by hyphens; three of 2,048 give more than 8 thousand million cards."""
    return "-".join(secrets.SystemRandom().sample(word_list(), count))


def words_from(seed: str, key: str, count: int = WORDS_PER_CARD) -> str:
    """Different words drawn from a form's own key, under the install's: sent again, the form gives the same words."""
    number = int.from_bytes(hmac.new(key.encode(), f"words/{seed}".encode(), hashlib.sha256).digest())
    left, drawn = list(word_list()), []
    for _ in range(count):
        number, place = divmod(number, len(left))
        drawn.append(left.pop(place))
    return "-".join(drawn)


def normalise_words(typed: str) -> str:
    """The card's words as anyone may type them: capitals, accents, spaces, commas and hyphens do not matter."""
    folded = unicodedata.normalize("NFKD", typed.lower())
    return "-".join(re.findall(r"[a-z]+", "".join(c for c in folded if not unicodedata.combining(c))))


def card_digest(typed: str, key: str) -> str:
    return hmac.new(key.encode(), normalise_words(typed).encode(), hashlib.sha256).hexdigest()
