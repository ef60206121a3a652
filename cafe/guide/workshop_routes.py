"""The phones of a workshop: take a seat with the room's code, answer the question being asked, leave."""

from uuid import uuid4

from flask import Blueprint, Response, render_template, request, session, url_for

from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.guide import services, workshops
from cafe.guide import workshop_queries as reading
from cafe.guide.engine import find_step
from cafe.guide.sittings import find_progress
from cafe.guide.workshop_forms import PhoneForm
from cafe.people import visits
from cafe.tries import address, bears_few_failures
from cafe.web import TOKEN, current_actor, key_of, page_or_fragment, read_number, see_other, wants_fragment

bp = Blueprint("workshop", __name__, url_prefix="/atelier")
WAITING = "La question est passée. Votre réponse est gardée ici si vous revenez en arrière."


@bp.get("")
def door():
    """The room's code, typed by those who cannot read the square."""
    code = request.args.get("code", "")[:20].strip().upper()
    if code.isascii() and code.isalnum():
        return see_other(url_for("workshop.show", room_code=code))
    return render_template("guide/workshop/door.html")


def _seat(code):
    actor = current_actor()
    return reading.seat_of(actor.participant_id, code) if actor else None


@bp.get("/<room_code>")
def show(room_code):
    """The seat's question, or the seats that are free; a poll with nothing new gets an empty 204."""
    if room_code != room_code.upper():
        return see_other(url_for("workshop.show", room_code=room_code.upper()))
    seat = _seat(room_code)
    if seat is None:
        return _choose(room_code)
    if request.args.get("vu") == (seat.step or "-"):
        return Response(status=204)
    if wants_fragment() and "ecrit" in request.args:
        # Words being written are not swept away by the next question.
        return render_template("guide/workshop/_turn.html", code=room_code)
    return _question(room_code, seat)


def _choose(code, error="", status=200):
    free = reading.free_seats(code)
    if free is None:
        raise NotFound(workshops.GONE)
    page = {"code": code, "label": free[0], "seats": free[1], "error": error}
    return render_template("guide/workshop/choose.html", **page), status


def _question(code, seat, typed=None, error="", status=200):
    """The room's question; to whoever was refused, the question that they answered, with their words."""
    progress = find_progress(seat.sitting_id)
    step = _step(progress, typed["step"]) if typed and "step" in typed else None
    step = step or _step(progress, seat.step)
    kept = progress.kept.get(step.key) if step else None
    page = {"code": code, "seat": seat, "step": step, "kept": kept, "key": str(uuid4()), "error": error}
    page |= {"picked": dict(kept.given.options) if kept else {}, "typed": typed}
    response = page_or_fragment("guide/workshop/phone.html", "guide/workshop/_question.html", **page)
    response.status_code = status
    return response


def _step(progress, key):
    return find_step(progress.guide, progress.given, progress.way, key)


@bp.post("/<room_code>/entrer")
@bears_few_failures(address)
def enter(room_code):
    try:
        participant_id = workshops.claim(room_code, read_number(request.form.get("seat", "")), now())
    except NotFound:
        raise
    except Refusal as refusal:
        return _choose(room_code, str(refusal), refusal.status)
    session.clear()
    session[TOKEN] = visits.open_visit(now(), participant_id=participant_id)
    return see_other(url_for("workshop.show", room_code=room_code))


@bp.post("/<room_code>")
def answer(room_code):
    """Keep an answer to the question that the page showed, even when the room has gone on since."""
    seat = _seat(room_code)
    if seat is None:
        return see_other(url_for("workshop.show", room_code=room_code))
    try:
        _keep(seat, PhoneForm.read(request.form))
    except Refusal as refusal:
        return _question(room_code, seat, request.form, str(refusal), refusal.status)
    return see_other(url_for("workshop.show", room_code=room_code))


def _keep(seat, form):
    progress = find_progress(seat.sitting_id)
    step = progress and _step(progress, form.step)
    if step is None:
        raise Refusal(WAITING)
    services.answer(progress, step, form.sent(request.form, step), key_of("cards"), now())
    workshops.tell(seat.workshop_id)


@bp.route("/<room_code>/partir", methods=["GET", "POST"])
def leave(room_code):
    """Leave, with or without what one gave; sent again once gone, it says so again."""
    seat = _seat(room_code)
    if request.method == "POST":
        withdraws = request.form.get("withdraws") == "1"
        if seat:
            workshops.leave(seat.workshop_id, seat.id, withdraws, now())
            session.clear()
        return render_template("guide/workshop/gone.html", withdraws=withdraws)
    if seat is None:
        return see_other(url_for("workshop.show", room_code=room_code))
    return render_template("guide/workshop/leave.html", code=room_code, seat=seat)
