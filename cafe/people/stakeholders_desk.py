"""The stakeholders: the list, one's page, the map. Interviewers have those that they follow; the organiser, all."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.people import queries, stakeholders, stakeholders_map
from cafe.people import stakeholders_queries as reading
from cafe.people.stakeholders_fields import STATUS_LABELS, Described
from cafe.people.stakeholders_files_desk import bp as files_pages
from cafe.people.stakeholders_forms import read_search
from cafe.web import current_actor, read_key, requires, see_other

bp = Blueprint("stakeholders", __name__, url_prefix="/parties-prenantes")
bp.register_blueprint(files_pages)


@bp.get("")
@requires(access.may_map)
def index():
    search = read_search(request.args, current_actor())
    found, total = reading.find_stakeholders(search, now())
    page = {"found": found, "total": total, "search": search, "last_page": max(1, -(-total // reading.PAGE))}
    page |= {"groups": queries.all_groups(), "followers": reading.followers(), "nobody": reading.NOBODY}
    page |= {"today": reading.today(now()), "silent_since": now() - reading.PATIENCE, "statuses": STATUS_LABELS}
    return render_template("people/stakeholders/index.html", **page)


@bp.get("/carte")
@requires(access.may_organise)
def spheres():
    """The map by sphere, and whom one still misses."""
    found = stakeholders_map.spheres(queries.groups_with_people(), reading.every_stakeholder())
    drawn = {"sectors": stakeholders_map.sectors(found), "rings": stakeholders_map.RINGS}
    page = {"spheres": found, "missing": stakeholders_map.missing(found), "statuses": STATUS_LABELS, **drawn}
    return render_template("people/stakeholders/map.html", **page)


@bp.get("/nouvelle")
@requires(access.may_map)
def new():
    return _new({}, str(uuid4()))


def _new(typed, key, error="", status=200):
    page = {"typed": typed, "key": key, "error": error, **_choices()}
    return render_template("people/stakeholders/new.html", **page), status


def _choices() -> dict:
    """What the fields offer."""
    return {"lines": queries.groups_with_people(), "followers": reading.followers(), "statuses": STATUS_LABELS}


@bp.post("/nouvelle")
@requires(access.may_map)
def add():
    key = read_key(request.form)
    try:
        number = stakeholders.add_stakeholder(_typed(), key, current_actor().staff_id, now())
    except Refusal as refusal:
        return _new(request.form, key, str(refusal), refusal.status)
    flash("C’est ajouté.")
    return see_other(url_for("stakeholders.show", stakeholder_id=number))


def _typed() -> Described:
    """What the form says, within what this person may write: an interviewer follows whom they add, unnamed."""
    typed, actor = request.form.to_dict(), current_actor()
    if not access.may_organise(actor):
        typed["follower"] = actor.name
    if not access.may_contact(actor):
        typed |= {"name": "", "email": "", "phone": ""}
    return Described.read(typed)


@bp.get("/<int:stakeholder_id>")
@requires(access.may_map)
def show(stakeholder_id):
    return _show(_found(stakeholder_id))


def _found(stakeholder_id):
    """The stakeholder; whoever may not follow it learns nothing of it, not even that it is there."""
    found = reading.find_stakeholder(stakeholder_id)
    if found is None or not access.may_follow(current_actor(), found.follower_id):
        raise NotFound(stakeholders.GONE)
    return found


def _show(found, typed=None, error="", status=200):
    known = {**found._mapping, "group": found.group_code}
    if access.may_contact(current_actor()) and (contact := reading.contact_of(found.id)):
        known |= contact._mapping
    page = {"found": found, "typed": {**known, **(typed or {})}, "error": error, **_choices()}
    page |= {"history": reading.statuses_of(found.id), "people": reading.people_of(found.id)}
    return render_template("people/stakeholders/show.html", **page, today=reading.today(now())), status


def _change(stakeholder_id, act):
    """Do what the page asks; what is refused comes back with what was typed."""
    found = _found(stakeholder_id)
    try:
        act()
    except NotFound:
        raise
    except Refusal as refusal:
        return _show(found, request.form.to_dict(), str(refusal), refusal.status)
    flash("C’est enregistré.")
    return see_other(url_for("stakeholders.show", stakeholder_id=stakeholder_id))


@bp.post("/<int:stakeholder_id>/suivi")
@requires(access.may_map)
def follow(stakeholder_id):
    by = current_actor().staff_id
    return _change(
        stakeholder_id, lambda: stakeholders.follow(stakeholder_id, Described.read(request.form), by, now())
    )


@bp.post("/<int:stakeholder_id>/description")
@requires(access.may_organise)
def describe(stakeholder_id):
    return _change(stakeholder_id, lambda: stakeholders.describe(stakeholder_id, Described.read(request.form)))


@bp.post("/<int:stakeholder_id>/contact")
@requires(access.may_contact)
def contact(stakeholder_id):
    return _change(stakeholder_id, lambda: stakeholders.change_contact(stakeholder_id, Described.read(request.form)))


@bp.post("/<int:stakeholder_id>/personnes")
@requires(access.may_organise)
def link(stakeholder_id):
    return _change(stakeholder_id, lambda: stakeholders.link(stakeholder_id, request.form.get("pseudonym", "")[:100]))


@bp.post("/<int:stakeholder_id>/personnes/<int:participant_id>/detacher")
@requires(access.may_organise)
def unlink(stakeholder_id, participant_id):
    return _change(stakeholder_id, lambda: stakeholders.unlink(stakeholder_id, participant_id))
