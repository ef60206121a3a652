"""Charts as images, drawn when a page shows them, from figures already computed; the page's table says the same."""

from importlib import import_module

from flask import Blueprint, Response

from cafe import access
from cafe.errors import NotFound
from cafe.results.comparing import SECTIONS, SLUGS
from cafe.results.forms import asked
from cafe.results.labels import labels
from cafe.results.picturing import group_dots, placed_points
from cafe.results.rendering import results_to_show
from cafe.results.site import MEANS
from cafe.web import requires

bp = Blueprint("pictures", __name__, url_prefix="/image")
AXES = "Attente des groupes extérieurs (%)", "Attente de l’opérateur (%)"
# The address holds the mark of the figures: what it names never changes.
KEPT = "private, max-age=86400"
NOT_YET = "Ces chiffres ne sont pas encore calculés."


@bp.get("/essentiels.svg")
@requires(access.may_read_results)
def matrix():
    """The propositions on the two axes of the materiality."""
    results, _filters = _results("essentiels")
    points, limits = placed_points(results)
    return _image(results.once("matrix", lambda: _pictures().matrix(points, *AXES, limits)))


@bp.get("/groupes/<section>.svg")
@requires(access.may_read_results)
def groups(section):
    """The groups of a section, each first option a row."""
    if section not in SECTIONS:
        raise NotFound("Cette section des résultats n’existe pas.")
    results, filters = _results(SLUGS[section])
    dots = group_dots(results, SECTIONS[section], filters, labels())
    if not dots:
        raise NotFound("Personne n’a encore été entendu là-dessus.")
    key = ("dots", section, filters)
    return _image(results.once(key, lambda: _pictures().dots(dots, is_mean=section in MEANS)))


def _results(slug: str) -> tuple:
    filters, part, _place = asked(labels())
    results = results_to_show(part, slug).results
    if results is None:
        raise NotFound(NOT_YET)
    return results, filters


def _pictures():
    # What draws takes half a second to load: only who draws waits for it.
    return import_module("cafe.results.pictures")


def _image(drawn: bytes) -> Response:
    # Its colours are its own: they are written in the image, which holds no script and asks for nothing.
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    headers = {"Cache-Control": KEPT, "Content-Security-Policy": policy}
    return Response(drawn, mimetype="image/svg+xml", headers=headers)
