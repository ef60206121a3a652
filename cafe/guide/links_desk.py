"""The organiser's desk for open links: listed with what became of each, made, printed, stopped."""

from uuid import uuid4

from flask import Blueprint, current_app, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import Refusal
from cafe.guide import links
from cafe.guide.link_forms import read_bounds, read_link, shown_bounds, typed_link
from cafe.guide.link_lines import find_link, link_lines
from cafe.guide.published import current_guide
from cafe.people.queries import groups_with_people
from cafe.people.sheets import qr_svg
from cafe.web import requires, see_other
from cafe.zones import dialogue_zone

bp = Blueprint("links", __name__, url_prefix="/liens")
# How many posters a sheet of A4 holds.
SHEETS = {"a4": 1, "a6": 4}


@bp.get("")
@requires(access.may_organise)
def index():
    return render_template("guide/desk/links.html", lines=link_lines(now()), guide=current_guide())


@bp.get("/nouveau")
@requires(access.may_organise)
def new():
    return _new({}, str(uuid4()))


def _new(typed, key, refusal=None):
    page = {"typed": typed, "key": key, "error": str(refusal or ""), "groups": groups_with_people()}
    page |= {"most": links.MOST}
    return render_template("guide/desk/new_link.html", **page), refusal.status if refusal else 200


@bp.post("/nouveau")
@requires(access.may_organise)
def create():
    try:
        link_id = links.create_link(read_link(request.form, dialogue_zone()), now())
    except Refusal as refusal:
        # Another key: what is refused made nothing, and a form that served already must not come back.
        return _new(typed_link(request.form), str(uuid4()), refusal)
    flash("Le lien est prêt. Imprimez-le, ou copiez son adresse.")
    return see_other(url_for("guide_desk.links.show", link_id=link_id))


@bp.get("/<int:link_id>")
@requires(access.may_organise)
def show(link_id):
    line = find_link(link_id, now())
    return _show(line, shown_bounds(line.link, dialogue_zone()))


def _show(line, typed, refusal=None):
    page = {"address": _address(line), "qr": qr_svg(_address(line)), "typed": typed, "error": str(refusal or "")}
    page |= {"most": links.MOST}
    return render_template("guide/desk/link.html", line=line, **page), refusal.status if refusal else 200


def _address(line) -> str:
    """What the poster shows, whichever address the organiser reads this page at."""
    return f"{current_app.config['HOUSE'].public_url}/q/{line.link.token}"


@bp.post("/<int:link_id>")
@requires(access.may_organise)
def extend(link_id):
    """Change how many people a link takes, and its last day; its address stays."""
    line = find_link(link_id, now())
    try:
        links.extend_link(link_id, *read_bounds(request.form, dialogue_zone()), now())
    except Refusal as refusal:
        return _show(line, typed_link(request.form), refusal)
    flash("Le lien est changé. Son adresse reste la même.")
    return see_other(url_for("guide_desk.links.show", link_id=link_id))


@bp.post("/<int:link_id>/arreter")
@requires(access.may_organise)
def stop(link_id):
    is_stopped = request.form.get("action") == "stop"
    links.stop_link(link_id, is_stopped, now())
    flash("Le lien est arrêté. Qui a commencé peut finir." if is_stopped else "Le lien est repris.")
    return see_other(url_for("guide_desk.links.show", link_id=link_id))


@bp.get("/<int:link_id>/affiche")
@requires(access.may_organise)
def poster(link_id):
    """The sheet to print: one poster, or four to cut up."""
    line = find_link(link_id, now())
    size = request.args.get("format", "")
    size = size if size in SHEETS else "a4"
    # Broken nowhere but between the site and the link's own part.
    site, _, own = _address(line).partition("://")[2].partition("/q/")
    page = {"where": (site, f"/q/{own}"), "qr": qr_svg(_address(line)), "size": size, "copies": SHEETS[size]}
    return render_template("guide/desk/poster.html", line=line, **page)
