"""The participants: listed, searched, added one by one or from a file; one person's page, their contact and card."""

from uuid import uuid4

from flask import Blueprint, Response, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.people import printing, queries, roster
from cafe.people.fields import Person
from cafe.people.forms import read_search
from cafe.people.spreadsheets import HEADINGS, read_sheet
from cafe.web import accept_files, current_actor, key_of, read_key, requires, see_other

bp = Blueprint("roster", __name__, url_prefix="/participants")
accept_files(bp, "roster.upload")


@bp.get("")
@requires(access.may_organise)
def index():
    search = read_search(request.args, access.may_contact(current_actor()))
    people, total = queries.find_people(search)
    page = {"people": people, "total": total, "search": search, "last_page": max(1, -(-total // queries.PAGE))}
    return render_template("people/desk/people.html", groups=queries.all_groups(), **page)


@bp.get("/nouveau")
@requires(access.may_contact)
def new():
    return _new({}, str(uuid4()))


def _new(typed, key, error="", status=200):
    page = {"typed": typed, "key": key, "error": error, "lines": queries.groups_with_people()}
    return render_template("people/desk/new_person.html", **page), status


@bp.post("/nouveau")
@requires(access.may_contact)
def add():
    key = read_key(request.form)
    try:
        participant_id = roster.add_participant(Person.read(request.form), key, now())
    except Refusal as refusal:
        return _new(request.form, key, str(refusal), refusal.status)
    flash("La personne est ajoutée. Il lui faut une carte.")
    return see_other(url_for("people_desk.roster.show", participant_id=participant_id))


@bp.get("/<int:participant_id>")
@requires(access.may_contact)
def show(participant_id):
    return _show(participant_id)


def _show(participant_id, typed=None, error="", status=200):
    person = queries.find_person(participant_id)
    if person is None:
        raise NotFound("Cette personne n’est plus là.")
    typed = typed or {**person._mapping, "group": person.group_code}
    page = {"person": person, "typed": typed, "key": str(uuid4()), "error": error}
    return render_template("people/desk/person.html", **page, lines=queries.groups_with_people()), status


@bp.post("/<int:participant_id>")
@requires(access.may_contact)
def change(participant_id):
    try:
        roster.change_participant(participant_id, Person.read(request.form))
    except NotFound:
        raise
    except Refusal as refusal:
        return _show(participant_id, request.form, str(refusal), refusal.status)
    flash("C’est enregistré.")
    return see_other(url_for("people_desk.roster.show", participant_id=participant_id))


@bp.post("/<int:participant_id>/carte")
@requires(access.may_contact)
def replace_card(participant_id):
    """A new card, whose words this answer alone shows; the old one dies."""
    key = read_key(request.form)
    (card,) = printing.issue_cards(participant_id, key, key_of("cards"), now())
    return render_template("people/desk/new_card.html", card=card, key=key)


@bp.get("/invitation")
@requires(access.may_contact)
def invitation():
    return render_template("people/desk/invitation.html", groups=queries.all_groups())


@bp.post("/invitation")
@requires(access.may_contact)
def upload():
    """Add the good lines of a file; the answer says what became of each. Sent again, it adds nothing."""
    file = request.files.get("file")
    try:
        report = roster.invite(read_sheet(file.read() if file else b""), now())
    except Refusal as refusal:
        page = {"groups": queries.all_groups(), "error": str(refusal)}
        return render_template("people/desk/invitation.html", **page), refusal.status
    return render_template("people/desk/invited.html", report=report)


@bp.get("/invitation/modele.csv")
@requires(access.may_organise)
def model():
    """An empty file with the headings, which French spreadsheets open in columns."""
    response = Response("\ufeff" + ";".join(HEADINGS) + "\r\n", mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=invitations.csv"
    return response
