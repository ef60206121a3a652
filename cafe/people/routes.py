"""The doors: card, consent, staff sign-in and second factor, leaving."""

from flask import Blueprint, flash, render_template, request, session, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import Refusal
from cafe.people import accounts, queries, services, visits
from cafe.people import second_factor as totp
from cafe.people.forms import EntryForm, PasswordForm, SignInForm, read_next
from cafe.people.late import late_things
from cafe.people.sheets import qr_svg
from cafe.tries import address, bears_few_failures
from cafe.web import current_actor, key_of, open_session, read_number, requires, see_other

bp = Blueprint("people", __name__)
failures = bears_few_failures(address)
# A code is six digits: tries are counted for each account, wherever they come from.
codes = bears_few_failures(lambda: f"staff-{getattr(current_actor(), 'staff_id', 0)}")


@bp.route("/entrer", methods=["GET", "POST"])
@bp.route("/carte/<words>", methods=["GET", "POST"])
@failures
def enter(words=""):
    """Enter with a card: typed, or read from its QR code, whose link fills the field and waits for a tap."""
    if request.method != "POST":
        return render_template("people/enter.html", words=words[:60].replace("-", " "))
    form = EntryForm.read(request.form)
    try:
        participant_id = services.enter_with_card(form.words, key_of("cards"))
    except Refusal as refusal:
        return render_template("people/enter.html", words=form.words, error=str(refusal)), refusal.status
    open_session(participant_id=participant_id, shared_phone=form.shared_phone)
    return see_other(url_for("forum.home"))


@bp.get("/accord")
@requires(access.is_citizen)
def consent():
    return render_template("people/consent.html", wording=queries.latest_wording())


@bp.post("/accord")
@requires(access.is_citizen)
def give_consent():
    services.give_consent(current_actor().participant_id, read_number(request.form.get("version", "")), now())
    return see_other(url_for("forum.home"))


@bp.route("/equipe/entrer", methods=["GET", "POST"])
@failures
def sign_in():
    if request.method != "POST":
        return render_template("people/sign_in.html")
    form = SignInForm.read(request.form)
    try:
        staff_id = services.sign_in(form.login, form.password)
    except Refusal as refusal:
        return render_template("people/sign_in.html", login=form.login, error=str(refusal)), refusal.status
    open_session(staff_id=staff_id)
    return see_other(url_for("people.staff_home"))


@bp.get("/equipe")
@requires(access.is_staff)
def staff_home():
    late = late_things(now()) if access.may_organise(current_actor()) else None
    return render_template("people/staff_home.html", late=late)


@bp.get("/equipe/code")
@requires(access.is_staff)
def second_factor():
    """Ask for the code of the second factor, or set it up first."""
    return _ask_code()


def _ask_code(error="", status=200):
    actor, onward = current_actor(), read_next(request.values.get("suite", ""))
    page = {"onward": onward, "error": error}
    if not totp.is_set_up(actor.staff_id):
        # Kept by the browser's signed cookie until a right code proves that the telephone has it.
        secret = session.setdefault("totp", totp.draw_secret())
        page |= {"secret": secret, "qr": qr_svg(totp.address(secret, actor.name))}
    return render_template("people/code.html", **page), status


@bp.post("/equipe/code")
@codes
@requires(access.is_staff)
def give_code():
    actor, offered = current_actor(), session.get("totp", "")
    try:
        totp.give_code(actor.staff_id, actor.visit_id, request.form.get("code", "")[:20], now(), offered)
    except Refusal as refusal:
        return _ask_code(str(refusal), refusal.status)
    session.pop("totp", None)
    return see_other(read_next(request.form.get("suite", "")))


@bp.route("/equipe/mot-de-passe", methods=["GET", "POST"])
@failures
@requires(access.is_staff)
def password():
    if request.method != "POST":
        return render_template("people/password.html")
    actor = current_actor()
    try:
        form = PasswordForm.read(request.form)
        accounts.change_own_password(actor.staff_id, actor.visit_id, form.current, form.new, now())
    except Refusal as refusal:
        return render_template("people/password.html", error=str(refusal)), refusal.status
    flash("Votre mot de passe est changé. Vos autres sessions sont fermées.")
    return see_other(url_for("people.staff_home"))


@bp.post("/quitter")
def leave():
    """End the session on the server; what the browser still holds opens nothing."""
    actor = current_actor()
    if actor:
        visits.end_visit(actor.visit_id, now())
    session.clear()
    flash("Vous avez quitté le café. À bientôt.")
    response = see_other(url_for("people.enter" if access.is_citizen(actor) else "people.sign_in"))
    # On a shared phone nothing is left behind « Back » either.
    is_shared = actor is not None and actor.shared_phone
    response.headers["Clear-Site-Data"] = '"cache", "storage"' if is_shared else '"storage"'
    return response


@bp.get("/aide")
def help_page():
    return render_template("people/help.html")
