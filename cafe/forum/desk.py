"""The organiser's desk: cafés, their days and questions."""

from flask import Blueprint

bp = Blueprint("forum_desk", __name__, url_prefix="/organisation/cafe")
