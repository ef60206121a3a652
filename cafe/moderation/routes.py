"""The moderator's pages: the list with its tags lit, one contribution and what surrounds it."""

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.forum.queries import latest_cafe
from cafe.moderation import queries, services
from cafe.moderation.forms import read_filters
from cafe.moderation.lit import light
from cafe.referential.services import current_tagger
from cafe.web import current_actor, requires, see_other, wants_fragment

bp = Blueprint("moderation", __name__, url_prefix="/moderation")
ACTIONS = {
    "hide": "Masqué",
    "restore": "Republié",
    "read": "Lu",
    "tag_confirmed": "Tag confirmé",
    "tag_removed": "Tag retiré",
    "tag_added": "Tag ajouté",
}


def _common() -> dict:
    """What every card needs: the labels of the tags, the passages lit, the café's time zone."""
    families = current_tagger().referential.families
    labels = {(family.code, tag.code): tag.label for family in families for tag in family.tags}

    def lit(item):
        spans = ((tag.start, tag.end, labels.get((tag.family, tag.code), tag.code)) for tag in item.standing)
        return light(item.text, spans)

    cafe = latest_cafe()
    return {"families": families, "labels": labels, "lit": lit, "timezone": cafe.timezone if cafe else "Europe/Paris"}


@bp.get("")
@requires(access.may_moderate)
def index():
    """Contributions with their tags, newest first; what waits is counted at the top."""
    filters = read_filters(request.args)
    items, more = queries.find_items(filters)
    page = {"items": items, "more": more, "filters": filters, "counts": queries.counts(), "asked": queries.asked()}
    return render_template("moderation/index.html", **page, **_common())


@bp.get("/<int:contribution_id>")
@requires(access.may_moderate)
def show(contribution_id):
    return _show(contribution_id)


def _show(contribution_id, error="", status=200):
    item = queries.find_item(contribution_id)
    if item is None:
        raise NotFound("Cette contribution n’existe pas, ou son auteur l’a retirée.")
    page = {"item": item, "decisions": queries.decisions(item.id), "actions": ACTIONS, "error": error}
    return render_template("moderation/show.html", **page, **queries.around(item), **_common()), status


def _done(contribution_id, sentence: str):
    """The card refreshed, for htmx; the page of the contribution otherwise."""
    if wants_fragment():
        return render_template("moderation/_card.html", item=queries.find_item(contribution_id), **_common())
    flash(sentence)
    return see_other(url_for("moderation.show", contribution_id=contribution_id))


@bp.post("/<int:contribution_id>/tag")
@requires(access.may_moderate)
def decide_tag(contribution_id):
    """Confirm or remove one tag."""
    family, _, code = request.form.get("tag", "").partition(":")
    state = "removed" if request.form.get("state") == "removed" else "confirmed"
    services.decide_tag(contribution_id, family, code, state, current_actor().staff_id, now())
    return _done(contribution_id, "Tag retiré." if state == "removed" else "Tag confirmé.")


@bp.post("/<int:contribution_id>/lu")
@requires(access.may_moderate)
def mark_read(contribution_id):
    services.mark_read(contribution_id, current_actor().staff_id, now())
    return _done(contribution_id, "Noté comme lu.")


@bp.post("/<int:contribution_id>/ajouter")
@requires(access.may_moderate)
def add_tag(contribution_id):
    sent = request.form
    try:
        tag, passage = sent.get("tag", ""), sent.get("passage", "")
        services.add_tag(contribution_id, tag, passage, current_tagger(), current_actor().staff_id, now())
    except Refusal as refusal:
        return _show(contribution_id, str(refusal), refusal.status)
    return _done(contribution_id, "Tag ajouté.")


@bp.post("/<int:contribution_id>/masquer")
@requires(access.may_moderate)
def hide(contribution_id):
    try:
        services.hide(contribution_id, request.form.get("reason", ""), current_actor().staff_id, now())
    except Refusal as refusal:
        return _show(contribution_id, str(refusal), refusal.status)
    return _done(contribution_id, "Message masqué. Son auteur voit la raison.")


@bp.post("/<int:contribution_id>/republier")
@requires(access.may_moderate)
def restore(contribution_id):
    services.restore(contribution_id, current_actor().staff_id, now())
    return _done(contribution_id, "Message republié.")
