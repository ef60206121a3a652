"""A guide's text as a file: read from what a browser sends, and sent."""

from flask import Response

from cafe.errors import Refusal


def read_file(sent: bytes) -> str:
    """The text of a file; refused when there is none, or when it is no text."""
    if not sent:
        raise Refusal("Choisissez un fichier, puis envoyez-le.")
    try:
        return sent.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("Ce fichier n’est pas un texte en UTF-8. Enregistrez-le en UTF-8, puis renvoyez-le.") from None


def yaml_file(source: str, name: str) -> Response:
    response = Response(source, mimetype="application/yaml")
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
