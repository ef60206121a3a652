"""Messages: the link that stops them, the list to phone by hand, the journal of what left and what did not."""

from flask import Blueprint, current_app, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotFound
from cafe.extensions import csrf
from cafe.messages import queries, services
from cafe.messages.models import STATES
from cafe.messages.stopping import UNKNOWN, masked, read_stop_token
from cafe.messages.wording import KIND_NAMES, PERHAPS, STATE_NAMES, to_dial
from cafe.web import current_actor, key_of, read_number, requires, see_other

bp = Blueprint("messages", __name__, url_prefix="/messages")
bp.add_app_template_filter(to_dial)


def _contact(token):
    contact = queries.contact_of(read_stop_token(token, key_of("session")))
    if contact is None or not contact.email:
        raise NotFound(UNKNOWN)
    return contact


def _stop_page(token, contact):
    page = {"token": token, "address": masked(contact.email), "stopped": contact.stopped_at is not None}
    return render_template("messages/stop.html", **page)


@bp.get("/stop/<token>")
def stop_page(token):
    """Who holds the link may stop the messages: it was sent to them alone."""
    return _stop_page(token, _contact(token))


@bp.post("/stop/<token>")
@csrf.exempt
def stop(token):
    """Stop; mail programs send this by themselves (RFC 8058), with no form and no cookie, and follow no redirection."""
    services.stop(_contact(token), now())
    return _stop_page(token, _contact(token))


@bp.post("/stop/<token>/reprendre")
def resume(token):
    services.resume(_contact(token))
    return see_other(url_for("messages.stop_page", token=token))


@bp.get("/a-faire")
@requires(access.may_contact)
def todo():
    """Those to phone or text today, café by café."""
    cafes = queries.running_cafes()
    rows = queries.to_do(cafes, now())
    lists = [(cafe, [row for row in rows if row.cafe_id == cafe.id]) for cafe in cafes]
    page = {"lists": [one for one in lists if one[1]], "kinds": KIND_NAMES}
    return render_template("messages/todo.html", site=current_app.config["HOUSE"].public_url, **page)


@bp.post("/a-faire/<int:message_id>/fait")
@requires(access.may_contact)
def tick(message_id):
    services.tick(message_id, current_actor().staff_id, now())
    return _back_to(message_id)


@bp.post("/a-faire/<int:message_id>/pas-fait")
@requires(access.may_contact)
def untick(message_id):
    services.untick(message_id)
    return _back_to(message_id)


def _back_to(message_id):
    return see_other(url_for("messages.todo", _anchor=f"m{message_id}"))


@bp.get("/journal")
@requires(access.may_organise)
def journal():
    """What left, what waits and what failed, by pseudonym."""
    state = request.args.get("etat", "")
    found = queries.journal(state if state in STATES else "", read_number(request.args.get("avant", "")))
    config = current_app.config["HOUSE"]
    page = {"journal": found, "state": state, "kinds": KIND_NAMES, "states": STATE_NAMES, "mailed": config.smtp_url}
    page |= {"now": now(), "perhaps": PERHAPS}
    return render_template("messages/journal.html", **page)


@bp.post("/journal/<int:message_id>/repartir")
@requires(access.may_organise)
def retry(message_id):
    services.retry(message_id, now())
    flash("L’e-mail repart au prochain passage, dans la minute.")
    return see_other(url_for("messages.journal", etat="due"))
