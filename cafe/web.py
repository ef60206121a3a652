"""What every page needs: whose request it is, who may pass, page or fragment, and where to go next."""

from dataclasses import replace
from functools import wraps
from uuid import UUID

from flask import current_app, g, make_response, redirect, render_template, request, session, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import IntegerConverter

from cafe import access
from cafe.clock import now
from cafe.errors import NotAllowed, Refusal
from cafe.people.visits import find_actor, open_visit

TOKEN = "visit"
STALE = "Cette page est trop vieille. Rechargez-la, puis recommencez."
LARGEST_FILE = 2 * 1024 * 1024
FILE_TOO_LARGE = "Ce fichier est trop lourd : 2 Mo au plus. Coupez-le en deux."


class SmallInt(IntegerConverter):
    """A whole number in a URL: ASCII digits, and few enough for any base's integer."""

    regex = "[0-9]{1,9}"


def current_actor():
    """The person who sends this request, looked up once, or None."""
    if "actor" not in g:
        token = session.get(TOKEN)
        g.actor = find_actor(token, now()) if token else None
    return g.actor


def open_session(**who) -> None:
    """Let someone in: from now on this browser holds the token of their visit, and nothing of whoever came before."""
    session.clear()
    session[TOKEN] = open_visit(now(), **who)


def requires(predicate):
    """Let through those whom the predicate accepts; send the others to the door that suits them."""

    def decorate(view):
        @wraps(view)
        def guarded(*args, **kwargs):
            actor = current_actor()
            return view(*args, **kwargs) if predicate(actor) else _turn_away(actor, predicate)

        return guarded

    return decorate


def _turn_away(actor, predicate):
    if actor is None:
        door = "people.enter" if predicate in (access.is_citizen, access.may_take_part) else "people.sign_in"
        return see_other(url_for(door))
    if access.is_citizen(actor) and predicate is access.may_take_part:
        return see_other(url_for("people.consent"))
    if access.is_staff(actor) and predicate(replace(actor, second_factor=True)):
        # What was sent is not sent again: after the code one comes back to a page, never to an action.
        onward = request.full_path.rstrip("?") if request.method == "GET" else url_for("people.staff_home")
        return see_other(url_for("people.second_factor", suite=onward))
    raise NotAllowed("Cette page n’est pas ouverte à votre compte.")


def see_other(location: str):
    """After a POST, and to change page: a 303, which htmx follows as a browser does."""
    return redirect(location, 303)


def wants_fragment() -> bool:
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def page_or_fragment(whole: str, fragment: str, **context):
    """One URL, two answers: the whole page, or the fragment when htmx asks for it."""
    response = make_response(render_template(fragment if wants_fragment() else whole, **context))
    response.vary.add("HX-Request")
    return response


def read_key(sent) -> str:
    """The identifier that the server drew for a form: a UUID and nothing else."""
    try:
        return str(UUID(sent.get("key", "")))
    except ValueError:
        raise Refusal(STALE) from None


def read_number(sent: str) -> int:
    """A row's number in a query or a form; anything that is none reads as 0."""
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def key_of(name: str) -> str:
    return current_app.config["KEYS"][name]


def accept_files(bp, view: str) -> None:
    """Let a file come to this view of a blueprint: larger than a message, and within bounds."""

    @bp.url_value_preprocessor
    def allow(endpoint, _values):
        # Before anything reads the form: the token's check would refuse what is larger than a message.
        if endpoint and endpoint.endswith(view):
            request.max_content_length = LARGEST_FILE

    @bp.errorhandler(RequestEntityTooLarge)
    def refuse(_error):
        return render_template("errors/refusal.html", message=FILE_TOO_LARGE, status=413), 413
