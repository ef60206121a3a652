"""The analyst's pages: each output of the dialogue, the words behind each figure, the café's pulse."""

from flask import Blueprint, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound
from cafe.forum.cafes import nearest_cafe
from cafe.people.queries import all_groups
from cafe.referential.services import current_tagger
from cafe.results import charts, outputs, queries
from cafe.results.abacus import build_abacus
from cafe.results.page import MEASURES, WEIGHTS, Labels, build_page
from cafe.results.rendering import begin, results_to_show
from cafe.results.site import BY_SLUG, PAGES
from cafe.web import current_actor, read_number, requires, see_other, wants_fragment

bp = Blueprint("results", __name__, url_prefix="/resultats")
UNSAID, OTHER = "non_precise", "autre"
SOURCES = {"cafe": "café", "questionnaire": "questionnaire", "interview": "entretiens", "workshop": "ateliers"}
# A page that waits asks again and again; once the figures are there, the browser opens it anew.
READY = "", 200, {"HX-Refresh": "true"}
bp.context_processor(lambda: {"result_pages": PAGES})


def is_ready(shown) -> bool:
    return wants_fragment() and shown.work is None


def labels() -> Labels:
    """The French of what the figures are about."""
    families = current_tagger().referential.families
    options = {(family.code, tag.code): tag.label for family in families for tag in family.tags}
    for family in families:
        for tag in family.tags:
            if not tag.parent:
                options[family.code, f"{tag.code}.{UNSAID}"] = f"{tag.label} — sans champ précisé"
                options[family.code, f"{OTHER}.{tag.code}"] = f"{tag.label} — un autre frein"
        options[family.code, OTHER] = "Une autre réponse"
    targets = {code: label for (family, code), label in options.items() if family == "populations"}
    return Labels(options, targets, {group.code: group.label for group in all_groups()})


@bp.get("")
@requires(access.may_read_results)
def index():
    """Every output, each with the fact that it says first."""
    shown = results_to_show()
    if is_ready(shown):
        return READY
    facts = outputs.first_facts(shown.results, all_groups(), labels()) if shown.results else {}
    return render_template("results/index.html", shown=shown, facts=facts)


@bp.get("/regnier")
@requires(access.may_read_results)
def regnier():
    """The abacus: people × statements, for one group or all of them."""
    shown, page = results_to_show(), BY_SLUG["regnier"]
    if is_ready(shown):
        return READY
    # Results kept by an older version have no abacus: newer ones are under way.
    if not hasattr(shown.results and shown.results.report, "abacus"):
        return render_template("results/waiting.html", shown=shown, page=page)
    built = build_abacus(shown.results, labels().groups, request.args.get("groupe", ""))
    return render_template(page.template, shown=shown, page=page, abacus=built)


@bp.get("/<slug>")
@requires(access.may_read_results)
def section(slug):
    if slug not in BY_SLUG:
        raise NotFound("Cette page de résultats n’existe pas.")
    shown, page = results_to_show(), BY_SLUG[slug]
    if is_ready(shown):
        return READY
    if shown.results is None:
        return render_template("results/waiting.html", shown=shown, page=page)
    known = labels()
    built = build_page(shown.results, page, request.args, all_groups(), known)
    context = {"shown": shown, "built": built, "measures": MEASURES, "weights": WEIGHTS, "sources": SOURCES}
    return render_template(page.template, page=page, extra=outputs.extra(shown.results, slug, known), **context)


@bp.post("/recalculer")
@requires(access.may_analyse)
def compute_again():
    """Begin anew a computation that was cut short or failed."""
    shown = results_to_show()
    if shown.work and shown.work.state in ("failed", "stalled"):
        begin(f"results again {shown.work.id}")
    return see_other(url_for("results.index"))


@bp.get("/paroles/<family>/<option>")
@requires(access.may_read_results)
def verbatims(family, option):
    """The words behind an option, or behind all those under it."""
    found = next((known for known in current_tagger().referential.families if known.code == family), None)
    codes = [tag.code for tag in found.tags if option in (tag.code, tag.parent)] if found else []
    if not codes:
        raise NotFound("Cette réponse n’est pas dans le référentiel.")
    before, team = read_number(request.args.get("avant", "")), access.may_analyse(current_actor())
    words, more = queries.verbatims(family, codes, before, team)
    page = {"label": labels().options[family, option], "family": found, "option": option, "verbatims": words}
    back = next((page.slug for page in PAGES if any(s.family == family for s in page.sections)), "freins")
    return render_template("results/verbatims.html", more=more, back=back, **page)


@bp.get("/pouls")
@requires(access.may_read_results)
def pulse():
    cafe = nearest_cafe(now().date())
    days = queries.pulse(cafe, now()) if cafe else []
    widths = charts.lengths([day.posts for day in days])
    return render_template("results/pulse.html", cafe=cafe, days=list(zip(days, widths, strict=True)))
