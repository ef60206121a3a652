"""The organiser's desk for the draft: written or sent as a file, its faults told by their line, then published."""

from flask import Blueprint, flash, render_template, request, url_for

from analysis.errors import BadInput
from cafe import access
from cafe.clock import now
from cafe.errors import Conflict, Refusal
from cafe.guide import drafts
from cafe.guide.comparing import compare
from cafe.guide.published import current_guide
from cafe.guide.yaml_files import read_file, yaml_file
from cafe.web import current_actor, requires, see_other

bp = Blueprint("draft", __name__, url_prefix="/brouillon")
LARGEST = 1024 * 1024


@bp.url_value_preprocessor
def _allow_a_guide(endpoint, _values):
    # Before anything reads the form: what is too long must come back in the page, not be refused at the door.
    if endpoint and endpoint.endswith(("draft.save", "draft.upload")):
        request.max_content_length = request.max_form_memory_size = LARGEST


@bp.get("")
@requires(access.may_organise)
def edit():
    draft = drafts.find_draft()
    source = draft.source if draft else drafts.next_source()
    return _page(draft, source, draft.token if draft else "")


def _page(draft, source, token, refusal=None):
    """The text as it was typed, and what it is worth; `draft` is the one that is kept."""
    examined = drafts.examine(source)
    page = {"draft": draft, "source": source, "token": token, "examined": examined, "lines": source.split("\n")}
    page |= {"refusals": drafts.refusals_for(examined), "error": str(refusal or ""), "longest": drafts.LONGEST}
    page |= {"is_other": isinstance(refusal, Conflict)}
    return render_template("guide/desk/draft.html", **page), refusal.status if refusal else 200


@bp.post("")
@requires(access.may_organise)
def save():
    typed = request.form.get("source", "")
    return _keep(typed, request.form.get("token", ""))


def _keep(typed, token):
    """Keep a text, faulty or not; refused, it comes back in the page, to be sent again over what stands there now."""
    try:
        drafts.save(typed, token, current_actor().staff_id, now())
    except Refusal as refusal:
        draft = drafts.find_draft()
        return _page(draft, typed, draft.token if draft else "", refusal)
    flash("Le brouillon est enregistré.")
    return see_other(url_for("guide_desk.draft.edit"))


@bp.get("/fichier")
@requires(access.may_organise)
def choose():
    return _choose()


def _choose(refusal=None):
    page = {"draft": drafts.find_draft(), "error": str(refusal or "")}
    return render_template("guide/desk/file.html", **page), refusal.status if refusal else 200


@bp.post("/fichier")
@requires(access.may_organise)
def upload():
    """A file takes the draft's place, with its faults if it has any."""
    sent = request.files.get("file")
    try:
        source = read_file(sent.read() if sent else b"")
    except Refusal as refusal:
        return _choose(refusal)
    return _keep(source, request.form.get("token", ""))


@bp.get("/guide.yaml")
@requires(access.may_organise)
def download():
    return yaml_file(drafts.the_draft().source, "brouillon.yaml")


@bp.get("/publier")
@requires(access.may_organise)
def confirm():
    """What publishing changes, before it is done."""
    return _confirm()


def _confirm(refusal=None):
    draft, current = drafts.the_draft(), current_guide()
    examined = drafts.examine(draft.source)
    changes = compare(current.guide, examined.guide) if current and examined.guide else []
    page = {"draft": draft, "current": current, "examined": examined, "changes": changes}
    page |= {"refusals": drafts.refusals_for(examined), "error": str(refusal or "")}
    return render_template("guide/desk/publish.html", **page), getattr(refusal, "status", 400) if refusal else 200


@bp.post("/publier")
@requires(access.may_organise)
def publish():
    """The text that was read is published, once however often this is sent."""
    try:
        version_id = drafts.publish_draft(request.form.get("token", ""), current_actor().staff_id, now())
    except (Refusal, BadInput) as refusal:
        return _confirm(refusal)
    flash("La version est publiée. Qui commence maintenant y répond.")
    return see_other(url_for("guide_desk.show", version_id=version_id))


@bp.get("/abandonner")
@requires(access.may_organise)
def leaving():
    return render_template("guide/desk/discard.html", draft=drafts.the_draft())


@bp.post("/abandonner")
@requires(access.may_organise)
def discard():
    drafts.discard(request.form.get("token", ""))
    flash("Le brouillon est abandonné.")
    return see_other(url_for("guide_desk.index"))
