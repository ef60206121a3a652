"""The organiser's desk: the dialogue, its people, their cards, the staff."""

from flask import Blueprint

bp = Blueprint("people_desk", __name__, url_prefix="/organisation")
