"""The document of the restitution, from a page: from which data, in which format, in which look."""

from uuid import uuid4

from flask import Blueprint, current_app, render_template, request, send_file, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import Conflict, NotFound, Refusal
from cafe.exports import kept
from cafe.exports.background import start_export
from cafe.exports.desk import vault
from cafe.restitution import documents
from cafe.restitution.documents import frozen_of
from cafe.restitution.look import keep_look, read_look
from cafe.restitution.making import FORMATS
from cafe.results.freezing import frozen_list
from cafe.web import accept_files, current_actor, page_or_fragment, read_key, read_number, requires, see_other

bp = Blueprint("deck", __name__, url_prefix="/restitution/document")
JOB = "report-job"
STATES = {"running": "en cours", "done": "prêt", "failed": "interrompu", "stale": "périmé", "expired": "effacé"}
accept_files(bp, ".keep")


@bp.get("")
@requires(access.may_export)
def index():
    return _index(request.args.get("format", ""), read_number(request.args.get("jeu", "")))


def _index(format="", frozen=0, error="", status=200):
    kept.drop_expired(vault(), now())
    page = {"formats": FORMATS, "format": format if format in FORMATS else "pptx", "frozen": frozen, "error": error}
    page |= {"datasets": frozen_list(), "log": documents.latest_documents(), "states": STATES, "frozen_of": frozen_of}
    look = read_look(current_app.config["HOUSE"].data)
    return render_template("restitution/document.html", **page, look=look, key=str(uuid4())), status


@bp.post("")
@requires(access.may_export)
def ask():
    """Record the document, begin it, and go where it can be waited for."""
    format, frozen = request.form.get("format", ""), read_number(request.form.get("frozen", ""))
    try:
        export, is_new = documents.ask(read_key(request.form), format, frozen, current_actor().staff_id, now())
    except (Conflict, NotFound) as refusal:
        return _index(format, frozen, str(refusal), refusal.status)
    if is_new:
        start_export(export.id, current_app.config["HOUSE"], JOB)
    return see_other(url_for("deck.show", export_id=export.id))


@bp.get("/<int:export_id>")
@requires(access.may_export)
def show(export_id):
    export = documents.find_own(export_id, current_actor().staff_id)
    page = {"export": export, "format": FORMATS[export.format], "frozen": frozen_of(export.choices)}
    page |= {"cut_off": kept.is_cut_off(export, now()), "key": str(uuid4())}
    return page_or_fragment("restitution/document_show.html", "restitution/_document.html", **page)


@bp.get("/<int:export_id>/fichier")
@requires(access.may_export)
def file(export_id):
    """The file, for its maker alone."""
    try:
        export, path = documents.open_document(export_id, current_actor().staff_id, vault(), now())
    except NotFound as refusal:
        documents.find_own(export_id, current_actor().staff_id)
        return render_template("restitution/gone.html", message=str(refusal), export_id=export_id), refusal.status
    format = FORMATS[export.format]
    response = send_file(path, format.mimetype, as_attachment=True, download_name=format.file, etag=False)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/allure")
@requires(access.may_organise)
def keep():
    """The dialogue's own colour and logo."""
    sent = request.files.get("logo")
    try:
        keep_look(current_app.config["HOUSE"].data, request.form.get("colour", ""), sent.read() if sent else b"",
                  bool(request.form.get("without_logo")))  # fmt: skip
    except Refusal as refusal:
        return _index(error=str(refusal), status=refusal.status)
    return see_other(url_for("deck.index"))
