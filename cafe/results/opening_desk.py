"""Where the organiser opens results to the committee and to citizens, and closes them again."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.results.freezing import find, frozen_list
from cafe.results.opening import OPENABLE, WHO, close_results, open_results, opening_of, read_live
from cafe.results.site import BY_SLUG
from cafe.web import current_actor, read_key, read_number, requires, see_other

bp = Blueprint("opening", __name__, url_prefix="/ouvrir")
URLS = {"comite": "committee", "citoyens": "citizens"}
SAID = {
    "open": "Les résultats sont ouverts {}.", "close": "Les résultats sont fermés {}.",
    "live": "Le comité lit de nouveau les chiffres du jour.",
}  # fmt: skip


def _audience(named: str) -> str:
    if named not in URLS:
        raise NotFound("Cette page n’existe pas.")
    return URLS[named]


@bp.get("/<named>")
@requires(access.may_organise)
def choose(named):
    return _choose(named, opening_of(_audience(named)))


def _choose(named, opening, pages=None, error="", status=200):
    audience = _audience(named)
    page = {"named": named, "audience": audience, "who": WHO[audience], "opening": opening, "error": error}
    page |= {"datasets": frozen_list(), "openable": [BY_SLUG[slug] for slug in OPENABLE[audience]]}
    page["chosen"] = pages if pages is not None else opening.pages or OPENABLE[audience]
    return render_template("results/frozen/open.html", **page, key=str(uuid4())), status


@bp.post("/<named>")
@requires(access.may_organise)
def change(named):
    """Open, close, or let the committee read live again."""
    audience, action = _audience(named), request.form.get("action", "")
    try:
        _do(action, audience)
    except Refusal as refusal:
        pages = request.form.getlist("page")
        return _choose(named, opening_of(audience), pages, str(refusal), refusal.status)
    flash(SAID[action].format(WHO[audience]))
    return see_other(url_for("results.frozen.index"))


def _do(action: str, audience: str) -> None:
    key, staff_id = read_key(request.form), current_actor().staff_id
    if action == "open":
        number = read_number(request.form.get("dataset", ""))
        if not number:
            raise Refusal("Choisissez d’abord un jeu figé.")
        open_results(audience, find(number).id, request.form.getlist("page"), key, staff_id, now())
    elif action == "close":
        close_results(audience, key, staff_id, now())
    elif action == "live" and audience == "committee":
        read_live(key, staff_id, now())
    else:
        raise Refusal("Dites si vous ouvrez ou si vous fermez.")
