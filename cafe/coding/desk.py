"""The référentiel on screen: its families and tags, and each tag changed on the draft."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from analysis.errors import BadInput
from analysis.learned_words import rule_by_words
from cafe import access
from cafe.clock import now
from cafe.coding import drafts, editing, forms, learning
from cafe.coding.draft_desk import bp as draft_pages
from cafe.coding.errors import TAGGER_ERRORS
from cafe.coding.learning_desk import bp as learning_pages
from cafe.coding.samples_desk import bp as samples_pages
from cafe.errors import NotFound, Refusal
from cafe.referential.services import current_tagger
from cafe.web import current_actor, requires, see_other

bp = Blueprint("coding", __name__, url_prefix="/referentiel")
bp.context_processor(lambda: {"new_key": uuid4})
# The results come before this room: what they need of it is left where they look.
bp.record(lambda state: state.app.extensions.update(tagger_errors=TAGGER_ERRORS))
TAG = "/<family>/<code>"


@bp.get("")
@requires(access.may_moderate)
def index():
    """Every family and its tags, as they stand in the draft if it can be read, else in force."""
    draft, tagger = drafts.find(), current_tagger()
    shown = tagger.referential if draft.fault else draft.referential
    return render_template("coding/index.html", draft=draft, referential=shown, version=tagger.version)


@bp.get(TAG)
@requires(access.may_moderate)
def tag(family, code):
    return _tag_page(family, code)


def _tag_page(family, code, error="", sent=None, status=200):
    draft = drafts.find()
    found = editing.find_tag(draft, family, code)
    page = {"family": found.family, "tag": found.tag, "rules": found.rules, "siblings": found.siblings}
    page |= {"words": found.words, "by_words": rule_by_words(family, code)}
    page |= {"records": learning.rule_records(family, code), "draft": draft, "error": error, "sent": sent or {}}
    return render_template("coding/tag.html", **page), status


@bp.post(TAG)
@requires(access.may_moderate)
def change(family, code):
    """One change of the tag on the draft: its words, a rule more or less, a part of it, or all of it, elsewhere."""
    try:
        edit = forms.read_edit(request.form, family, code)
        drafts.change(request.form.get("token", ""), edit.apply, current_actor().staff_id, now())
    except (Refusal, BadInput) as refusal:
        return _tag_page(family, code, str(refusal), request.form, getattr(refusal, "status", 400))
    flash(f"{edit.done} Le brouillon est gardé ; rien ne change avant sa publication.")
    return see_other(url_for("coding.tag", family=family, code=edit.goes_to))


@bp.get("/<family>/nouveau-tag")
@requires(access.may_moderate)
def new_tag(family):
    return _new_tag_page(family)


def _new_tag_page(family, error="", sent=None, status=200):
    draft = drafts.find()
    found = next((known for known in draft.referential.families if known.code == family), None)
    if found is None:
        raise NotFound("Cette famille n’est pas dans le référentiel.")
    return render_template("coding/new_tag.html", family=found, draft=draft, error=error, sent=sent or {}), status


@bp.post("/<family>/nouveau-tag")
@requires(access.may_moderate)
def add_tag(family):
    try:
        edit = forms.read_new_tag(request.form, family)
        drafts.change(request.form.get("token", ""), edit.apply, current_actor().staff_id, now())
    except (Refusal, BadInput) as refusal:
        return _new_tag_page(family, str(refusal), request.form, getattr(refusal, "status", 400))
    flash(edit.done)
    return see_other(url_for("coding.tag", family=family, code=edit.goes_to))


for pages in (draft_pages, learning_pages, samples_pages):
    bp.register_blueprint(pages)
