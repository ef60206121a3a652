"""The interviews: one's list, whom to meet, the consent that is read aloud, the beginning."""

from uuid import uuid4

from flask import Blueprint, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.guide import interviewing
from cafe.guide.interview_forms import read_beginning, read_person
from cafe.guide.interviews import PAGE, find_interviews
from cafe.guide.paper_desk import bp as paper_pages
from cafe.guide.room_desk import bp as room_pages
from cafe.people import queries
from cafe.people.forms import read_search
from cafe.web import current_actor, read_key, read_number, requires, see_other

bp = Blueprint("interview", __name__, url_prefix="/entretiens")
for room in (room_pages, paper_pages):
    bp.register_blueprint(room)


@bp.get("")
@requires(access.may_interview)
def index():
    actor, page = current_actor(), max(read_number(request.args.get("page", "")), 1)
    everyone = access.may_organise(actor)
    lines, total = find_interviews(None if everyone else actor.staff_id, page)
    context = {"lines": lines, "total": total, "page": page, "last_page": max(1, -(-total // PAGE))}
    return render_template("guide/interview/index.html", **context, everyone=everyone)


@bp.get("/nouveau")
@requires(access.may_interview)
def choose():
    """Look for whom to meet, by pseudonym, subgroup or place, never by name."""
    search = read_search(request.args, by_name=False)
    people, total = queries.find_people(search)
    context = {"people": people, "total": total, "search": search, "last_page": max(1, -(-total // queries.PAGE))}
    return render_template("guide/interview/choose.html", **context, groups=queries.all_groups())


@bp.get("/nouveau/<int:participant_id>")
@requires(access.may_interview)
def meet(participant_id):
    return _meet(participant_id, str(uuid4()))


def _meet(participant_id, key, error="", status=200):
    person = queries.find_person(participant_id)
    if person is None:
        raise NotFound("Cette personne n’est plus là.")
    context = {"person": person, "key": key, "error": error, "wording": queries.latest_wording()}
    return render_template("guide/interview/meet.html", **context), status


@bp.post("/nouveau/<int:participant_id>")
@requires(access.may_interview)
def begin(participant_id):
    try:
        beginning = read_beginning(request.form, current_actor().staff_id)
        sitting_id = interviewing.begin(participant_id, beginning, now())
    except NotFound:
        raise
    except Refusal as refusal:
        return _meet(participant_id, read_key(request.form), str(refusal), refusal.status)
    return see_other(url_for("interview.room.show", sitting_id=sitting_id))


@bp.get("/nouveau/personne")
@requires(access.may_interview)
def new():
    return _new({}, str(uuid4()))


def _new(typed, key, error="", status=200):
    context = {"typed": typed, "key": key, "error": error, "wording": queries.latest_wording()}
    return render_template("guide/interview/new.html", **context, groups=queries.groups_with_people()), status


@bp.post("/nouveau/personne")
@requires(access.may_interview)
def begin_with_new():
    actor, key = current_actor(), read_key(request.form)
    try:
        person = read_person(request.form, access.may_contact(actor))
        beginning = read_beginning(request.form, actor.staff_id)
        sitting_id = interviewing.begin_with_new(person, beginning, now())
    except Refusal as refusal:
        return _new(request.form, key, str(refusal), refusal.status)
    return see_other(url_for("interview.room.show", sitting_id=sitting_id))
