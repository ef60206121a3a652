"""The analyst's pages: obstacles, the words behind each figure, the café's pulse."""

from flask import Blueprint, render_template, request

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound
from cafe.forum.cafes import nearest_cafe
from cafe.people.queries import all_groups
from cafe.referential.services import current_tagger
from cafe.results import charts, queries
from cafe.results.page import MEANINGS, MEASURES, build_freins
from cafe.results.services import results_now
from cafe.web import read_number, requires

bp = Blueprint("results", __name__, url_prefix="/resultats")
FAMILY, POPULATIONS = "freins", "populations"
UNSAID = "non_precise"


def _labels_of(family: str) -> dict[str, str]:
    found = (known for known in current_tagger().referential.families if known.code == family)
    return {tag.code: tag.label for known in found for tag in known.tags}


def _labels() -> dict[str, str]:
    tags = current_tagger().referential.family(FAMILY).tags
    enjeux = {tag.code: tag.label for tag in tags if not tag.parent}
    unsaid = {f"{code}.{UNSAID}": f"{label} — sans champ précisé" for code, label in enjeux.items()}
    return {tag.code: tag.label for tag in tags} | unsaid


@bp.get("")
@requires(access.may_analyse)
def freins():
    page = build_freins(results_now(), request.args, all_groups(), _labels(), _labels_of(POPULATIONS))
    return render_template("results/freins.html", page=page, measures=MEASURES, meanings=MEANINGS)


@bp.get("/freins/<option>")
@requires(access.may_analyse)
def verbatims(option):
    """The words behind a champ, or behind all the champs of an enjeu."""
    tags = current_tagger().referential.family(FAMILY).tags
    codes = [tag.code for tag in tags if option in (tag.code, tag.parent)]
    if not codes:
        raise NotFound("Ce frein n’est pas dans le référentiel.")
    found, more = queries.verbatims(FAMILY, codes, read_number(request.args.get("avant", "")))
    return render_template("results/verbatims.html", label=_labels()[option], option=option, verbatims=found, more=more)


@bp.get("/pouls")
@requires(access.may_analyse)
def pulse():
    cafe = nearest_cafe(now().date())
    days = queries.pulse(cafe, now()) if cafe else []
    widths = charts.lengths([day.posts for day in days])
    return render_template("results/pulse.html", cafe=cafe, days=list(zip(days, widths, strict=True)))
