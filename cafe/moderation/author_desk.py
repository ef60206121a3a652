"""The citizens' side of moderation: report a message, see the state of one's own, write to the team."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import Refusal
from cafe.moderation import exchange, reporting
from cafe.moderation.wording import REPORTS
from cafe.web import current_actor, read_key, requires, see_other

bp = Blueprint("author", __name__)


@bp.get("/signaler/<int:contribution_id>")
@requires(access.may_take_part)
def report_form(contribution_id):
    """Why this message should be looked at: four reasons."""
    return _report_page(contribution_id)


def _report_page(contribution_id, error="", status=200):
    post, place = reporting.find_reported(contribution_id, current_actor().participant_id, now())
    return render_template("moderation/report.html", post=post, place=place, reasons=REPORTS, error=error), status


@bp.post("/signaler/<int:contribution_id>")
@requires(access.may_take_part)
def report(contribution_id):
    try:
        reporting.report(contribution_id, current_actor().participant_id, request.form.get("reason", ""), now())
    except Refusal as refusal:
        return _report_page(contribution_id, str(refusal), refusal.status)
    return see_other(url_for("moderation.author.reported", contribution_id=contribution_id))


@bp.get("/signaler/<int:contribution_id>/merci")
@requires(access.may_take_part)
def reported(contribution_id):
    _, place = reporting.find_reported(contribution_id, current_actor().participant_id, now())
    return render_template("moderation/reported.html", place=place, contribution_id=contribution_id)


@bp.get("/mes-mots/<int:contribution_id>")
@requires(access.may_take_part)
def own_message(contribution_id):
    """One of one's messages: its state, and what was written with the team about it."""
    return _own_page(contribution_id)


def _own_page(contribution_id, typed="", error="", status=200):
    message = exchange.own_message(contribution_id, current_actor().participant_id)
    page = {"message": message, "notes": exchange.notes(contribution_id)["author"], "text": typed, "error": error}
    page["may_change"] = message.slug and access.may_change(current_actor(), message)
    return render_template("moderation/own_message.html", **page, key=uuid4()), status


@bp.post("/mes-mots/<int:contribution_id>")
@requires(access.may_take_part)
def write_to_team(contribution_id):
    """Answer the team; what is refused keeps its words."""
    typed, citizen = request.form.get("text", ""), current_actor().participant_id
    try:
        exchange.write_as_author(read_key(request.form), contribution_id, citizen, typed, now())
    except Refusal as refusal:
        return _own_page(contribution_id, typed, str(refusal), refusal.status)
    flash("Votre mot est envoyé. L’équipe le lira.")
    return see_other(url_for("moderation.author.own_message", contribution_id=contribution_id, _anchor="team"))
