"""The analyst's pages: each output of the dialogue, the words behind each figure, the café's pulse."""

from functools import partial

from flask import Blueprint, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound
from cafe.forum.cafes import nearest_cafe
from cafe.people.queries import all_groups
from cafe.referential.services import current_tagger
from cafe.results import charts, outputs, queries
from cafe.results.abacus import build_abacus
from cafe.results.frozen_desk import bp as frozen_pages
from cafe.results.frozen_words import frozen_verbatims
from cafe.results.labels import labels
from cafe.results.notes_desk import bp as notes_pages
from cafe.results.notes_desk import notes_beside
from cafe.results.opening_desk import bp as opening_pages
from cafe.results.page import MEASURES, WEIGHTS, build_page
from cafe.results.public_desk import citizens_index, citizens_page, results_are_open
from cafe.results.readers_desk import dataset_read, keep_dataset, pages_read, refuse_unless_live
from cafe.results.rendering import Shown, begin, live_results, results_to_show
from cafe.results.site import BY_SLUG, PAGES
from cafe.web import current_actor, read_number, requires, see_other, wants_fragment

bp = Blueprint("results", __name__, url_prefix="/resultats")
SOURCES = {"cafe": "café", "questionnaire": "questionnaire", "interview": "entretiens", "workshop": "ateliers"}
# A page that waits asks again and again; once the figures are there, the browser opens it anew.
READY = "", 200, {"HX-Refresh": "true"}
bp.context_processor(lambda: {"result_pages": PAGES})
bp.register_blueprint(frozen_pages)
bp.register_blueprint(opening_pages)
bp.register_blueprint(notes_pages)
bp.add_app_template_global(notes_beside)
bp.add_app_template_global(results_are_open)
bp.url_defaults(keep_dataset)


def is_ready(shown) -> bool:
    return wants_fragment() and shown.work is None


@bp.get("")
@requires(access.may_see_results)
def index():
    """Every output, each with the fact that it says first; citizens have their own."""
    if access.is_citizen(current_actor()):
        return citizens_index(labels())
    shown = results_to_show()
    if is_ready(shown):
        return READY
    facts = outputs.first_facts(shown.results, all_groups(), labels()) if shown.results else {}
    return render_template("results/index.html", shown=shown, facts=facts, result_pages=pages_read())


@bp.get("/regnier")
@requires(access.may_see_results)
def regnier():
    """The abacus: people × statements, for one group or all of them."""
    page = BY_SLUG["regnier"]
    if access.is_citizen(current_actor()):
        return citizens_page(page, labels())
    shown = results_to_show(page.slug)
    if is_ready(shown):
        return READY
    # Results kept by an older version have no abacus: newer ones are under way.
    if not hasattr(shown.results and shown.results.report, "abacus"):
        return render_template("results/waiting.html", shown=shown, page=page)
    asked = request.args.get("groupe", "")
    built = build_abacus(shown.results, labels().groups, asked, is_live=shown.dataset is None)
    return render_template(page.template, shown=shown, page=page, abacus=built)


@bp.get("/<slug>")
@requires(access.may_see_results)
def section(slug):
    if slug not in BY_SLUG:
        raise NotFound("Cette page de résultats n’existe pas.")
    if access.is_citizen(current_actor()):
        return citizens_page(BY_SLUG[slug], labels())
    shown, page = results_to_show(slug), BY_SLUG[slug]
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
    shown = live_results()
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
    back = next((page.slug for page in PAGES if any(s.family == family for s in page.sections)), "freins")
    dataset = dataset_read(back)
    read = partial(frozen_verbatims, dataset.id) if dataset else queries.verbatims
    words, more = read(family, codes, before, team)
    page = {"label": labels().options[family, option], "family": found, "option": option, "verbatims": words}
    shown = Shown(None, None, dataset)
    return render_template("results/verbatims.html", more=more, back=back, shown=shown, **page)


@bp.get("/pouls")
@requires(access.may_read_results)
def pulse():
    refuse_unless_live()
    cafe = nearest_cafe(now().date())
    days = queries.pulse(cafe, now()) if cafe else []
    widths = charts.lengths([day.posts for day in days])
    return render_template("results/pulse.html", cafe=cafe, days=list(zip(days, widths, strict=True)))
