"""The guide as someone will meet it, question by question, in a phone's frame; nothing is kept of it."""

from flask import Blueprint, make_response, render_template, request, url_for

from cafe import access
from cafe.errors import NotFound
from cafe.guide import drafts
from cafe.guide.definition import WAYS
from cafe.guide.published import guide_of
from cafe.guide.walking import walk
from cafe.web import read_number, requires

bp = Blueprint("preview", __name__, url_prefix="/apercu/<name>")
# A page of ours may hold the preview, which runs nothing and sends nothing.
FRAMED = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def read_named(name):
    """The guide that an address names: a version's number in the base, or the draft, None while it has faults."""
    if name == drafts.NAME:
        return drafts.examine(drafts.the_draft().source).guide
    number = read_number(name)
    if not number:
        raise NotFound("Cette version du guide n’existe pas.")
    return guide_of(number).guide


def _steps(name, way):
    guide = read_named(name)
    return walk(guide, way) if guide else []


def _read():
    """The way of asking, and the place of the question in the walk."""
    way = request.args.get("facon", "")
    return way if way in WAYS else WAYS[0], read_number(request.args.get("n", ""))


@bp.get("")
@requires(access.may_organise)
def show(name):
    way, n = _read()
    page = {"name": name, "way": way, "n": n, "steps": _steps(name, way), "draft_name": drafts.NAME}
    return render_template("guide/desk/preview.html", **page)


@bp.get("/telephone")
@requires(access.may_organise)
def phone(name):
    """One question, as the frame shows it."""
    (way, n), steps = _read(), []
    steps = _steps(name, way)
    if n >= len(steps):
        raise NotFound("Le guide s’arrête avant cette question.")
    links = {turn: _at(name, way, place) for turn, place in (("back", n - 1), ("on", n + 1)) if 0 <= place < len(steps)}
    response = make_response(render_template("guide/desk/phone.html", step=steps[n], way=way, links=links))
    response.headers["Content-Security-Policy"] = FRAMED
    return response


def _at(name, way, n):
    return url_for("guide_desk.preview.phone", name=name, facon=way, n=n)
