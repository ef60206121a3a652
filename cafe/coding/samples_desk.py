"""Two people code the same texts blind; what they settle is the gold that the rules are measured against."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from analysis.agreement import agreement, disagreements
from cafe import access
from cafe.clock import now
from cafe.coding import measuring, samples
from cafe.coding.forms import read_codes
from cafe.errors import Refusal
from cafe.referential.services import current_tagger
from cafe.web import current_actor, read_key, read_number, requires, see_other

bp = Blueprint("samples", __name__, url_prefix="/accord")
ONE = "/<int:sample_id>"


@bp.get("")
@requires(access.may_moderate)
def index():
    return _index()


def _index(error="", status=200):
    families = {family.code: family.label for family in current_tagger().referential.families}
    page = {"samples": samples.samples(), "families": families, "key": uuid4(), "error": error}
    return render_template("coding/samples.html", **page), status


@bp.post("")
@requires(access.may_moderate)
def draw():
    family = current_tagger().referential.family(request.form.get("family", ""))
    size = read_number(request.form.get("size", ""))
    try:
        number = samples.draw(read_key(request.form), family.code, size, current_actor().staff_id, now())
    except Refusal as refusal:
        return _index(str(refusal), refusal.status)
    return see_other(url_for("coding.samples.show", sample_id=number))


@bp.get(ONE)
@requires(access.may_moderate)
def show(sample_id):
    """One's own progress; once one has coded everything, or codes nothing, the agreement and what is left to settle."""
    sample, me = samples.find(sample_id), current_actor().staff_id
    family = current_tagger().referential.family(sample.family)
    pair, page = sample.pair(), {"sample": sample, "family": family, "me": me, "next": sample.next_for(me)}
    page |= {"names": samples.logins(sample.by_person), "settled": samples.settled(sample)}
    if pair and sample.may_read_others(me):
        lines = agreement(*pair, [tag.code for tag in family.tags])
        page |= {"lines": [line for line in lines if line.f1 is not None]}
        page |= {"apart": [number for number in disagreements(*pair) if number not in page["settled"]]}
    return render_template("coding/sample.html", labels={tag.code: tag.label for tag in family.tags}, **page)


@bp.get(f"{ONE}/texte/<int:contribution_id>")
@requires(access.may_moderate)
def read(sample_id, contribution_id):
    """A text to code; to whoever may read the others' codes, a text to settle."""
    sample, me = samples.find(sample_id), current_actor().staff_id
    given = {who: codes.get(contribution_id) for who, codes in sample.by_person.items()}
    shown = given if sample.may_read_others(me) else {me: given.get(me)}
    page = {"sample": sample, "family": current_tagger().referential.family(sample.family), "given": shown, "me": me}
    page |= {"names": samples.logins(shown), "text": samples.read_text(contribution_id)}
    return render_template("coding/code_text.html", **page)


@bp.post(f"{ONE}/texte/<int:contribution_id>")
@requires(access.may_moderate)
def code(sample_id, contribution_id):
    sample, me = samples.find(sample_id), current_actor().staff_id
    codes = read_codes(request.form, current_tagger().referential.family(sample.family))
    if request.form.get("action") == "settle":
        samples.settle(sample, contribution_id, codes, me, now())
        return see_other(url_for("coding.samples.show", sample_id=sample_id, _anchor="reste"))
    samples.code(sample, contribution_id, codes, me, now())
    onward = samples.find(sample_id).next_for(me)
    if onward is None:
        flash("Vous avez codé tous les textes.")
        return see_other(url_for("coding.samples.show", sample_id=sample_id))
    return see_other(url_for("coding.samples.read", sample_id=sample_id, contribution_id=onward))


@bp.post(f"{ONE}/or")
@requires(access.may_moderate)
def settle_agreed(sample_id):
    count = samples.settle_agreed(samples.find(sample_id), current_actor().staff_id, now())
    flash(f"{count} textes codés pareil servent maintenant de référence.")
    return see_other(url_for("coding.samples.show", sample_id=sample_id))


@bp.get("/qualite")
@requires(access.may_measure)
def quality():
    labels = {(f.code, tag.code): tag.label for f in current_tagger().referential.families for tag in f.tags}
    names = {family.code: family.label for family in current_tagger().referential.families}
    return render_template("coding/quality.html", measured=measuring.measure(), labels=labels, names=names)
