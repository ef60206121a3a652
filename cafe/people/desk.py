"""The organiser's desk: the dialogue, its groups, its consent; people, cards and the team have their own rooms."""

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.people import preparation, queries
from cafe.people.cards_desk import bp as cards_pages
from cafe.people.forms import GroupForm
from cafe.people.phases_desk import bp as phases_pages
from cafe.people.roster_desk import bp as roster_pages
from cafe.people.staff_desk import bp as staff_pages
from cafe.web import read_number, requires, see_other

bp = Blueprint("people_desk", __name__, url_prefix="/organisation")
for room in (roster_pages, cards_pages, staff_pages, phases_pages):
    bp.register_blueprint(room)


@bp.get("")
@requires(access.may_organise)
def index():
    """The steps that prepare a dialogue, in order, each with how far it is."""
    return render_template("people/desk/index.html", state=queries.preparation())


@bp.route("/dialogue", methods=["GET", "POST"])
@requires(access.may_organise)
def dialogue():
    if request.method != "POST":
        return render_template("people/desk/dialogue.html", title=queries.the_dialogue().title)
    title = request.form.get("title", "")[:300]
    try:
        preparation.rename_dialogue(title)
    except Refusal as refusal:
        return render_template("people/desk/dialogue.html", title=title, error=str(refusal)), refusal.status
    flash("Le titre est enregistré.")
    return see_other(url_for("people_desk.index"))


@bp.get("/groupes")
@requires(access.may_organise)
def groups():
    return _groups(GroupForm("", "external", True, []))


def _groups(form, error="", status=200):
    page = {"lines": queries.groups_with_people(), "form": form, "sides": preparation.SIDES, "error": error}
    return render_template("people/desk/groups.html", **page), status


@bp.post("/groupes")
@requires(access.may_organise)
def add_group():
    form = GroupForm.read(request.form)
    try:
        preparation.add_group(form.label, form.side, form.in_total, form.subgroups)
    except Refusal as refusal:
        return _groups(form, str(refusal), refusal.status)
    flash("Le groupe est ajouté.")
    return see_other(url_for("people_desk.groups"))


@bp.get("/groupes/<code>")
@requires(access.may_organise)
def group(code):
    line = _line(code)
    form = GroupForm(line.group.label, line.group.side, line.group.in_total, list(line.subgroups))
    return _group(line, form)


def _line(code):
    line = next((line for line in queries.groups_with_people() if line.group.code == code), None)
    if line is None:
        raise NotFound("Ce groupe n’existe pas.")
    return line


def _group(line, form, error="", status=200):
    page = {"line": line, "form": form, "sides": preparation.SIDES, "error": error}
    return render_template("people/desk/group.html", **page), status


@bp.post("/groupes/<code>")
@requires(access.may_organise)
def change_group(code):
    form = GroupForm.read(request.form)
    try:
        preparation.change_group(code, form.label, form.side, form.in_total, form.subgroups)
    except NotFound:
        raise
    except Refusal as refusal:
        return _group(_line(code), form, str(refusal), refusal.status)
    flash("Le groupe est enregistré.")
    return see_other(url_for("people_desk.groups"))


@bp.post("/groupes/<code>/supprimer")
@requires(access.may_organise)
def delete_group(code):
    preparation.delete_group(code)
    flash("Le groupe est supprimé.")
    return see_other(url_for("people_desk.groups"))


@bp.get("/accord")
@requires(access.may_organise)
def consent():
    return _consent()


def _consent(**changes):
    """The page of the consent: its text to change, how many gave it, the earlier ones."""
    page = {"wordings": queries.wordings(), "people": queries.preparation().people, "preview": False}
    return render_template("people/desk/consent.html", **page | changes)


@bp.post("/accord")
@requires(access.may_organise)
def change_consent():
    """Show the text as a citizen will read it, or publish it."""
    text, base = request.form.get("text", ""), read_number(request.form.get("version", ""))
    if request.form.get("act") == "preview":
        return _consent(text=text, preview=True)
    try:
        version = preparation.change_wording(text, base, now())
    except Refusal as refusal:
        return _consent(text=text, error=str(refusal)), refusal.status
    flash(f"Le texte n° {version} est publié : chaque personne le lira avant d’entrer.")
    return see_other(url_for("people_desk.consent"))
