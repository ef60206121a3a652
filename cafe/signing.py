"""The browser's cookie and the forms' token, signed as Flask and Flask-WTF do, each signer and token made once."""

from functools import lru_cache

from flask import current_app, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer

TOKEN, SALT = "csrf_token", "wtf-csrf-token"
KEPT = 10_000


class Cookie(SecureCookieSessionInterface):
    """Flask's own, for one application, whose signer would be made again at each request."""

    def __init__(self):
        self._signer = None

    def get_signing_serializer(self, app):
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer


def form_token() -> str:
    """The token of this session's forms. It has no time limit: signed once, it serves as long as the session."""
    drawn = session.get(TOKEN)
    return _signed(current_app.secret_key, drawn) if drawn else generate_csrf()


@lru_cache(KEPT)
def _signed(key: str, drawn: str) -> str:
    return URLSafeTimedSerializer(key, salt=SALT).dumps(drawn)


def init_app(app) -> None:
    app.session_interface = Cookie()
    app.context_processor(lambda: {TOKEN: form_token})
