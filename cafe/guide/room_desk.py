"""One interview: the screen that one works from, its answers, its notes, its table, its end."""

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.guide import interviewing, notes, services
from cafe.guide.engine import path, stakes_table
from cafe.guide.interview_forms import read_answer, read_note
from cafe.guide.interview_page import Typed, read_screen
from cafe.guide.interviews import UNKNOWN, find_interview
from cafe.guide.stakes import TARGET_WORDS
from cafe.web import current_actor, key_of, requires, see_other, wants_fragment

bp = Blueprint("room", __name__, url_prefix="/<int:sitting_id>")


def open_interview(sitting_id):
    """One of the interviews that this actor may open; raises NotFound, so that nobody learns whose they are."""
    interview = find_interview(sitting_id)
    if not access.may_open_interview(current_actor(), interview.person.staff_id):
        raise NotFound(UNKNOWN)
    return interview


@bp.get("")
@requires(access.may_interview)
def show(sitting_id):
    return _screen(open_interview(sitting_id))


def _screen(interview, typed=None, note=None, status=200):
    """The whole screen, or what of it changes; with an answer or a note that was refused, handed back."""
    screen = read_screen(interview, now(), typed)
    template = "guide/interview/_room.html" if wants_fragment() else "guide/interview/room.html"
    return render_template(template, screen=screen, note=note), status


@bp.post("/reponse")
@requires(access.may_interview)
def answer(sitting_id):
    interview, key = open_interview(sitting_id), request.form.get("step", "")[:120]
    sent = read_answer(request.form)
    try:
        interviewing.answer(interview.progress, key, sent, key_of("cards"), now())
    except NotFound:
        raise
    except Refusal as refusal:
        typed = Typed(key, sent.given, str(refusal))
        return _screen(open_interview(sitting_id), typed, status=refusal.status)
    if wants_fragment():
        return _screen(open_interview(sitting_id))
    return see_other(_next_place(open_interview(sitting_id), key))


def _next_place(interview, key):
    """The screen, at the question that comes after this one."""
    keys = [step.key for step in path(interview.progress.guide, interview.progress.given, "interview")]
    after = keys[keys.index(key) + 1 :][:1] if key in keys else []
    return _place(interview.progress.id, *(after or [key]))


def _place(sitting_id, key):
    return f"{url_for('interview.room.show', sitting_id=sitting_id)}#q-{key}"


@bp.post("/notes")
@requires(access.may_interview)
def take_note(sitting_id):
    interview, note = open_interview(sitting_id), read_note(request.form)
    try:
        notes.take_note(interview.progress, note, key_of("cards"), now())
    except NotFound:
        raise
    except Refusal as refusal:
        return _screen(interview, note=(note, str(refusal)), status=refusal.status)
    if wants_fragment():
        return _noted(interview, open_interview(sitting_id), note.step)
    return see_other(_place(sitting_id, note.step))


def _noted(before, after, step):
    """The notes of this question alone, when one more changes nothing else; they come as fast as speech."""
    if step == TARGET_WORDS or not any(note.step == step for note in before.progress.notes):
        return _screen(after)
    found = [note for note in after.progress.notes if note.step == step]
    return render_template("guide/interview/_kept.html", notes=found, sitting_id=after.progress.id)


@bp.get("/notes/<int:contribution_id>")
@requires(access.may_interview)
def note(sitting_id, contribution_id):
    interview = open_interview(sitting_id)
    return _note(interview, notes.find_note(interview.progress, contribution_id))


def _note(interview, found, error="", status=200):
    text = request.form.get("text", found.text)
    context = {"interview": interview, "note": found, "text": text, "error": error}
    return render_template("guide/interview/note.html", **context), status


@bp.post("/notes/<int:contribution_id>")
@requires(access.may_interview)
def change_note(sitting_id, contribution_id):
    interview = open_interview(sitting_id)
    found = notes.find_note(interview.progress, contribution_id)
    try:
        if request.form.get("act") == "withdraw":
            notes.withdraw_note(interview.progress, contribution_id, now())
        else:
            text, reworded = request.form.get("text", ""), request.form.get("reworded") == "1"
            notes.change_note(interview.progress, contribution_id, text, reworded, now())
    except NotFound:
        raise
    except Refusal as refusal:
        return _note(interview, found, str(refusal), refusal.status)
    return see_other(_place(sitting_id, found.step))


@bp.get("/table")
@requires(access.may_interview)
def table(sitting_id):
    """The table des enjeux alone, to show to the person, to correct with them, and to print."""
    interview = open_interview(sitting_id)
    found = stakes_table(interview.progress.guide, interview.progress.given)
    return render_template("guide/interview/table.html", interview=interview, table=found)


@bp.post("/terminer")
@requires(access.may_interview)
def finish(sitting_id):
    services.finish(open_interview(sitting_id).progress, key_of("cards"), now())
    return see_other(url_for("interview.room.ended", sitting_id=sitting_id))


@bp.get("/fin")
@requires(access.may_interview)
def ended(sitting_id):
    """The end, with the words to hand to the person, which erase what was said."""
    interview = open_interview(sitting_id)
    progress = interview.progress
    words = services.erasure_words(progress, key_of("cards")).split("-") if progress.finished_at else ()
    return render_template("guide/interview/ended.html", interview=interview, words=words)


@bp.post("/effacer")
@requires(access.may_interview)
def erase(sitting_id):
    interview = open_interview(sitting_id)
    if request.form.get("sure") != "1":
        raise Refusal("Cochez la case pour effacer cet entretien. Rien n’est effacé.")
    services.erase(interview.progress.id, now())
    flash("L’entretien est effacé : ses réponses et ses notes ne sont plus là.")
    return see_other(url_for("interview.index"))
