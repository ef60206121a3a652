"""The organiser's page of the four phases: dated, closed, opened again."""

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.people import phases
from cafe.people.stakeholders_queries import today
from cafe.web import requires, see_other

bp = Blueprint("phases", __name__, url_prefix="/phases")


@bp.get("")
@requires(access.may_organise)
def index():
    return _page()


def _page(refused="", typed=None, error="", status=200):
    page = {"stages": phases.stages(today(now())), "refused": refused, "typed": typed or {}, "error": error}
    return render_template("people/stakeholders/phases.html", **page), status


@bp.post("/<code>")
@requires(access.may_organise)
def set_dates(code):
    starts, ends = request.form.get("starts_on", "")[:20], request.form.get("ends_on", "")[:20]
    return _done(code, lambda: phases.set_dates(code, starts, ends))


@bp.post("/<code>/clore")
@requires(access.may_organise)
def close(code):
    return _done(code, lambda: phases.close(code, now()))


@bp.post("/<code>/rouvrir")
@requires(access.may_organise)
def reopen(code):
    return _done(code, lambda: phases.reopen(code))


def _done(code, act):
    try:
        act()
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(code, request.form, str(refusal), refusal.status)
    flash("C’est enregistré.")
    return see_other(url_for("people_desk.phases.index"))
