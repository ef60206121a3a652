"""The care list, for few eyes: who is in charge of whom, by when, how it ended."""

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import Refusal
from cafe.moderation import care
from cafe.moderation.forms import read_page
from cafe.web import current_actor, read_number, requires, see_other
from cafe.zones import dialogue_zone

bp = Blueprint("care", __name__, url_prefix="/moderation/soin")


@bp.get("")
@requires(access.may_care)
def index():
    return _page(read_page(request.args))


def _page(number, error="", status=200):
    cases, total = care.cases(current_actor().own_participant_id, number, now())
    page = {"cases": cases, "total": total, "page": number, "more": total > number * care.PAGE, "error": error}
    page |= {"keepers": care.keepers(), "delays": care.DELAYS, "sent": request.form, "timezone": dialogue_zone()}
    return render_template("moderation/care.html", **page), status


@bp.post("/<int:contribution_id>/prendre")
@requires(access.may_care)
def take(contribution_id):
    """Say who is in charge, and by when."""
    keeper, hours = (read_number(request.form.get(name, "")) for name in ("keeper", "hours"))
    try:
        care.take(contribution_id, keeper, hours, current_actor().staff_id, now())
    except Refusal as refusal:
        return _page(read_page(request.args), str(refusal), refusal.status)
    flash("La prise en charge est notée.")
    return see_other(url_for("moderation.care.index", _anchor=f"c{contribution_id}"))


@bp.post("/<int:contribution_id>/clore")
@requires(access.may_care)
def close(contribution_id):
    """Note what was done; the message leaves the list."""
    try:
        care.close(contribution_id, request.form.get("outcome", ""), current_actor().staff_id, now())
    except Refusal as refusal:
        return _page(read_page(request.args), str(refusal), refusal.status)
    flash("C’est noté. Ce message quitte la liste.")
    return see_other(url_for("moderation.care.index"))
