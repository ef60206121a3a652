"""How many failures, or forms, a door bears before it rests: counted in this process, by address or by account."""

from functools import wraps

from flask import after_this_request, request
from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

FAILURES = parse_many("10/minute;60/hour")
kept = MemoryStorage()
_windows = MovingWindowRateLimiter(kept)


def bears_few_failures(whose):
    """A view whose form rests once `whose()` failed too often; what succeeds is not counted, however often it is sent.

    A workshop's thirty phones may enter at once from one address.
    """
    return _bears(whose, FAILURES, lambda response: response.status_code >= 400)


def bears_few_forms(whose, limits: str):
    """A view whose form rests once `whose()` sent it too often, whatever came of it."""
    return _bears(whose, parse_many(limits), lambda _response: True)


def _bears(whose, limits, counts):
    def decorate(view):
        @wraps(view)
        def guarded(*args, **kwargs):
            if request.method == "POST":
                _count(limits, counts, view.__name__, whose())
            return view(*args, **kwargs)

        return guarded

    return decorate


def _count(limits, counts, *place: str) -> None:
    """Refuse when this place is full; else note, once the answer is known, whether it counts."""
    if not all(_windows.test(limit, *place) for limit in limits):
        raise TooManyRequests

    @after_this_request
    def note(response):
        if counts(response):
            for limit in limits:
                _windows.hit(limit, *place)
        return response


def address() -> str:
    return request.remote_addr or ""
