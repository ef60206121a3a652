"""Corrected tags brought back from another tool: the file read, what it changes shown, then applied."""

from pathlib import Path
from uuid import UUID, uuid4

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from cafe import access
from cafe.clock import now
from cafe.errors import Conflict, NotFound, Refusal
from cafe.exports.desk import vault
from cafe.exports.tag_import import apply_tags, plan_tags, read_tag_file
from cafe.exports.tag_plan import told_counts
from cafe.web import current_actor, key_of, requires, see_other

bp = Blueprint("tags", __name__, url_prefix="/tags")
LARGEST = 64 * 1024 * 1024
TOO_LARGE = "Ce fichier est trop lourd : 64 Mo au plus. Exportez une partie à la fois."
GONE = "Ce fichier n’est plus là. Envoyez-le à nouveau."
ALREADY = "Ce fichier est déjà appliqué. Il n’y a rien d’autre à faire."
SHOWN = 50


@bp.url_value_preprocessor
def _allow_a_file(endpoint, _values):
    # Before anything reads the form: the token's check would refuse what is larger than a message.
    if endpoint and endpoint.endswith("tags.read"):
        request.max_content_length = LARGEST


@bp.errorhandler(RequestEntityTooLarge)
def _too_large(_error):
    return render_template("errors/refusal.html", message=TOO_LARGE, status=413), 413


@bp.get("")
@requires(access.may_export)
def choose():
    return _choose()


def _choose(error="", status=200):
    return render_template("exports/tags.html", error=error), status


@bp.post("")
@requires(access.may_export)
def read():
    """Keep the file aside, then show what it changes; nothing is written to the base."""
    sent, key = request.files.get("file"), str(uuid4())
    path = _place(key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(sent.read() if sent else b"")
    try:
        read_tag_file(path)
    except Refusal as refusal:
        path.unlink()
        return _choose(str(refusal), refusal.status)
    return see_other(url_for("exports.tags.preview", key=key))


def _place(key: str) -> Path:
    """Where one's own file waits; a key that is none, or another's, leads nowhere."""
    try:
        return vault().folder / f"tags-{current_actor().staff_id}-{UUID(key)}"
    except ValueError:
        raise NotFound(GONE) from None


def _read_kept(key: str):
    path = _place(key)
    if not path.is_file():
        raise NotFound(GONE)
    return read_tag_file(path)


def _is_applied(key: str) -> bool:
    """Applied, a file leaves its name and none of its words: sent again by a second click, it is known."""
    path = _place(key)
    return path.is_file() and not path.stat().st_size


def _already():
    flash(ALREADY)
    return see_other(url_for("exports.tags.choose"))


@bp.get("/<key>")
@requires(access.may_export)
def preview(key):
    return _already() if _is_applied(key) else _preview(key)


def _preview(key, error="", status=200):
    file = _read_kept(key)
    plan = plan_tags(file, key_of("session"), current_actor().staff_id)
    page = {"file": file, "plan": plan, "shown": SHOWN, "key": key, "error": error, "told": told_counts}
    return render_template("exports/tag_preview.html", **page), status


@bp.post("/<key>")
@requires(access.may_export)
def apply(key):
    if _is_applied(key):
        return _already()
    file, staff_id = _read_kept(key), current_actor().staff_id
    try:
        plan = apply_tags(file, key_of("session"), staff_id, now(), request.form.get("seen") or "-")
    except Conflict as refusal:
        return _already() if _is_applied(key) else _preview(key, str(refusal), refusal.status)
    _place(key).write_bytes(b"")
    flash(f"Tags : {told_counts(plan)}.")
    return see_other(url_for("exports.tags.choose"))
