"""The organiser's desk: questions brought in from a file, read, shown, then confirmed."""

from flask import Blueprint, flash, make_response, render_template, request, url_for

from analysis.errors import BadInput
from cafe import access
from cafe.errors import Refusal
from cafe.forum import asking, question_files
from cafe.forum.desk_forms import pack_questions, unpack_questions
from cafe.forum.page import find_cafe_or_refuse
from cafe.forum.questions_desk import families
from cafe.web import requires, see_other

bp = Blueprint("importing", __name__, url_prefix="/<slug>/importer")


@bp.get("")
@requires(access.may_organise)
def choose(slug):
    return _choose_page(slug)


def _choose_page(slug, error="", faults=(), status=200):
    page = {"cafe": find_cafe_or_refuse(slug), "families": families(), "headings": question_files.HEADINGS}
    page |= {"most": question_files.MOST_FAULTS, "seen": question_files.SEEN}
    return render_template("forum/desk/import.html", **page, error=error, faults=faults), status


@bp.post("")
@requires(access.may_organise)
def read(slug):
    """Read the file; nothing is written before the page that follows is confirmed."""
    sent = request.files.get("file")
    try:
        found = question_files.read_questions(sent.filename if sent else "", sent.read() if sent else b"", families())
        plan = asking.plan_import(slug, found.questions)
        packed = pack_questions(found.questions)
    except (Refusal, BadInput) as refusal:
        return _choose_page(slug, str(refusal), status=getattr(refusal, "status", 400))
    faults = found.faults_with(asking.faults_of(plan, find_cafe_or_refuse(slug).days))
    if faults:
        return _choose_page(slug, "Rien n’est importé : corrigez ces lignes.", faults, 400)
    return _confirm_page(slug, plan, packed)


def _confirm_page(slug, plan, packed, error="", status=200):
    page = {"cafe": find_cafe_or_refuse(slug), "plan": plan, "packed": packed, "error": error}
    return render_template("forum/desk/confirm_import.html", **page), status


@bp.post("/confirmer")
@requires(access.may_organise)
def confirm(slug):
    packed = request.form.get("questions", "")
    questions = unpack_questions(packed)
    try:
        asking.import_questions(slug, questions, request.form.get("digest", ""))
    except Refusal as refusal:
        return _confirm_page(slug, asking.plan_import(slug, questions), packed, str(refusal), refusal.status)
    flash("Les questions du fichier sont en place.")
    return see_other(url_for("forum_desk.show", slug=slug))


@bp.get("/modele.csv")
@requires(access.may_organise)
def model(slug):
    find_cafe_or_refuse(slug)
    response = make_response(question_files.model_file())
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=questions.csv"
    return response
