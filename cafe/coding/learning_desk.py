"""What is proposed: words that people typed after « un autre ? », and terms that corrections set apart."""

from uuid import uuid4

from flask import Blueprint, current_app, flash, render_template, request, url_for

from analysis.errors import BadInput
from cafe import access
from cafe.background import runner, services
from cafe.clock import now
from cafe.coding import drafts, editing, learning, publishing
from cafe.corpus.words import clean_text
from cafe.errors import NotFound, Refusal
from cafe.referential.proposals import find_own_words, own_words
from cafe.web import current_actor, page_or_fragment, read_key, requires, see_other

bp = Blueprint("learning", __name__, url_prefix="/propositions")
LEARNING = "learning"


@bp.get("")
@requires(access.may_moderate)
def index():
    return _page()


def _page(error="", status=200):
    draft, work = drafts.find(), services.latest(LEARNING, now())
    labels = {(f.code, tag.code): tag.label for f in draft.referential.families for tag in f.tags}
    page = {"draft": draft, "labels": labels, "work": work, "terms": learning.open_proposals(), "error": error}
    page |= {"words": own_words(), "families": draft.referential.families, "key": uuid4()}
    page["asked"] = learning.question_words({own.question for own in page["words"]})
    return render_template("coding/proposals.html", **page), status


@bp.post("/apprendre")
@requires(access.may_moderate)
def learn():
    work_id, is_new = services.begin(read_key(request.form), LEARNING, current_actor().staff_id, now())
    if is_new:
        runner.start(current_app._get_current_object(), work_id, lambda tell: learning.learn(tell, now))
    return see_other(url_for("coding.learning.progress", work_id=work_id))


@bp.get("/travail/<int:work_id>")
@requires(access.may_moderate)
def progress(work_id):
    work = services.find(work_id, LEARNING, now())
    return page_or_fragment("coding/learning.html", "coding/_work.html", work=work)


@bp.post("/<int:proposal_id>")
@requires(access.may_moderate)
def decide(proposal_id):
    """Accept a term, as it is or edited, on the draft; or refuse it for good."""
    found, accepts = learning.find_proposal(proposal_id), request.form.get("action") == "accept"
    try:
        if accepts and found.state == "open":
            _accept(found, clean_text(request.form.get("term", ""))[:120] or found.term)
    except (Refusal, BadInput) as refusal:
        return _page(str(refusal), getattr(refusal, "status", 400))
    learning.decide(proposal_id, "accepted" if accepts else "refused", current_actor().staff_id, now())
    flash("La règle est dans le brouillon." if accepts else "La proposition est refusée.")
    return see_other(url_for("coding.learning.index"))


def _accept(found, term):
    edit = editing.accept(found.family, found.code, found.rule, term, drafts.in_force().source)
    drafts.change(drafts.find().token, edit, current_actor().staff_id, now())


@bp.post("/mots/<int:proposal_id>")
@requires(access.may_moderate)
def decide_words(proposal_id):
    """Say which tag words of one's own are, for all who typed them, or that they make none."""
    found, code = find_own_words(proposal_id), request.form.get("code", "")
    family = next((known for known in drafts.find().referential.families if known.code == found.family), None)
    if code and (family is None or code not in {tag.code for tag in family.tags}):
        raise NotFound("Choisissez un tag dans la liste.")
    publishing.decide_proposals(found.proposals, code)
    flash("C’est noté. Le classement suivra à la prochaine publication." if code else "Ces mots ne font pas de tag.")
    return see_other(url_for("coding.learning.index", _anchor="mots"))
