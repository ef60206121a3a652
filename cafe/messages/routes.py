"""Messages: the list to phone by hand, and the link that stops them."""

from flask import Blueprint

from cafe.messages import models  # noqa: F401

bp = Blueprint("messages", __name__, url_prefix="/messages")
