"""The analyst's pages: each output of the dialogue, the words behind each figure, the café's pulse."""

from functools import partial

from flask import Blueprint, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound
from cafe.forum.cafes import nearest_cafe
from cafe.results import charts, outputs, queries, rendering
from cafe.results.abacus import build_abacus
from cafe.results.comparing_routes import bp as comparing_pages
from cafe.results.crossing_routes import bp as crossing_pages
from cafe.results.filters import Filters
from cafe.results.forms import READY, asked, context, is_ready, read_carried
from cafe.results.frozen_desk import bp as frozen_pages
from cafe.results.frozen_words import frozen_verbatims
from cafe.results.labels import SOURCES, labels
from cafe.results.notes_desk import bp as notes_pages
from cafe.results.notes_desk import notes_beside
from cafe.results.opening_desk import bp as opening_pages
from cafe.results.page import build_page
from cafe.results.pictures_routes import bp as pictures_pages
from cafe.results.public_desk import citizens_index, citizens_page, results_are_open
from cafe.results.readers_desk import dataset_read, keep_dataset, pages_read, refuse_unless_live
from cafe.results.rendering import Shown, results_to_show
from cafe.results.site import BY_SLUG, PAGES
from cafe.web import current_actor, read_number, requires, see_other

bp = Blueprint("results", __name__, url_prefix="/resultats")
bp.context_processor(lambda: {"result_pages": PAGES})
bp.register_blueprint(frozen_pages)
bp.register_blueprint(opening_pages)
bp.register_blueprint(notes_pages)
bp.register_blueprint(comparing_pages)
bp.register_blueprint(crossing_pages)
bp.register_blueprint(pictures_pages)
bp.add_app_template_global(notes_beside)
bp.add_app_template_global(results_are_open)
bp.url_defaults(keep_dataset)


@bp.get("")
@requires(access.may_see_results)
def index():
    """Every output, each with the fact that it says first; citizens have their own."""
    known = labels()
    if access.is_citizen(current_actor()):
        return citizens_index(known)
    filters, part, place = asked(known)
    shown = results_to_show(part)
    if is_ready(shown):
        return READY
    facts, told = {}, context(shown, filters, part, known)
    if results := shown.results:
        facts = results.once(("facts", filters), lambda: outputs.first_facts(results, filters, place, known))
    return render_template("results/index.html", facts=facts, result_pages=pages_read(), **told)


@bp.get("/regnier")
@requires(access.may_see_results)
def regnier():
    """The abacus: people × statements, for one group or all of them."""
    page, known = BY_SLUG["regnier"], labels()
    if access.is_citizen(current_actor()):
        return citizens_page(page, known)
    filters, part, _place = asked(known, keep_groups=True)
    shown = results_to_show(part, page.slug)
    if is_ready(shown):
        return READY
    told = {"page": page, "keeps_groups": True} | context(shown, filters, part, known)
    # Results kept by an older version have no abacus: newer ones are under way.
    if not hasattr(shown.results and shown.results.report, "abacus"):
        return render_template("results/waiting.html", **told)
    built = build_abacus(shown.results, known.groups, filters.group, is_live=shown.dataset is None)
    return render_template(page.template, abacus=built, **told)


@bp.get("/<slug>")
@requires(access.may_see_results)
def section(slug):
    if slug not in BY_SLUG:
        raise NotFound("Cette page de résultats n’existe pas.")
    page, known = BY_SLUG[slug], labels()
    if access.is_citizen(current_actor()):
        return citizens_page(page, known)
    filters, part, place = asked(known, keep_groups=not page.sections)
    shown = results_to_show(part, slug)
    if is_ready(shown):
        return READY
    told = {"page": page, "keeps_groups": not page.sections} | context(shown, filters, part, known)
    if (results := shown.results) is None:
        return render_template("results/waiting.html", **told)
    built = results.once((slug, filters), lambda: build_page(results, page, filters, place, known))
    extra = results.once(("extra", slug), lambda: outputs.extra(results, slug, known))
    return render_template(page.template, built=built, extra=extra, **told)


@bp.post("/recalculer")
@requires(access.may_analyse)
def compute_again():
    """Begin anew a computation that was cut short or failed."""
    filters, part, _place = asked(labels(), keep_groups=request.form.get("ensemble") == "1")
    rendering.compute_again(part)
    return see_other(url_for("results.index", **filters.link()))


@bp.get("/paroles/<family>/<option>")
@requires(access.may_read_results)
def verbatims(family, option):
    """The words behind an option, or behind all those under it; `avec`: that also carry another one."""
    known, carried = labels(), read_carried(family, option)
    filters = Filters.read(request.args, known)
    before, team = read_number(request.args.get("avant", "")), access.may_analyse(current_actor())
    back = next((page.slug for page in PAGES if any(s.family == family for s in page.sections)), "freins")
    dataset = dataset_read(back)
    read = partial(frozen_verbatims, dataset.id) if dataset else queries.verbatims
    words, more = read(carried, filters.part(keep_groups=False), before, team)
    told = {"verbatims": words, "more": more, "carried": carried, "also": request.args.getlist("avec")}
    told["shown"] = Shown(None, None, dataset)
    return render_template("results/verbatims.html", back=back, filters=filters, known=known, sources=SOURCES, **told)


@bp.get("/pouls")
@requires(access.may_read_results)
def pulse():
    refuse_unless_live()
    cafe = nearest_cafe(now().date())
    days = queries.pulse(cafe, now()) if cafe else []
    widths = charts.lengths([day.posts for day in days])
    return render_template("results/pulse.html", cafe=cafe, days=list(zip(days, widths, strict=True)))
