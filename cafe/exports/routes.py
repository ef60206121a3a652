"""The analyst's way out: each format behind a button."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, Response, render_template

from cafe import access
from cafe.errors import NotFound
from cafe.exports.formats import FORMATS
from cafe.referential.services import current_tagger
from cafe.results.frames import frames_from_base
from cafe.web import requires

bp = Blueprint("exports", __name__, url_prefix="/donnees")


@bp.get("")
@requires(access.may_export)
def index():
    return render_template("exports/index.html", formats=FORMATS)


@bp.get("/<name>")
@requires(access.may_export)
def download(name):
    """The whole corpus in one format, under pseudonyms drawn for this export."""
    format = FORMATS.get(name)
    if format is None:
        raise NotFound("Ce format n’existe pas.")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        format.write(frames_from_base(), list(current_tagger().referential.families), path)
        response = Response(path.read_bytes(), mimetype=format.mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename=contributions.{format.suffix}"
    return response
