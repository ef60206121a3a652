"""The cards to print: for those who have none, for everyone, for one person; shown once, as a page or a PDF."""

from uuid import uuid4

from flask import Blueprint, Response, current_app, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.people import printing, queries, sheets
from cafe.people.forms import read_whom
from cafe.web import key_of, read_key, requires, see_other

bp = Blueprint("cards", __name__, url_prefix="/cartes")


@bp.get("")
@requires(access.may_contact)
def index():
    return render_template("people/desk/cards.html", state=queries.preparation(), key=str(uuid4()))


@bp.get("/toutes")
@requires(access.may_contact)
def everyone():
    """Say how many cards die before they do."""
    return render_template("people/desk/all_cards.html", state=queries.preparation(), key=str(uuid4()))


@bp.post("/feuille")
@requires(access.may_contact)
def sheet():
    """The sheet itself: its words are kept nowhere, so no page can show them again."""
    whom, key = read_whom(request.form), read_key(request.form)
    cards = printing.issue_cards(whom, key, key_of("cards"), now())
    if not cards:
        flash("Aucune carte à imprimer : chaque personne en a une.")
        return see_other(url_for("people_desk.cards.index"))
    title, public_url = queries.the_dialogue().title, current_app.config["HOUSE"].public_url
    faces = sheets.faces(cards, public_url)
    if request.form.get("format") == "pdf":
        response = Response(sheets.pdf(faces, title, public_url), mimetype="application/pdf")
        response.headers["Content-Disposition"] = "attachment; filename=cartes.pdf"
        return response
    return render_template("people/sheet.html", whom=whom, key=key, **sheets.printed(faces, title, public_url))
