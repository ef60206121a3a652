"""The dialogue's own colour and logo, kept in the install's folder: small, checked, the same for every document."""

import io
import json
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from cafe.errors import Refusal

FOLDER, COLOUR_FILE, LOGO_FILE = "look", "look.json", "logo.png"
COLOUR = "7a3e1d"
LARGEST_SIDE, MOST_PIXELS = 800, 40_000_000
LEAST_CONTRAST = 4.5
NOT_A_COLOUR = "Donnez la couleur en six signes, par exemple « #7a3e1d »."
TOO_PALE = "Cette couleur est trop claire : un texte blanc ne s’y lirait pas. Choisissez-en une plus sombre."
NOT_AN_IMAGE = "Ce fichier n’est pas une image PNG ou JPEG qui se lise."


@dataclass(frozen=True)
class Look:
    """`colour`: six hexadecimal digits; `logo`: a PNG and its width for a height of one, None without one."""

    colour: str = COLOUR
    logo: bytes | None = None
    ratio: float = 1.0


def read_look(data: Path) -> Look:
    """The look of this install; the house's own when none was given."""
    folder = data / FOLDER
    colour = json.loads((folder / COLOUR_FILE).read_text())["colour"] if (folder / COLOUR_FILE).exists() else COLOUR
    if not (folder / LOGO_FILE).exists():
        return Look(colour)
    logo = (folder / LOGO_FILE).read_bytes()
    with Image.open(io.BytesIO(logo)) as image:
        return Look(colour, logo, image.width / image.height)


def keep_look(data: Path, colour: str, logo: bytes = b"", without_logo: bool = False) -> None:
    """Keep a colour, and a logo when one is sent; refused in one sentence when either would not do."""
    colour = checked_colour(colour)
    drawn = small_png(logo) if logo else b""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / COLOUR_FILE).write_text(json.dumps({"colour": colour}))
    if drawn:
        (folder / LOGO_FILE).write_bytes(drawn)
    elif without_logo:
        (folder / LOGO_FILE).unlink(missing_ok=True)


def checked_colour(typed: str) -> str:
    colour = typed.strip().removeprefix("#").lower()
    if len(colour) != 6 or not set(colour) <= set("0123456789abcdef"):
        raise Refusal(NOT_A_COLOUR)
    if 1.05 / (_luminance(colour) + 0.05) < LEAST_CONTRAST:
        raise Refusal(TOO_PALE)
    return colour


def _luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def small_png(sent: bytes) -> bytes:
    """The image drawn anew, within bounds, with nothing else of the file that came."""
    try:
        with Image.open(io.BytesIO(sent), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Refusal(NOT_AN_IMAGE)
            drawn = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise Refusal(NOT_AN_IMAGE) from None
    drawn.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()
