"""What the pages of exports share: where files wait, the key of names."""

from flask import current_app

from cafe.exports.kept import Vault
from cafe.web import key_of

FOLDER = "exports"


def vault() -> Vault:
    """This install's files that wait for their maker."""
    return Vault(current_app.config["HOUSE"].data / FOLDER, key_of("session"))
