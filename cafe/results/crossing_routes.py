"""The cross-tab page: choose two or three families, wait for the table, open its cells."""

from flask import Blueprint, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.referential.services import current_tagger
from cafe.results.crossing import Asked, axes, compute_cross, heat_of
from cafe.results.filters import Filters
from cafe.results.forms import READY, context, is_ready
from cafe.results.labels import labels
from cafe.results.readers_desk import refuse_unless_live
from cafe.results.rendering import Shown, Wanted, begin_again, digest_of, find_or_begin, results_folder
from cafe.results.state import state_digest
from cafe.web import requires, see_other

bp = Blueprint("crossing", __name__, url_prefix="/croiser")
KIND, KEPT = "crosstab", 24
FIELDS = ("lignes", "colonnes", "couches", "couche", "tout")


@bp.get("")
@requires(access.may_read_results)
def choose():
    """The choice of families, and the table once two of them are chosen."""
    refuse_unless_live()
    known, asked = labels(), _asked()
    filters = Filters.read(request.args, known)
    part = filters.part(keep_groups=False)
    shown = find_or_begin(_wanted(asked, filters)) if asked else Shown(None, None)
    if asked and is_ready(shown):
        return READY
    told = {"asked": asked, "axes": axes(current_tagger().referential)}
    if shown.results:
        told["heat"] = heat_of(shown.results, asked, known, request.args.get("tout") == "1")
    told["again"] = url_for(".begin_anew", **_kept())
    return render_template("results/crossing.html", **told, **context(shown, filters, part, known, _kept()))


@bp.post("/recalculer")
@requires(access.may_analyse)
def begin_anew():
    """Begin anew a table that failed or was cut short."""
    asked, filters = _asked(), Filters.read(request.values, labels())
    if asked:
        begin_again(_wanted(asked, filters))
    return see_other(url_for(".choose", **_kept(), **filters.link()))


def _asked() -> Asked | None:
    """The families asked for; None before two different ones are chosen. A layer unknown there is the whole."""
    known = axes(current_tagger().referential)
    rows, columns, layers = (request.args.get(name, "") for name in FIELDS[:3])
    if rows not in known or columns not in known or rows == columns:
        return None
    layers = layers if layers in known and layers not in (rows, columns) else ""
    return Asked(rows, columns, layers, request.args.get("couche", "") if layers else "")


def _kept() -> dict[str, str]:
    return {name: value for name in FIELDS if (value := request.args.get(name))}


def _wanted(asked: Asked, filters: Filters) -> Wanted:
    part, everyone, moment = filters.part(keep_groups=False), filters.view == "all", now()
    name = digest_of(*asked.axes, part.key, str(everyone))[:12]
    return Wanted(
        KIND, name, digest_of(state_digest()), results_folder() / "crosses", KEPT,
        lambda tell: compute_cross(asked, part, everyone, moment, tell),
    )  # fmt: skip
