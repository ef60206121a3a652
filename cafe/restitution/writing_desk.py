"""The team's desk for what it writes: objectives, lessons, leads, each with its draft, its history, its preview."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import Conflict, Refusal
from cafe.referential.services import current_tagger
from cafe.restitution import outcomes, pieces, queries
from cafe.restitution.forms import read_decided_on, read_typed
from cafe.restitution.models import KINDS
from cafe.restitution.published import published_pieces
from cafe.restitution.rendering import ask_again
from cafe.web import current_actor, read_key, read_number, requires, see_other, wants_fragment
from cafe.zones import dialogue_day, dialogue_zone

bp = Blueprint("writing", __name__, url_prefix="/lecons")
bp.after_request(ask_again)
NAMES = {"objectives": "Objectifs", "lesson": "Leçon", "lead": "Piste"}


@bp.context_processor
def _words():
    return {"zone": dialogue_zone(), "names": NAMES}


@bp.get("")
@requires(access.is_staff)
def index():
    """Every text and where it stands; those who do not write read what is out."""
    if not access.may_read_drafts(current_actor()):
        return render_template("restitution/desk/read.html", pieces=published_pieces())
    page = {"lines": queries.lines(), "removed": queries.removed(), "key": uuid4()}
    return render_template("restitution/desk/index.html", kinds=KINDS, **page)


@bp.post("/<kind>/nouveau")
@requires(access.may_write)
def create(kind):
    number = pieces.create(read_key(request.form), kind, current_actor().staff_id, now())
    return see_other(url_for("writing.edit", piece_id=number))


@bp.get("/<int:piece_id>")
@requires(access.may_read_drafts)
def edit(piece_id):
    piece = queries.find_piece(piece_id)
    typed = pieces.Typed(piece.title, piece.words, tuple(piece.subjects.split()))
    return _page(piece, typed)


def _page(piece, typed, refusal=None, told=None):
    """A text being written: what was typed, what stands there if someone else wrote, what became of a lead."""
    referential = current_tagger().referential
    page = {"piece": piece, "typed": typed, "token": pieces.token_of(piece), "error": str(refusal or "")}
    page |= {"is_other": isinstance(refusal, Conflict) and not told, "told": told or {}, "key": uuid4()}
    page["today"] = dialogue_day(now()).isoformat()
    page |= {"is_changed": queries.is_changed(piece), "outcomes": outcomes.outcomes_of(piece.id)}
    page["choices"] = queries.choices(referential, set(typed.subjects))
    page["people"] = queries.people_of(piece.subjects, referential)
    return render_template("restitution/desk/piece.html", **page), refusal.status if refusal else 200


@bp.post("/<int:piece_id>")
@requires(access.may_write)
def save(piece_id):
    """Keep the draft, or publish it; what is refused comes back with its words, beside the other's if there are two."""
    typed, token, staff_id = read_typed(request.form), request.form.get("token", ""), current_actor().staff_id
    publishes = request.form.get("action") == "publish"
    try:
        (pieces.publish if publishes else pieces.save)(piece_id, typed, token, staff_id, now())
    except (Conflict, Refusal) as refusal:
        return _page(queries.find_piece(piece_id), typed, refusal)
    flash("C’est publié." if publishes else "Le brouillon est gardé.")
    return see_other(url_for("writing.edit", piece_id=piece_id))


@bp.post("/<int:piece_id>/brouillon")
@requires(access.may_write)
def keep(piece_id):
    """The draft kept while one writes; nothing but its state to show."""
    error, status = "", 200
    try:
        pieces.save(piece_id, read_typed(request.form), request.form.get("token", ""), current_actor().staff_id, now())
    except Refusal as refusal:
        # What htmx asked for must be shown: it swaps no refusal.
        error, status = str(refusal), 200 if wants_fragment() else refusal.status
    piece = queries.find_piece(piece_id)
    token = request.form.get("token", "") if error else pieces.token_of(piece)
    return render_template("restitution/desk/_kept.html", piece=piece, token=token, error=error), status


@bp.post("/<int:piece_id>/retirer")
@requires(access.may_write)
def unpublish(piece_id):
    pieces.unpublish(piece_id)
    flash("Ce texte n’est plus publié. Le brouillon reste.")
    return see_other(url_for("writing.edit", piece_id=piece_id))


@bp.post("/<int:piece_id>/place")
@requires(access.may_write)
def move(piece_id):
    pieces.move(piece_id, read_number(request.form.get("to", "")))
    return see_other(url_for("writing.index", _anchor=f"t{piece_id}"))


@bp.post("/<int:piece_id>/enlever")
@requires(access.may_write)
def remove(piece_id):
    pieces.remove(piece_id, now())
    flash("Ce texte est hors de la liste. Il est en bas de la page, à remettre.")
    return see_other(url_for("writing.index"))


@bp.post("/<int:piece_id>/remettre")
@requires(access.may_write)
def put_back(piece_id):
    pieces.put_back(piece_id)
    return see_other(url_for("writing.index", _anchor=f"t{piece_id}"))


@bp.get("/<int:piece_id>/avant")
@requires(access.may_read_drafts)
def history(piece_id):
    """What a text said before."""
    page = {"piece": queries.find_piece(piece_id), "versions": queries.versions(piece_id)}
    return render_template("restitution/desk/history.html", **page)


@bp.post("/<int:piece_id>/suite")
@requires(access.may_organise)
def tell(piece_id):
    """What becomes of a lead: those who spoke of it are told."""
    told = {name: request.form.get(name, "") for name in ("words", "decided_on")}
    try:
        key, decided_on = read_key(request.form), read_decided_on(request.form)
        outcomes.tell(key, piece_id, told["words"], decided_on, current_actor().staff_id, now())
    except Refusal as refusal:
        piece = queries.find_piece(piece_id)
        return _page(piece, pieces.Typed(piece.title, piece.words, tuple(piece.subjects.split())), refusal, told)
    flash("C’est écrit. Les personnes qui en ont parlé vont l’apprendre.")
    return see_other(url_for("writing.edit", piece_id=piece_id, _anchor="suite"))


@bp.get("/apercu")
@requires(access.may_read_drafts)
def preview():
    """What citizens would read if every draft were published."""
    return render_template("restitution/desk/preview.html", lines=queries.lines())
