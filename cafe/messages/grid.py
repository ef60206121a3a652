"""The grid person × day: who answered, who is stuck, who is silent; and a nudge in two taps."""

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.corpus.words import clean_text
from cafe.errors import NotFound
from cafe.forum.attendance import PAGE, STATES, attendance
from cafe.forum.page import find_cafe_or_refuse
from cafe.messages import services
from cafe.people.queries import all_groups
from cafe.web import current_actor, read_number, requires, see_other

bp = Blueprint("grid", __name__, url_prefix="/participation")
NUDGED = {
    "email": "Un e-mail part à {name}, hors des heures calmes.",
    "hand": "{name} est sur la liste à appeler.",
    "": "{name} n’a laissé ni adresse ni numéro, ou ne veut plus de message.",
}


@bp.get("/<slug>")
@requires(access.may_moderate)
def show(slug):
    """The grid, fifty people a page."""
    cafe = find_cafe_or_refuse(slug)
    filters = {
        "day": read_number(request.args.get("jour", "")),
        "state": request.args.get("etat", ""),
        "group": request.args.get("groupe", "")[:40],
        "words": clean_text(request.args.get("mots", ""))[:60],
        "page": max(read_number(request.args.get("page", "")), 1),
    }
    found = attendance(cafe, now(), **filters)
    pages = max(-(-found.found // PAGE), 1)
    page = {"cafe": cafe, "grid": found, "filters": filters, "pages": pages, "states": STATES, "groups": all_groups()}
    return render_template("messages/grid.html", **page)


@bp.post("/<slug>/relancer/<int:participant_id>")
@requires(access.may_moderate)
def nudge(slug, participant_id):
    """A reminder to one person about today's question, by e-mail or by hand; tapped twice it is one."""
    cafe = find_cafe_or_refuse(slug)
    name = services.pseudonym_of(participant_id)
    if name is None:
        raise NotFound("Cette personne n’est pas dans ce dialogue.")
    channel = services.nudge(cafe, participant_id, current_actor().staff_id, now())
    flash(NUDGED[channel].format(name=name))
    return see_other(url_for("grid.show", slug=slug, etat=request.form.get("etat", "")[:10]))
