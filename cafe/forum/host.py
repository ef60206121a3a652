"""The host's pages: the days at a glance, the evening's synthesis, a question to one person; and watching."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.corpus.words import clean_text
from cafe.errors import NotFound, Refusal
from cafe.forum import figures, follow_ups, queries, synthesis
from cafe.forum.cafes import nearest_cafe
from cafe.forum.forms import View
from cafe.forum.page import find_cafe_or_refuse, watch_day
from cafe.forum.schedule import current_day
from cafe.web import current_actor, read_key, read_number, requires, see_other

bp = Blueprint("host", __name__, url_prefix="/animation")
PROBE = "/message/<int:contribution_id>/question"
SYNTHESIS = "/<slug>/jour/<int:day>/synthese"


@bp.get("")
@requires(access.may_watch)
def index():
    """The café's days, what was said in each, and where the synthesis stands."""
    cafe = nearest_cafe(now().date())
    if cafe is None:
        return render_template("forum/host/empty.html")
    days = figures.day_counts(cafe.id)
    return render_template("forum/host/index.html", cafe=cafe, days=days, today=current_day(cafe, now()))


@bp.get("/<slug>/jour/<int:day>")
@bp.get("/<slug>/jour/<int:day>/<int:n>")
@requires(access.may_watch)
def watch(slug, day, n=0):
    """The conversation as its citizens see it, for those who watch; there is nothing to write in."""
    return render_template("forum/host/watch.html", page=watch_day(slug, day, n, View.read(request.args), now()))


@bp.get(SYNTHESIS)
@requires(access.may_moderate)
def write_synthesis(slug, day):
    written = synthesis.find(_cafe_of(slug, day).id, day)
    chosen = {verbatim.id for verbatim in written.verbatims} if written else set()
    return _synthesis_page(slug, day, written.text if written else "", chosen)


def _cafe_of(slug, day):
    cafe = find_cafe_or_refuse(slug)
    if not 1 <= day <= cafe.days:
        raise NotFound("Cette journée n’existe pas dans ce café.")
    return cafe


def _synthesis_page(slug, day, text, chosen, error="", status=200):
    cafe = _cafe_of(slug, day)
    words = clean_text(request.values.get("mots", ""))[:100]
    found = synthesis.quotable(cafe.id, day, words)
    kept = [verbatim for verbatim in synthesis.by_number(cafe.id, day, chosen) if verbatim not in found]
    page = {"cafe": cafe, "day": day, "text": text, "chosen": chosen, "quotable": kept + found, "words": words}
    written = synthesis.find(cafe.id, day)
    return render_template("forum/host/synthesis.html", **page, written=written, error=error), status


@bp.post(SYNTHESIS)
@requires(access.may_moderate)
def save_synthesis(slug, day):
    """Keep the draft, publish, or only look for other words among the day's messages."""
    text, action = request.form.get("text", ""), request.form.get("action", "")
    chosen = {read_number(sent) for sent in request.form.getlist("verbatim")}
    if action == "search":
        return _synthesis_page(slug, day, text, chosen)
    try:
        cafe, staff_id = _cafe_of(slug, day), current_actor().staff_id
        synthesis.save(cafe.id, day, text, sorted(chosen), action == "publish", staff_id, now())
    except Refusal as refusal:
        return _synthesis_page(slug, day, text, chosen, str(refusal), refusal.status)
    flash("La synthèse est publiée." if action == "publish" else "La synthèse est enregistrée.")
    return see_other(url_for("host.write_synthesis", slug=slug, day=day))


@bp.get(PROBE)
@requires(access.may_moderate)
def write_probe(contribution_id):
    return _probe_page(contribution_id)


def _probe_page(contribution_id, typed="", error="", status=200):
    post = queries.any_post(contribution_id)
    if post is None or post.status != "published":
        raise NotFound("Ce message n’est plus là.")
    asked = follow_ups.asked_about(contribution_id)
    page = {"post": post, "asked": asked, "text": typed, "error": error, "key": uuid4()}
    return render_template("forum/host/probe.html", **page), status


@bp.post(PROBE)
@requires(access.may_moderate)
def send_probe(contribution_id):
    """Ask one person about what they said; others read the question only when it is public."""
    typed, staff_id = request.form.get("text", ""), current_actor().staff_id
    try:
        key, is_public = read_key(request.form), request.form.get("public") == "1"
        follow_ups.probe(key, contribution_id, typed, is_public, staff_id, now())
    except Refusal as refusal:
        return _probe_page(contribution_id, typed, str(refusal), refusal.status)
    flash("Votre question est posée. Elle attend sa réponse.")
    return see_other(url_for("host.write_probe", contribution_id=contribution_id))


