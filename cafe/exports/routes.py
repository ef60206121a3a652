"""The analyst's way out: what to keep, in which format; a page that waits with them; the log."""

from io import BytesIO
from uuid import uuid4

from flask import Blueprint, current_app, render_template, request, send_file, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import Conflict, NotFound, Refusal
from cafe.exports import kept, queries, services
from cafe.exports.background import start_export
from cafe.exports.choices import Choices, told
from cafe.exports.desk import vault
from cafe.exports.formats import FORMATS
from cafe.exports.import_desk import bp as import_pages
from cafe.exports.reading import count
from cafe.web import current_actor, page_or_fragment, read_key, requires, see_other

bp = Blueprint("exports", __name__, url_prefix="/donnees")
bp.register_blueprint(import_pages)
# What is written while its maker waits, in contributions; the rest goes on in the background.
SHORT, LONG_FORMATS = 2_000, ("bundle",)
TOO_LONG = "Cet export est trop long pour venir tout de suite. Demandez-le depuis la page Données."


@bp.get("")
@requires(access.may_export)
def index():
    return _index(Choices.read(request.args), request.args.get("format", ""))


def _index(choices, format, error="", status=200):
    kept.drop_expired(vault(), now())
    page = {"choices": choices, "format": format if format in FORMATS else "csv", "formats": FORMATS, "error": error}
    page |= {"lists": queries.filter_lists(), "kept": count(choices), "log": queries.latest_exports()}
    return render_template("exports/index.html", **page, key=str(uuid4()), told=_told, states=STATES), status


STATES = {"running": "en cours", "done": "prêt", "failed": "interrompu", "stale": "périmé", "expired": "effacé"}


def _told(written: str) -> str:
    return told(Choices.unwritten(written))


@bp.post("")
@requires(access.may_export)
def ask():
    """Record the export, begin it, and go where it can be waited for."""
    choices, format = Choices.read(request.form), request.form.get("format", "")
    if "count" in request.form:
        return see_other(url_for("exports.index", format=format, **choices.chosen()))
    try:
        export, is_new = services.ask(read_key(request.form), format, choices, current_actor().staff_id, now())
    except Conflict as refusal:
        return _index(choices, format, str(refusal), refusal.status)
    if is_new:
        _begin(export)
    return see_other(url_for("exports.show", export_id=export.id))


def _is_short(export) -> bool:
    return export.contributions <= SHORT and export.format not in LONG_FORMATS


def _begin(export) -> None:
    if _is_short(export):
        services.write_export(export.id, vault(), current_app.config["CLOCK"])
    else:
        start_export(export.id, current_app.config["HOUSE"])


@bp.get("/exports/<int:export_id>")
@requires(access.may_export)
def show(export_id):
    export = services.find_own(export_id, current_actor().staff_id)
    page = {"export": export, "format": FORMATS[export.format], "told": _told(export.choices)}
    page |= {"cut_off": kept.is_cut_off(export, now()), "again": Choices.unwritten(export.choices)}
    return page_or_fragment("exports/show.html", "exports/_export.html", **page, key=str(uuid4()))


@bp.get("/exports/<int:export_id>/fichier")
@requires(access.may_export)
def file(export_id):
    """The file, for its maker alone."""
    try:
        export, path = services.open_file(export_id, current_actor().staff_id, vault(), now())
    except NotFound as refusal:
        services.find_own(export_id, current_actor().staff_id)
        return render_template("exports/gone.html", message=str(refusal), export_id=export_id), refusal.status
    return _sent(export, path)


def _sent(export, content):
    format = FORMATS[export.format]
    response = send_file(content, format.mimetype, as_attachment=True, download_name=format.file, etag=False)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/<name>")
@requires(access.may_export)
def download(name):
    """A short export at once, kept from the address's filters; logged as the others."""
    choices, staff_id = Choices.read(request.args), current_actor().staff_id
    if count(choices) > SHORT or name in LONG_FORMATS:
        raise Refusal(TOO_LONG)
    export, _ = services.ask(str(uuid4()), name, choices, staff_id, now())
    services.write_export(export.id, vault(), current_app.config["CLOCK"])
    export, path = services.open_file(export.id, staff_id, vault(), now())
    return _sent(export, BytesIO(path.read_bytes()))
