"""« Paroles qui seront citées »: the organiser announces them, sees who was told and who said no, and publishes."""

from datetime import timedelta
from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import Conflict, Refusal
from cafe.restitution import editions
from cafe.restitution.announced import announced, tally, to_announce
from cafe.restitution.candidates import candidates
from cafe.restitution.forms import read_last_day
from cafe.restitution.quotable import current_edition
from cafe.restitution.rendering import ask_again
from cafe.results.labels import labels
from cafe.results.rendering import live_results
from cafe.results.routes import READY, is_ready
from cafe.web import current_actor, read_key, requires, see_other
from cafe.zones import dialogue_day, dialogue_zone

bp = Blueprint("quotes", __name__, url_prefix="/paroles-citees")
bp.after_request(ask_again)
# How long the form offers for people to say no.
USUAL = timedelta(days=14)
STATES = {
    "said_no": "a dit non", "told_no": "a dit non à l’équipe", "read": "l’a lue", "mailed": "e-mail parti",
    "waiting": "pas encore prévenue", "apart": "à prévenir autrement",
}  # fmt: skip
NOT_FRESH = "Les résultats se calculent. Attendez un instant, puis recommencez : rien n’est annoncé."


@bp.get("")
@requires(access.may_read_drafts)
def index():
    """The quotes announced and their authors' answers; those that could be announced now."""
    shown = live_results()
    return READY if is_ready(shown) else _page(shown)


def _page(shown, refusal=None):
    edition = current_edition()
    quotes = announced(edition) if edition else []
    page = {"shown": shown, "edition": edition, "quotes": quotes, "tally": edition and tally(edition, quotes)}
    page |= {"fresh": to_announce(_numbers(shown), edition), "error": str(refusal or ""), "key": uuid4()}
    page |= {"until": request.form.get("until") or _usual_day(edition), "now": now(), "zone": dialogue_zone()}
    status = refusal.status if refusal else 200
    return render_template("restitution/desk/quotes.html", states=STATES, **page), status


def _usual_day(edition) -> str:
    """The last day to say no that the form offers: that of the edition under way, else two weeks from now."""
    runs = edition and edition.published_at is None and edition.objects_until > now()
    last = edition.objects_until - timedelta(seconds=1) if runs else now() + USUAL
    return dialogue_day(last).isoformat()


def _numbers(shown) -> list[int]:
    """What could be announced; nothing while the figures are being computed, since pseudonyms may have moved."""
    is_fresh = shown.results is not None and shown.work is None
    return candidates(shown.results, labels()) if is_fresh else []


@bp.post("/annoncer")
@requires(access.may_organise)
def announce():
    """Tell their authors, who may say no until a day; more quotes may be added before the edition is out."""
    shown = live_results()
    try:
        if shown.work is not None:
            raise Conflict(NOT_FRESH)
        until = read_last_day(request.form, dialogue_zone())
        editions.announce(read_key(request.form), _numbers(shown), until, current_actor().staff_id, now())
    except Refusal as refusal:
        return _page(shown, refusal)
    flash("C’est annoncé. Les personnes citées l’apprennent à leur prochaine visite, et par e-mail.")
    return see_other(url_for("quotes.index"))


@bp.post("/<int:edition_id>/publier")
@requires(access.may_organise)
def publish(edition_id):
    try:
        editions.publish(edition_id, now())
    except Conflict as refusal:
        return _page(live_results(), refusal)
    flash("L’édition est publiée. Qui dira non désormais ne sera plus cité dans la suivante.")
    return see_other(url_for("quotes.index"))


@bp.post("/parole/<int:contribution_id>")
@requires(access.may_organise)
def note(contribution_id):
    """What someone who does not come back here told the organiser; or that it was a mistake."""
    if request.form.get("citer") == "oui":
        editions.drop_objection(contribution_id)
    else:
        editions.note_objection(contribution_id, current_actor().staff_id, now())
    return see_other(url_for("quotes.index", _anchor=f"p{contribution_id}"))
