"""What leaves with every answer: headers that protect, and refusals told in one French sentence."""

from flask import render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from analysis.errors import BadInput
from cafe.errors import Refusal
from cafe.extensions import db

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
SENTENCES = {
    400: "Cette demande n’est pas lisible. Revenez en arrière, puis réessayez.",
    404: "Cette page n’existe pas, ou n’existe plus.",
    405: "Cette page ne s’ouvre pas de cette façon. Revenez en arrière.",
    413: "C’est trop long pour être envoyé en une fois. Coupez votre texte en deux.",
    429: "Trop d’essais en peu de temps. Attendez une minute, puis réessayez.",
    500: "Quelque chose s’est cassé de notre côté. Vos messages reçus sont gardés. Réessayez dans un instant.",
}
STALE_FORM = "Cette page est ouverte depuis trop longtemps. Rechargez-la : votre brouillon y est gardé."


def refuse(message: str, status: int):
    return render_template("errors/refusal.html", message=message, status=status), status


def init_app(app) -> None:
    app.register_error_handler(Refusal, lambda refusal: refuse(str(refusal), refusal.status))
    app.register_error_handler(BadInput, lambda error: refuse(str(error), 400))
    app.register_error_handler(CSRFError, lambda error: refuse(STALE_FORM, 400))
    app.register_error_handler(HTTPException, _http_error)
    app.after_request(_protect)
    app.teardown_request(_release)


def _http_error(error: HTTPException):
    if error.response is not None:
        return error.response
    return refuse(SENTENCES.get(error.code, SENTENCES[400 if error.code < 500 else 500]), error.code)


def _protect(response):
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # A shared phone must show nothing behind « Back ».
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _release(_error):
    db.session.remove()
