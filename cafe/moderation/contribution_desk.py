"""What is done on the page of one contribution, beyond deciding: notes, ideas, verbatims kept."""

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.corpus.words import clean_text
from cafe.errors import Refusal
from cafe.moderation import exchange, retaining, services, stances
from cafe.moderation.forms import read_page
from cafe.moderation.rendering import contribution_page, go_back, refused, stances_fragment
from cafe.referential.services import current_tagger
from cafe.web import current_actor, read_key, read_number, requires, see_other, wants_fragment

bp = Blueprint("contribution", __name__, url_prefix="/moderation")
ONE = "/<int:contribution_id>"


def _done(contribution_id, sentence, anchor):
    flash(sentence)
    return see_other(url_for("moderation.show", contribution_id=contribution_id, _anchor=anchor))


@bp.post(f"{ONE}/note")
@requires(access.may_moderate)
def note(contribution_id):
    """A note for the team, or a word to the author."""
    sent, audience = request.form, request.form.get("audience", "")
    try:
        key, text = read_key(sent), sent.get("text", "")
        exchange.write_as_staff(key, contribution_id, audience, text, current_actor().staff_id, now())
    except Refusal as refusal:
        return contribution_page(contribution_id, str(refusal), refusal.status)
    if audience == "author":
        return _done(contribution_id, "Votre mot est envoyé. L’auteur le lit avec son message.", "author")
    return _done(contribution_id, "Note gardée pour l’équipe.", "team")


@bp.post(f"{ONE}/position")
@requires(access.may_moderate)
def hold(contribution_id):
    """Say how a proposition is held in this message."""
    tag, stance = request.form.get("tag", ""), request.form.get("stance", "")
    try:
        number = stances.set_stance(contribution_id, tag, stance, current_tagger(), current_actor().staff_id, now())
    except Refusal as refusal:
        return refused(refusal)
    said = f"Position : {stance}." if stance else "Position reprise."
    if wants_fragment():
        return stances_fragment(contribution_id, said, number)
    return go_back(said, str(number or ""), anchor=f"c{contribution_id}")


@bp.post(f"{ONE}/idees")
@requires(access.may_moderate)
def split(contribution_id):
    """Cut the message where ideas begin; nothing ticked makes it whole again."""
    starts = [read_number(sent) for sent in request.form.getlist("start")]
    try:
        ideas = services.split(contribution_id, starts, current_actor().staff_id, now())
    except Refusal as refusal:
        return contribution_page(contribution_id, str(refusal), refusal.status)
    said = f"Message coupé en {ideas} idées." if ideas > 1 else "Le message ne fait qu’une idée."
    return _done(contribution_id, said, "ideas")


@bp.post(f"{ONE}/retenir")
@requires(access.may_moderate)
def retain(contribution_id):
    try:
        section, staff_id = request.form.get("section", ""), current_actor().staff_id
        retaining.retain(contribution_id, section, current_tagger(), staff_id, now())
    except Refusal as refusal:
        return contribution_page(contribution_id, str(refusal), refusal.status)
    return _done(contribution_id, "Verbatim retenu.", "retained")


@bp.post(f"{ONE}/ne-plus-retenir")
@requires(access.may_moderate)
def release(contribution_id):
    retaining.release(contribution_id, clean_text(request.form.get("section", "")), current_actor().staff_id, now())
    if request.form.get("back") == "page":
        return _done(contribution_id, "Ce verbatim n’est plus retenu.", "retained")
    flash("Ce verbatim n’est plus retenu.")
    return see_other(url_for("moderation.contribution.retained"))


@bp.get("/retenus")
@requires(access.may_moderate)
def retained():
    """The verbatims kept, by section."""
    page = read_page(request.args)
    rows, more = retaining.retained(page)
    labels = retaining.sections(current_tagger().referential.families)
    return render_template("moderation/retained.html", rows=rows, more=more, page=page, labels=labels)
