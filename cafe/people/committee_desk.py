"""The expert committee: the phases and the lights left on each; its members write there, the team reads."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.people import committee, phases
from cafe.people.stakeholders_queries import today
from cafe.web import current_actor, read_key, requires, see_other

bp = Blueprint("committee", __name__, url_prefix="/comite")


@bp.get("")
@requires(access.may_read_results)
def index():
    page = {"stages": phases.stages(today(now())), "lights": committee.lights()}
    return render_template("people/stakeholders/committee.html", **page)


@bp.get("/<code>")
@requires(access.may_advise)
def write(code):
    """One's light on a phase, to say anew from what one said."""
    own = (light.text for light in committee.lights().get(code, ()) if light.login == current_actor().name)
    return _write(code, next(own, ""), str(uuid4()))


def _write(code, text, key, error="", status=200):
    stage = next((stage for stage in phases.stages(today(now())) if stage.code == code), None)
    if stage is None:
        raise NotFound("Cette phase n’existe pas.")
    page = {"stage": stage, "text": text, "key": key, "error": error, "most": committee.LONGEST}
    return render_template("people/stakeholders/light.html", **page), status


@bp.post("/<code>")
@requires(access.may_advise)
def shed(code):
    text, key = request.form.get("text", ""), read_key(request.form)
    try:
        committee.shed_light(key, code, text, current_actor().staff_id, now())
    except NotFound:
        raise
    except Refusal as refusal:
        fresh = str(uuid4()) if refusal.status == 409 else key
        return _write(code, text, fresh, str(refusal), refusal.status)
    flash("Votre avis est gardé, daté et signé.")
    return see_other(url_for("committee.index"))
