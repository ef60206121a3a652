"""How much room a text takes, estimated from its letters: enough to cut or to turn the page before it overflows."""

from collections.abc import Iterator
from math import ceil

# Widths in ems of a sans-serif face, rounded up; the others count as the widest of ordinary letters.
NARROW, WIDE = frozenset("iljtfrI.,;:!|'’()[]  "), frozenset("mwMW@%—…")
LINE = 1.22
# How much wider bold letters are.
BOLD = 1.08


def width_of(text: str) -> float:
    """In ems."""
    return sum(0.34 if letter in NARROW else 0.95 if letter in WIDE or ord(letter) > 0x2E7F else 0.6 for letter in text)


def lines_of(text: str, size: float, width: float) -> int:
    """The lines that a text takes at a size, in a width, both in points."""
    ems = width / size
    return sum(max(1, ceil(width_of(line) / ems * 1.03)) for line in text.split("\n"))


def height_of(text: str, size: float, width: float) -> float:
    """In points."""
    return lines_of(text, size, width) * size * LINE


def fitting_size(text: str, sizes: tuple[float, ...], width: float, height: float) -> float:
    """The first of these sizes at which the text holds, else the last."""
    return next((size for size in sizes if height_of(text, size, width) <= height), sizes[-1])


def cut(text: str, size: float, width: float, most: int) -> str:
    """The text within so many lines, ended by « … » when some of it is left out."""
    if lines_of(text, size, width) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if lines_of(f"{text[:middle]}…", size, width) <= most else (low, middle - 1)
    kept = text[:low]
    space = max(kept.rfind(" "), kept.rfind("\n"))
    # A word is kept whole when that costs little.
    return f"{kept[:space] if space > low * 0.8 else kept}".rstrip() + "…"


def short(text: str, most: int) -> str:
    """The text on one line, in so many characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def pieces(text: str, size: float, width: float, most: int) -> Iterator[str]:
    """A text as pieces of so many lines, none of its words left out."""
    rest = text.strip()
    while rest:
        piece = cut(rest, size, width, most)
        if piece == rest:
            yield rest
            return
        taken = piece.removesuffix("…")
        yield taken
        rest = rest[len(taken) :].strip()
