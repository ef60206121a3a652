"""The guide for someone alone: begin or resume, one question at a time, read again, finish, erase."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import Refusal
from cafe.guide import services
from cafe.guide.forms import StepForm, without_tap
from cafe.guide.published import current_guide
from cafe.guide.screens import Shown, Way, levels, make_screen
from cafe.guide.sittings import progress_of
from cafe.tries import address, bears_few_failures
from cafe.web import current_actor, key_of, read_key, read_number, requires, see_other

bp = Blueprint("guide", __name__)
ALONE = "alone"


def _way() -> Way | None:
    """The path of whoever asks, None before they begin."""
    progress = progress_of(current_actor().participant_id, ALONE)
    return progress and Way(progress)


def _go(place: int, view: int = 0, anchor: str = "ici"):
    """To a question; past the last one, to the answers read again."""
    if not place:
        return see_other(url_for("guide.review"))
    return see_other(url_for("guide.step", place=place, vue=view if view > 1 else None, _anchor=anchor))


@bp.get("/questionnaire")
@requires(access.may_take_part)
def begin():
    """What it is, how long it takes, what becomes of the words; or where one stopped."""
    return render_template("guide/begin.html", guide=current_guide(), way=_way(), key=uuid4())


@bp.post("/questionnaire/commencer")
@requires(access.may_take_part)
def start():
    """Begin, bound to the version in use; who has begun already goes on where they were."""
    guide = current_guide()
    if guide is None:
        return see_other(url_for("guide.begin"))
    services.start(read_key(request.form), current_actor().participant_id, guide.id, ALONE, now())
    return _go(_way().next_place)


@bp.get("/questionnaire/<int:place>")
@requires(access.may_take_part)
def step(place):
    way = _way()
    if way is None or way.at(place) is None:
        return see_other(url_for("guide.begin"))
    return _show(make_screen(way, place, read_number(request.args.get("vue", ""))))


def _show(screen, error="", status=200):
    page = {"screen": screen, "levels": levels(screen) if screen.kind == "rate" else (), "error": error}
    return render_template("guide/step.html", key=uuid4(), **page), status


@bp.post("/questionnaire/<int:place>")
@requires(access.may_take_part)
def answer(place):
    """Keep the answer at once, then go on; what is refused comes back with its words and choices."""
    way, form = _way(), StepForm.read(request.form)
    here = way.place_of(form.step) if way else 0
    if not here:
        return render_template("guide/gone.html", text=form.text or form.other), 409
    asked = way.at(here)
    try:
        sent = form.sent(asked, way.order(asked))
        if sent:
            services.answer(way.progress, asked, sent, key_of("cards"), now())
    except Refusal as refusal:
        form = without_tap(form)
        shown = Shown(form.picks, form.text, form.other, form.typed)
        return _show(make_screen(_way(), here, form.view, shown), str(refusal), refusal.status)
    return ("", 204) if form.do == "save" else _onward(form)


def _onward(form: StepForm):
    """After an answer: the same page, its next view, or the next question without an answer."""
    way = _way()
    place = way.place_of(form.step)
    if form.stays:
        return _go(place, read_number(form.value) if form.do == "view" else form.view, "options")
    screen = make_screen(way, place, form.view)
    if screen.kind == "rate" and form.do in ("level", "nsp") and screen.view < screen.views:
        return _go(place, screen.view + 1)
    return _go(way.next_place)


@bp.get("/questionnaire/relire")
@requires(access.may_take_part)
def review():
    """Every answer, each to be changed; what is left; the end."""
    way = _way()
    return render_template("guide/review.html", way=way) if way else see_other(url_for("guide.begin"))


@bp.get("/questionnaire/arreter")
@requires(access.may_take_part)
def pause():
    """Stop for now: how to come back."""
    return render_template("guide/pause.html", way=_way())


@bp.post("/questionnaire/terminer")
@requires(access.may_take_part)
def finish():
    way = _way()
    if way is None:
        return see_other(url_for("guide.begin"))
    services.finish(way.progress, key_of("cards"), now())
    return see_other(url_for("guide.summary"))


@bp.get("/questionnaire/resume")
@requires(access.may_take_part)
def summary():
    """What to keep: one's answers, and the words that erase them."""
    way = _way()
    if way is None or way.progress.finished_at is None:
        return see_other(url_for("guide.begin"))
    words = services.erasure_words(way.progress, key_of("cards"))
    return render_template("guide/summary.html", way=way, words=words)


@bp.route("/questionnaire/effacer", methods=["GET", "POST"])
@bears_few_failures(address)
def erase():
    """Erase a questionnaire with the three words given at its end; no session is needed."""
    if request.method != "POST":
        return render_template("guide/erase.html")
    typed = request.form.get("words", "")[:200]
    try:
        services.erase_by_words(typed, key_of("cards"), now())
    except Refusal as refusal:
        return render_template("guide/erase.html", words=typed, error=str(refusal)), refusal.status
    flash("Votre questionnaire est effacé. Il n’en reste aucun mot.")
    return see_other(url_for("guide.erase"))
