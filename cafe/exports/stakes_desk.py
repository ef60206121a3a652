"""The table des enjeux of one interview, to take away: PDF, XLSX, HTML."""

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from cafe import access
from cafe.errors import NotFound
from cafe.exports.formats import XLSX
from cafe.exports.stakes_file import Signed, write_pdf, write_xlsx
from cafe.guide.engine import stakes_table
from cafe.guide.room_desk import open_interview
from cafe.web import requires

bp = Blueprint("stakes", __name__, url_prefix="/entretiens/<int:sitting_id>")
TYPES = {"pdf": "application/pdf", "xlsx": XLSX, "html": "text/html"}


@bp.get("/table.<suffix>")
@requires(access.may_interview)
def download(sitting_id, suffix):
    interview = open_interview(sitting_id)
    if suffix not in TYPES:
        raise NotFound("Ce format n’existe pas.")
    table = stakes_table(interview.progress.guide, interview.progress.given)
    person = interview.person
    signed = Signed(table, ", ".join(filter(None, (person.pseudonym, person.group, person.subgroup))))
    response = Response(_WRITERS[suffix](signed), mimetype=TYPES[suffix])
    response.headers["Content-Disposition"] = f"attachment; filename=table-des-enjeux-{sitting_id}.{suffix}"
    return response


def _html(signed: Signed) -> str:
    """A file that carries its own style, for it is opened far from the site."""
    return render_template("guide/interview/table_file.html", signed=signed, style=Markup(STYLE))


STYLE = "body{font:16px/1.5 system-ui,sans-serif;margin:24px;color:#22201c}h2{color:#7a3e1d}"
_WRITERS = {"pdf": write_pdf, "xlsx": write_xlsx, "html": _html}
