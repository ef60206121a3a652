"""The draft as a whole: written as text, compared, published, thrown away; and how far its long work is."""

from flask import Blueprint, current_app, flash, make_response, render_template, request, url_for

from analysis.errors import BadInput
from cafe import access
from cafe.background import runner, services
from cafe.clock import now
from cafe.coding import comparing, drafts, publishing
from cafe.coding.corpus import find_texts
from cafe.errors import Refusal
from cafe.referential.services import current_tagger
from cafe.results.site import PAGES
from cafe.web import current_actor, page_or_fragment, read_key, requires, see_other

bp = Blueprint("draft", __name__, url_prefix="/brouillon")
COMPARISON, RETAGGING = "comparison", "retagging"


@bp.get("")
@requires(access.may_moderate)
def show():
    return _page()


def _page(error="", source=None, status=200):
    draft = drafts.find()
    page = {"draft": draft, "source": draft.source if source is None else source, "error": error}
    page |= {"comparison": services.latest(COMPARISON, now()), "version": current_tagger().version}
    return render_template("coding/draft.html", **page), status


@bp.post("")
@requires(access.may_moderate)
def write():
    """Keep the whole text, faults included."""
    source = request.form.get("source", "").replace("\r\n", "\n")
    try:
        drafts.rewrite(request.form.get("token", ""), source, current_actor().staff_id, now())
    except Refusal as refusal:
        return _page(str(refusal), source, refusal.status)
    return see_other(url_for("coding.draft.show"))


@bp.get("/referentiel.yaml")
@requires(access.may_moderate)
def download():
    response = make_response(drafts.find().source)
    response.headers["Content-Type"] = "application/yaml; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=referentiel.yaml"
    return response


@bp.post("/jeter")
@requires(access.may_moderate)
def discard():
    drafts.discard(request.form.get("token", ""))
    flash("Le brouillon est jeté. Le référentiel en vigueur n’a pas changé.")
    return see_other(url_for("coding.index"))


@bp.post("/comparer")
@requires(access.may_moderate)
def compare():
    """Compare the draft with what stands, beside the requests: it reads every text."""
    draft = drafts.find()
    if draft.fault:
        return _page("Corrigez d’abord le brouillon.", status=400)
    work_id = _begin(COMPARISON, lambda tell: comparing.compare(draft.referential, tell) | {"token": draft.token})
    return see_other(url_for("coding.draft.comparison", work_id=work_id))


def _begin(kind, job) -> int:
    work_id, is_new = services.begin(read_key(request.form), kind, current_actor().staff_id, now())
    if is_new:
        runner.start(current_app._get_current_object(), work_id, job)
    return work_id


@bp.get("/comparaison/<int:work_id>")
@requires(access.may_moderate)
def comparison(work_id):
    work, draft = services.find(work_id, COMPARISON, now()), drafts.find()
    numbers = [number for tag in work.result.get("tags", ()) for number in (*tag["gains"], *tag["losses"])]
    page = {"work": work, "draft": draft, "texts": find_texts(numbers[:900]), "labels": _labels(draft)}
    page["titles"] = {section.name: section.title for shown in PAGES for section in shown.sections}
    return page_or_fragment("coding/comparison.html", "coding/_work.html", **page)


def _labels(draft) -> dict:
    shown = current_tagger().referential if draft.fault else draft.referential
    return {(family.code, tag.code): tag.label for family in shown.families for tag in family.tags}


@bp.post("/publier")
@requires(access.may_moderate)
def publish():
    """Publish the draft, then retag everything beside the requests."""
    key = read_key(request.form)
    known = services.by_key(key)
    try:
        known or drafts.publish(request.form.get("token", ""), now())
    except (Refusal, BadInput) as refusal:
        return _page(str(refusal), status=getattr(refusal, "status", 400))
    work_id = known or _begin(RETAGGING, lambda tell: publishing.retag_all(tell, now))
    return see_other(url_for("coding.draft.retagging", work_id=work_id))


@bp.post("/reprendre")
@requires(access.may_moderate)
def retag_again():
    """Retag everything once more, after work that was cut short."""
    work_id = _begin(RETAGGING, lambda tell: publishing.retag_all(tell, now))
    return see_other(url_for("coding.draft.retagging", work_id=work_id))


@bp.get("/pose/<int:work_id>")
@requires(access.may_moderate)
def retagging(work_id):
    work = services.find(work_id, RETAGGING, now())
    return page_or_fragment("coding/retagging.html", "coding/_work.html", work=work, version=current_tagger().version)
