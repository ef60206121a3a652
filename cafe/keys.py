"""The install's secrets. They have no default: `cafe init` draws them into a file that only its owner reads."""

import json
import os
import secrets
from pathlib import Path

from cafe.errors import Refusal

FILE = "keys.json"
NAMES = ("session", "cards")


def write_keys(data: Path) -> None:
    """Draw the keys unless they exist: drawn again, every card and every session would die."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / FILE
    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({name: secrets.token_hex(32) for name in NAMES}, file)


def read_keys(data: Path) -> dict[str, str]:
    """The keys by name; refused when the install has none."""
    try:
        return json.loads((data / FILE).read_text())
    except FileNotFoundError:
        raise Refusal(f"Il manque les clés de cette installation dans {data} : lancez d’abord « cafe init ».") from None
