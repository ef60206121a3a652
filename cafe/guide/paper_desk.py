"""The guide's paper twin: printed with its codes, then entered from the keyboard, all questions on one page."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound
from cafe.guide import paper, paper_entry
from cafe.guide.definition import WAYS
from cafe.guide.paper_entry import Sheet, Written
from cafe.guide.published import current_guide
from cafe.guide.room_desk import open_interview
from cafe.web import key_of, read_key, requires, see_other

bp = Blueprint("paper", __name__)


@bp.get("/papier")
@requires(access.may_interview)
def guide():
    """The guide printed for one way of asking, with the numbers that the entry screen reads."""
    found, way = current_guide(), request.args.get("facon", "interview")
    if found is None or way not in WAYS:
        raise NotFound("Ce guide n’existe pas.")
    context = {"guide": found.guide, "pages": paper.pages(found.guide), "way": way, "slots": paper_entry.SLOTS}
    return render_template("guide/interview/paper.html", **context, is_loop=_is_loop)


def _is_loop(block):
    return isinstance(block, paper.Loop)


@bp.get("/<int:sitting_id>/saisie")
@requires(access.may_interview)
def entry(sitting_id):
    interview = open_interview(sitting_id)
    return _entry(interview, paper_entry.heads_kept(interview.progress), {})


def _entry(interview, heads, wrong, status=200):
    progress = interview.progress
    sections = paper_entry.layout(progress.guide, heads)
    rows = paper_entry.rows_of(sections)
    shown = {row.field: wrong.get(row.field) or paper_entry.kept(progress, row) for row in rows}
    context = {"sections": sections, "shown": shown, "wrong": wrong, "key": str(uuid4())}
    return render_template("guide/interview/entry.html", interview=interview, **context), status


@bp.post("/<int:sitting_id>/saisie")
@requires(access.may_interview)
def enter(sitting_id):
    interview, sheet = open_interview(sitting_id), _read_sheet(request.form)
    wrong = paper_entry.enter(interview.progress, sheet, key_of("cards"), now())
    if wrong:
        return _entry(open_interview(sitting_id), sheet.heads, wrong, 400)
    flash("Tout est gardé.")
    return see_other(url_for("interview.room.show", sitting_id=sitting_id))


def _read_sheet(sent):
    """Fields are named by what they hold, then by their line: « codes:titre », « head:freins.champs#0 »."""
    heads, fields = {}, {}
    for name, value in sent.items():
        what, _, field = name.partition(":")
        if what == "head":
            heads[field] = value[:10]
        elif what in ("codes", "other", "text", "replaces"):
            fields.setdefault(field, {})[what] = value[:10_000]
    written = {field: Written(**held) for field, held in fields.items()}
    return Sheet(read_key(sent), heads, written)
