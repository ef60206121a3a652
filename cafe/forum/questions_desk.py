"""The organiser's desk, day by day: the questions, their order, their preview as a citizen meets them; reopening."""

from flask import Blueprint, flash, make_response, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.forum import arranging, asking, calendar
from cafe.forum.definition import MOST_QUESTIONS
from cafe.forum.desk_forms import new_question, read_moment, read_question, shown_question
from cafe.forum.page import NO_SUCH_DAY, find_cafe_or_refuse
from cafe.referential.services import current_tagger
from cafe.web import read_number, requires, see_other

bp = Blueprint("questions", __name__, url_prefix="/<slug>/jour/<int:day>")
QUESTION = "/<int:n>"
STEPS = {"up": -1, "down": 1}
# A page of ours may hold the preview, which runs nothing and sends nothing.
FRAMED = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def families():
    """The référentiel's families: code and label."""
    return {family.code: family.label for family in current_tagger().referential.families}


def _day_of(slug, day):
    cafe = find_cafe_or_refuse(slug)
    if not 1 <= day <= cafe.days:
        raise NotFound(NO_SUCH_DAY)
    return cafe


@bp.get("")
@requires(access.may_organise)
def index(slug, day):
    return _day_page(slug, day)


def _day_page(slug, day, refusal=None, until=""):
    cafe = _day_of(slug, day)
    line = calendar.days_of(cafe, now())[day - 1]
    page = {"questions": calendar.questions_of(cafe.id, day), "families": families(), "until": until}
    page |= {"most": MOST_QUESTIONS, "error": str(refusal or "")}
    return render_template("forum/desk/day.html", cafe=cafe, line=line, **page), refusal.status if refusal else 200


def _back(slug, day):
    return see_other(url_for("forum_desk.questions.index", slug=slug, day=day))


@bp.get("/nouvelle")
@requires(access.may_organise)
def write(slug, day):
    return _question_page(slug, day, _free_number(slug, day), new_question())


def _free_number(slug, day):
    """The place after the last question, or the first one left; refused when there is none."""
    taken = {question.n for question in calendar.questions_of(_day_of(slug, day).id, day)}
    places = sorted(set(range(1, MOST_QUESTIONS + 1)) - taken)
    if not places:
        raise Refusal(asking.FULL)
    return next((n for n in places if n > max(taken, default=0)), places[0])


def _question_page(slug, day, n, form, question=None, refusal=None):
    page = {"cafe": _day_of(slug, day), "day": day, "n": n, "form": form, "question": question}
    known = families()
    known |= {code: code for code in form.typed["feeds"] if code not in known}
    page |= {"families": known, "error": str(refusal or "")}
    return render_template("forum/desk/question.html", **page), refusal.status if refusal else 200


@bp.post("/nouvelle")
@requires(access.may_organise)
def add(slug, day):
    """Add a question at the place that the form holds: sent twice, it is one question."""
    n = read_number(request.form.get("n", ""))
    form = read_question(request.form, day, n, families())
    try:
        asking.add_question(slug, form.settled())
    except Refusal as refusal:
        return _question_page(slug, day, _free_number(slug, day), form, refusal=refusal)
    flash("La question est ajoutée.")
    return _back(slug, day)


def _question_at(slug, day, n):
    question = _find(slug, day, n)
    if question is None:
        raise NotFound(asking.NOT_THERE)
    return question


def _find(slug, day, n):
    questions = calendar.questions_of(_day_of(slug, day).id, day)
    return next((question for question in questions if question.n == n), None)


@bp.get(QUESTION)
@requires(access.may_organise)
def rewrite(slug, day, n):
    question = _question_at(slug, day, n)
    return _question_page(slug, day, n, shown_question(question), question)


@bp.post(QUESTION)
@requires(access.may_organise)
def change(slug, day, n):
    question = _question_at(slug, day, n)
    form = read_question(request.form, day, n, families() | dict.fromkeys(question.feeds.split(), ""))
    try:
        asking.change_question(slug, form.settled())
    except Refusal as refusal:
        return _question_page(slug, day, n, form, question, refusal)
    flash("La question est enregistrée.")
    return _back(slug, day)


@bp.post(QUESTION + "/deplacer")
@requires(access.may_organise)
def move(slug, day, n):
    """Up or down on its day, or to the end of another."""
    action = request.form.get("action", "")
    try:
        if action in STEPS:
            asking.swap_question(slug, day, n, STEPS[action], now())
        else:
            asking.move_question(slug, day, n, read_number(request.form.get("day", "")), now())
    except Refusal as refusal:
        return _day_page(slug, day, refusal)
    flash("La question est déplacée.")
    return _back(slug, day)


@bp.post(QUESTION + "/supprimer")
@requires(access.may_organise)
def delete(slug, day, n):
    try:
        asking.delete_question(slug, day, n, now())
    except Refusal as refusal:
        return _day_page(slug, day, refusal)
    flash("La question est supprimée.")
    return _back(slug, day)


@bp.route(QUESTION + "/apercu", methods=["GET", "POST"])
@requires(access.may_organise)
def preview(slug, day, n):
    """A question as a citizen will meet it, kept or still being written; shown in a frame, it changes nothing."""
    cafe, question = _day_of(slug, day), _find(slug, day, n)
    form = shown_question(question) if question else new_question()
    if request.method == "POST":
        form = read_question(request.form, day, n, families())
    response = make_response(render_template("forum/desk/preview.html", cafe=cafe, day=day, n=n, asked=form.typed))
    response.headers["Content-Security-Policy"] = FRAMED
    return response


@bp.post("/rouvrir")
@requires(access.may_organise)
def reopen(slug, day):
    typed = request.form.get("until", "")
    try:
        until = read_moment(typed, _day_of(slug, day).timezone)
        arranging.reopen(slug, day, until, now())
    except Refusal as refusal:
        return _day_page(slug, day, refusal, typed)
    flash("La journée est rouverte.")
    return _back(slug, day)


@bp.post("/refermer")
@requires(access.may_organise)
def end_reopening(slug, day):
    _day_of(slug, day)
    arranging.end_reopening(slug, day)
    flash("La journée est refermée.")
    return _back(slug, day)
