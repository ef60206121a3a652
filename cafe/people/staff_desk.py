"""The team: accounts opened, described, given a new password, closed. All of it asks for a second factor."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.people import accounts, queries
from cafe.people.accounts import ROLE_LABELS, Account
from cafe.people.cards import words_from
from cafe.people.forms import read_account
from cafe.web import current_actor, key_of, read_key, requires, see_other

bp = Blueprint("staff", __name__, url_prefix="/equipe")


@bp.get("")
@requires(access.may_contact)
def index():
    return render_template("people/desk/staff.html", accounts=queries.accounts(), roles=ROLE_LABELS)


@bp.get("/nouveau")
@requires(access.may_contact)
def new():
    return _new(Account("", "moderator"), str(uuid4()))


def _new(account, key, error="", status=200):
    page = {"account": account, "key": key, "error": error, "roles": ROLE_LABELS}
    return render_template("people/desk/new_account.html", **page), status


@bp.post("/nouveau")
@requires(access.may_contact)
def add():
    account, key = read_account(request.form), read_key(request.form)
    typed = request.form.get("password", "")[:200]
    password = typed or _draw_password(key)
    try:
        accounts.create_account(account, password, now())
    except Refusal as refusal:
        return _new(account, key, str(refusal), refusal.status)
    if not typed:
        return _shown_once(account.login, password)
    flash("Le compte est ouvert.")
    return see_other(url_for("people_desk.staff.index"))


def _draw_password(key: str) -> str:
    """Five words from the form's key: sent twice, the form opens one account and shows one password."""
    return words_from(f"{key}/password", key_of("cards"), 5)


def _shown_once(login, password):
    return render_template("people/desk/new_password.html", login=login, password=password)


@bp.get("/<int:staff_id>")
@requires(access.may_contact)
def show(staff_id):
    found = _found(staff_id)
    return _show(found, Account(found.login, found.role, found.email or "", found.cares, found.pseudonym or ""))


def _found(staff_id):
    found = queries.find_account(staff_id)
    if found is None:
        raise NotFound("Ce compte n’existe pas, ou il est fermé.")
    return found


def _show(found, account, error="", status=200):
    page = {"found": found, "account": account, "error": error, "key": str(uuid4()), "roles": ROLE_LABELS}
    return render_template("people/desk/account.html", **page), status


@bp.post("/<int:staff_id>")
@requires(access.may_contact)
def change(staff_id):
    found, account = _found(staff_id), read_account(request.form)
    try:
        accounts.change_account(staff_id, account, current_actor().staff_id)
    except Refusal as refusal:
        return _show(found, account, str(refusal), refusal.status)
    flash("C’est enregistré.")
    return see_other(url_for("people_desk.staff.index"))


@bp.post("/<int:staff_id>/mot-de-passe")
@requires(access.may_contact)
def reset_password(staff_id):
    password = _draw_password(read_key(request.form))
    accounts.reset_password(staff_id, password, now())
    return _shown_once(_found(staff_id).login, password)


@bp.post("/<int:staff_id>/code")
@requires(access.may_contact)
def reset_code(staff_id):
    accounts.reset_second_factor(staff_id)
    flash("Le code est effacé. Un nouveau téléphone sera demandé à la prochaine fois.")
    return see_other(url_for("people_desk.staff.show", staff_id=staff_id))


@bp.post("/<int:staff_id>/fermer")
@requires(access.may_contact)
def close(staff_id):
    accounts.close_account(staff_id, current_actor().staff_id, now())
    flash("Le compte est fermé.")
    return see_other(url_for("people_desk.staff.index"))
