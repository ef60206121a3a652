"""How many failures a door bears before it rests: counted in this process, by address or by account."""

from functools import wraps

from flask import after_this_request, request
from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

LIMITS = parse_many("10/minute;60/hour")
kept = MemoryStorage()
_windows = MovingWindowRateLimiter(kept)


def bears_few_failures(whose):
    """A view whose form rests once `whose()` failed too often; what succeeds is not counted, however often it is sent.

    A workshop's thirty phones may enter at once from one address.
    """

    def decorate(view):
        @wraps(view)
        def guarded(*args, **kwargs):
            if request.method == "POST":
                _count(view.__name__, whose())
            return view(*args, **kwargs)

        return guarded

    return decorate


def _count(*place: str) -> None:
    """Refuse when this place is full; else note, once the answer is known, whether it failed."""
    if not all(_windows.test(limit, *place) for limit in LIMITS):
        raise TooManyRequests

    @after_this_request
    def note(response):
        if response.status_code >= 400:
            for limit in LIMITS:
                _windows.hit(limit, *place)
        return response


def address() -> str:
    return request.remote_addr or ""
