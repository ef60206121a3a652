"""The facilitator's pages: the workshops, one's room, the screen that is projected."""

from uuid import uuid4

from flask import Blueprint, Response, current_app, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.guide import workshop_forms as forms
from cafe.guide import workshop_queries as reading
from cafe.guide import workshops
from cafe.guide.workshop_hands import count_hands
from cafe.guide.workshop_notes import NewNote, take_note
from cafe.guide.workshop_room import find_room
from cafe.people.queries import groups_with_people
from cafe.people.sheets import qr_svg
from cafe.web import STALE, current_actor, key_of, page_or_fragment, read_number, requires, see_other

bp = Blueprint("workshops", __name__, url_prefix="/ateliers")


@bp.get("")
@requires(access.may_facilitate)
def index():
    return _index({}, str(uuid4()))


def _index(typed, key, error="", status=200):
    page = {"workshops": reading.all_workshops(), "lines": groups_with_people(), "most": workshops.MOST_SEATS}
    return render_template("guide/workshop/index.html", **page, typed=typed, key=key, error=error), status


@bp.post("")
@requires(access.may_facilitate)
def create():
    key = forms.read_key(request.form)
    try:
        number = workshops.open_workshop(forms.read_workshop(request.form), key, current_actor().staff_id, now())
    except Refusal as refusal:
        return _index(request.form, key, str(refusal), refusal.status)
    flash("L’atelier est prêt. Notez qui est là, et qui est d’accord.")
    return see_other(url_for("workshops.show", workshop_id=number))


def _room(workshop_id):
    room = find_room(workshop_id)
    if room is None:
        raise NotFound(workshops.GONE)
    return room


@bp.get("/<int:workshop_id>")
@requires(access.may_facilitate)
def show(workshop_id):
    return _show(workshop_id)


def _show(workshop_id, typed=None, error="", status=200):
    """The room; `typed`: what could not be kept."""
    room = _room(workshop_id)
    page = {"hall": room, "notes": reading.notes_of(workshop_id), "counted": room.counted(), "key": str(uuid4())}
    return render_template("guide/workshop/room.html", **page, typed=typed or {}, error=error), status


def _act(workshop_id, act, told=""):
    """Do what the page asks; what is refused comes back with what was typed."""
    try:
        act()
    except NotFound:
        raise
    except Refusal as refusal:
        return _show(workshop_id, request.form, str(refusal), refusal.status)
    if told:
        flash(told)
    return see_other(url_for("workshops.show", workshop_id=workshop_id))


@bp.post("/<int:workshop_id>/presents")
@requires(access.may_facilitate)
def seats(workshop_id):
    profiles, agreed = forms.read_seats(request.form)
    return _act(
        workshop_id, lambda: workshops.describe_seats(workshop_id, profiles, agreed, now()), "C’est enregistré."
    )


@bp.post("/<int:workshop_id>/places")
@requires(access.may_facilitate)
def add_seat(workshop_id):
    number = read_number(request.form.get("number", ""))
    return _act(workshop_id, lambda: workshops.add_seat(workshop_id, number, now()), "Une place est ajoutée.")


@bp.post("/<int:workshop_id>/question")
@requires(access.may_facilitate)
def ask(workshop_id):
    """Ask a question of the room's path; an empty one shows the welcome again."""
    key, room = request.form.get("step", ""), _room(workshop_id)
    if key and key not in {step.key for step in room.steps}:
        raise NotFound("Cette question n’est pas, ou n’est plus, sur le chemin de la salle.")
    return _act(workshop_id, lambda: workshops.ask(workshop_id, key))


@bp.post("/<int:workshop_id>/mains")
@requires(access.may_facilitate)
def hands(workshop_id):
    room = _room(workshop_id)
    return _act(workshop_id, lambda: _count(room), "Les mains sont comptées.")


def _shown(room):
    """The question that the form showed, which may not be on the room's path any more."""
    step = next((step for step in room.steps if step.key == request.form.get("step")), None)
    if step is None:
        raise Refusal(STALE)
    return step


def _count(room):
    step = _shown(room)
    hands = forms.read_hands(request.form, step)
    count_hands(room.workshop.id, hands, current_actor().staff_id, key_of("cards"), now())


@bp.post("/<int:workshop_id>/notes")
@requires(access.may_facilitate)
def note(workshop_id):
    room = _room(workshop_id)
    return _act(workshop_id, lambda: _note(room), "La note est gardée.")


def _note(room):
    step = _shown(room)
    seat, text = read_number(request.form.get("seat", "")), request.form.get("text", "")
    new = NewNote(forms.read_key(request.form), seat, text, request.form.get("minority") == "1")
    take_note(room.workshop, step, room.guide, new, key_of("cards"), now())


@bp.post("/<int:workshop_id>/places/<int:seat_id>/liberer")
@requires(access.may_facilitate)
def free(workshop_id, seat_id):
    return _act(workshop_id, lambda: workshops.free(workshop_id, seat_id, now()), "Un autre téléphone peut entrer.")


@bp.post("/<int:workshop_id>/places/<int:seat_id>/depart")
@requires(access.may_facilitate)
def leave(workshop_id, seat_id):
    withdraws = request.form.get("withdraws") == "1"
    return _act(
        workshop_id, lambda: workshops.leave(workshop_id, seat_id, withdraws, now()), "Le départ est noté."
    )


@bp.post("/<int:workshop_id>/clore")
@requires(access.may_facilitate)
def close(workshop_id):
    return _act(workshop_id, lambda: workshops.close(workshop_id, now()), "L’atelier est fini. Tout est gardé.")


@bp.get("/<int:workshop_id>/ecran")
@requires(access.may_facilitate)
def screen(workshop_id):
    """What is projected; a poll with nothing new gets an empty 204."""
    changed = reading.find_changed(workshop_id)
    if request.args.get("vu") == str(changed):
        return Response(status=204)
    room = _room(workshop_id)
    address = f"{current_app.config['HOUSE'].public_url}/atelier/{room.workshop.code}"
    page = {"hall": room, "notes": reading.notes_of(workshop_id, room.workshop.step)[:3], "address": address}
    return page_or_fragment(
        "guide/workshop/screen.html", "guide/workshop/_live.html", **page, qr=qr_svg(address)
    )
