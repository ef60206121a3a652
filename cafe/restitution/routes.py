"""A citizen's pages: what their words became, with « Ne pas citer »; what was retained and what is done about it."""

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.referential.services import current_tagger
from cafe.restitution import editions
from cafe.restitution.own_page import own_page
from cafe.restitution.published import published_pieces
from cafe.restitution.rendering import news_strip
from cafe.web import current_actor, requires, see_other
from cafe.zones import dialogue_zone

bp = Blueprint("restitution", __name__)
bp.add_app_template_global(news_strip)
SAID_NO = "C’est noté. Cette parole ne sera pas citée."
SAID_YES = "C’est noté. Cette parole pourra être citée."


@bp.get("/mes-paroles")
@requires(access.may_take_part)
def own():
    """What one's words became; reading it is being told."""
    citizen = current_actor().participant_id
    page = own_page(citizen, current_tagger().referential)
    if page.is_news:
        editions.note_read(citizen, now())
    return render_template("restitution/own.html", page=page, zone=dialogue_zone(), now=now())


@bp.post("/mes-paroles/<int:contribution_id>")
@requires(access.may_take_part)
def answer(contribution_id):
    """« Ne pas citer », or after all yes; sent again it is the same answer."""
    citizen = current_actor().participant_id
    if request.form.get("citer") == "oui":
        editions.allow(contribution_id, citizen)
        flash(SAID_YES)
    else:
        editions.object_to(contribution_id, citizen, now())
        flash(SAID_NO)
    return see_other(url_for("restitution.own", _anchor=f"p{contribution_id}"))


@bp.get("/ce-qui-est-retenu")
@requires(access.may_take_part)
def retained():
    """The lessons and the leads, for every citizen."""
    return render_template("restitution/retained.html", pieces=published_pieces())
