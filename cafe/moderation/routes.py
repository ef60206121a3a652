"""The moderator's pages: the queue, the list with its tags lit, one contribution; what is decided on each."""

from flask import Blueprint, flash, render_template, request, url_for

from analysis.learned_words import is_by_words
from cafe import access
from cafe.clock import now
from cafe.errors import Refusal
from cafe.moderation import queries, services, undoing
from cafe.moderation.author_desk import bp as author_pages
from cafe.moderation.care_desk import bp as care_pages
from cafe.moderation.contribution_desk import bp as contribution_pages
from cafe.moderation.forms import read_done, read_filters, read_gesture, read_picked, read_view
from cafe.moderation.regnier_desk import bp as regnier_pages
from cafe.moderation.rendering import contribution_page, go_back, list_page, queue_page, refused, tag_labels
from cafe.moderation.services import Gesture
from cafe.moderation.wording import DONE, counted, done
from cafe.referential.services import current_tagger
from cafe.signing import form_token
from cafe.web import current_actor, read_key, read_number, requires, see_other, wants_fragment

bp = Blueprint("moderation", __name__)
bp.add_app_template_test(is_by_words, "by_words")
for pages in (contribution_pages, care_pages, author_pages, regnier_pages):
    bp.register_blueprint(pages)
ONE = "/moderation/<int:contribution_id>"


@bp.get("/moderation")
@requires(access.may_moderate)
def index():
    """Contributions with their tags, newest first; what waits is counted at the top."""
    return list_page(read_filters(request.args))


@bp.get("/moderation/file")
@requires(access.may_moderate)
def queue():
    """What waits for a decision, and why."""
    return queue_page(read_view(request.args, current_actor()))


@bp.get(ONE)
@requires(access.may_moderate)
def show(contribution_id):
    return contribution_page(contribution_id)


@bp.post(f"{ONE}/decider")
@requires(access.may_moderate)
def decide(contribution_id):
    """One gesture on one message."""
    gesture = read_gesture(request.form)
    try:
        number = services.decide(contribution_id, gesture, current_tagger(), current_actor().staff_id, now())
    except Refusal as refusal:
        if wants_fragment():
            return render_template("moderation/_said.html", error=str(refusal)), refusal.status
        return refused(refusal)
    if wants_fragment():
        view = read_view(request.form, current_actor())
        said = {"said": done(gesture), "undo": number, "view": view, "token": form_token()}
        return render_template("moderation/_said.html", **said)
    return go_back(done(gesture), str(number))


@bp.post("/moderation/selection")
@requires(access.may_moderate)
def decide_many():
    """One gesture on the messages that are ticked."""
    try:
        batch, picked = read_key(request.form), read_picked(request.form)
        gesture = read_gesture(request.form, batch)
        if gesture.action not in DONE or not picked:
            raise Refusal("Cochez au moins un message, puis choisissez un geste.")
        counts = services.decide_many(picked, gesture, current_tagger(), current_actor().staff_id, now())
    except Refusal as refusal:
        return refused(refusal)
    return go_back(counted(gesture.action, *counts), batch)


@bp.post("/moderation/annuler")
@requires(access.may_moderate)
def undo():
    """Take back one decision, by its number, or a selection's, by its batch."""
    named, staff_id = read_done(request.form.get("decision", "")), current_actor().staff_id
    try:
        if read_number(named):
            number = undoing.undo(read_number(named), current_tagger(), staff_id, now())
            return go_back("Décision annulée.", anchor=f"c{number}")
        return go_back(counted("undo", *undoing.undo_batch(named, current_tagger(), staff_id, now())))
    except Refusal as refusal:
        return refused(refusal)


def _done(contribution_id, sentence: str):
    """The card refreshed, for htmx; the page of the contribution otherwise."""
    if wants_fragment():
        return render_template("moderation/_card.html", item=queries.find_item(contribution_id), **tag_labels())
    flash(sentence)
    return see_other(url_for("moderation.show", contribution_id=contribution_id))


@bp.post(f"{ONE}/tag")
@requires(access.may_moderate)
def decide_tag(contribution_id):
    """Confirm or remove one tag."""
    family, _, code = request.form.get("tag", "").partition(":")
    state = "removed" if request.form.get("state") == "removed" else "confirmed"
    services.decide_tag(contribution_id, family, code, state, current_actor().staff_id, now())
    return _done(contribution_id, "Tag retiré." if state == "removed" else "Tag confirmé.")


@bp.post(f"{ONE}/ajouter")
@requires(access.may_moderate)
def add_tag(contribution_id):
    """Lay a tag by hand: on a passage, on an idea, on the whole."""
    sent = request.form
    try:
        tag, passage = sent.get("tag", ""), sent.get("passage", "")
        idea = read_number(sent["idea"]) if "idea" in sent else None
        services.add_tag(contribution_id, tag, passage, idea, current_tagger(), current_actor().staff_id, now())
    except Refusal as refusal:
        return contribution_page(contribution_id, str(refusal), refusal.status)
    return _done(contribution_id, "Tag ajouté.")


@bp.post(f"{ONE}/lu")
@requires(access.may_moderate)
def mark_read(contribution_id):
    services.decide(contribution_id, Gesture("read"), current_tagger(), current_actor().staff_id, now())
    return _done(contribution_id, "Noté comme lu.")


@bp.post(f"{ONE}/masquer")
@requires(access.may_moderate)
def hide(contribution_id):
    gesture = Gesture("hide", request.form.get("reason", ""), request.form.get("seen", ""))
    try:
        services.decide(contribution_id, gesture, current_tagger(), current_actor().staff_id, now())
    except Refusal as refusal:
        return contribution_page(contribution_id, str(refusal), refusal.status)
    return _done(contribution_id, "Message masqué. Son auteur voit la raison.")


@bp.post(f"{ONE}/republier")
@requires(access.may_moderate)
def restore(contribution_id):
    gesture = Gesture("publish", seen=request.form.get("seen", ""))
    services.decide(contribution_id, gesture, current_tagger(), current_actor().staff_id, now())
    return _done(contribution_id, "Message republié.")
