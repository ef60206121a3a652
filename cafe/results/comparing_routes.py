"""Two groups side by side."""

from flask import Blueprint, render_template, request

from cafe import access
from cafe.errors import NotFound
from cafe.results.comparing import SECTIONS, SLUGS, compare
from cafe.results.forms import READY, asked, context, is_ready
from cafe.results.labels import labels
from cafe.results.rendering import results_to_show
from cafe.web import requires

bp = Blueprint("comparing", __name__, url_prefix="/comparer")


@bp.get("/<section>")
@requires(access.may_read_results)
def show(section):
    """One section of two groups, `a` and `b`; no `b`: a group against the others."""
    if section not in SECTIONS:
        raise NotFound("Cette section des résultats n’existe pas.")
    known, pair = labels(), (request.args.get("a", ""), request.args.get("b", ""))
    filters, part, _place = asked(known, keep_groups=True)
    shown = results_to_show(part, SLUGS[section])
    if is_ready(shown):
        return READY
    told = {"title": SECTIONS[section], "sections": SECTIONS, "slug": SLUGS[section], "keeps_groups": True}
    more = {name: value for name, value in zip("ab", pair, strict=True) if value}
    if results := shown.results:
        key = ("compare", section, pair, filters)
        told["made"] = results.once(key, lambda: compare(results, SECTIONS[section], pair, filters, known))
    return render_template("results/comparing.html", **told, **context(shown, filters, part, known, more))
