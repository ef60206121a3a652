"""The pages where moderators write statements from what citizens said, and follow their vote."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.corpus.votes import SCALES, SILENCES
from cafe.corpus.words import clean_text
from cafe.errors import NotFound, Refusal
from cafe.forum.desk_forms import read_moment
from cafe.forum.models import USUAL_ZONE
from cafe.forum.schedule import ends_at
from cafe.moderation import queries, regnier, regnier_queries
from cafe.moderation.regnier import Written
from cafe.web import current_actor, read_key, read_number, requires, see_other

bp = Blueprint("regnier", __name__, url_prefix="/moderation/affirmations")
ONE = "/<int:statement_id>"
FIELDS = ("text", "scale", "place", "opens_at", "closes_at")


@bp.get("")
@requires(access.may_moderate)
def index():
    """Every statement, with where its vote stands."""
    lines, moment = regnier_queries.statement_lines(), now()
    states = {line.id: line.state(moment) for line in lines}
    words = {"states": states, "said": regnier_queries.STATES, "scales": SCALES}
    return render_template("moderation/regnier/index.html", lines=lines, **words)


@bp.get("/nouvelle")
@requires(access.may_moderate)
def new():
    """The form of a statement; « message »: the contribution that it comes from."""
    cafes = regnier_queries.current_cafes()
    typed = _first_typed(cafes[0]) if cafes else {}
    return _new_page(cafes, typed, [read_number(request.args.get("message", ""))], str(uuid4()))


def _first_typed(cafe) -> dict:
    """Open from now to the café's end, after the statements that there are."""
    closes = max(ends_at(cafe), now())
    place = str(regnier_queries.next_place(cafe.id))
    moments = {"opens_at": _local(now(), cafe.timezone), "closes_at": _local(closes, cafe.timezone)}
    return {"cafe": cafe.slug, "scale": "words", "place": place} | moments


def _local(moment: datetime, timezone: str) -> str:
    return moment.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%dT%H:%M")


def _new_page(cafes, typed, numbers, key, refusal=None):
    origins = [item for item in map(queries.find_item, numbers) if item]
    page = {"cafes": cafes, "typed": typed, "origins": origins, "key": key, "error": str(refusal or "")}
    page |= {"scales": SCALES, "longest": regnier.LONGEST}
    return render_template("moderation/regnier/new.html", **page), refusal.status if refusal else 200


@bp.post("/nouvelle")
@requires(access.may_moderate)
def create():
    sent, cafes = request.form, regnier_queries.current_cafes()
    numbers = [number for value in sent.getlist("origin") if (number := read_number(value))]
    zone = next((cafe.timezone for cafe in cafes if cafe.slug == sent.get("cafe")), USUAL_ZONE)
    try:
        key, staff_id = read_key(sent), current_actor().staff_id
        number = regnier.write_statement(key, sent.get("cafe", ""), _read(zone), numbers, staff_id, now())
    except Refusal as refusal:
        # Another key: what is refused made nothing.
        return _new_page(cafes, sent, numbers, str(uuid4()), refusal)
    flash("L’affirmation est écrite.")
    return see_other(url_for("moderation.regnier.show", statement_id=number))


def _read(timezone: str) -> Written:
    """What the form says, in the café's own clocks."""
    sent = request.form
    opens, closes = (read_moment(sent.get(name, ""), timezone) for name in ("opens_at", "closes_at"))
    text = " ".join(clean_text(sent.get("text", "")).split())
    return Written(text, sent.get("scale", ""), read_number(sent.get("place", "")), opens, closes)


@bp.get(ONE)
@requires(access.may_moderate)
def show(statement_id):
    line = _find(statement_id)
    return _page(line, {name: getattr(line, name) for name in FIELDS})


def _find(statement_id):
    line = regnier_queries.find_line(statement_id)
    if line is None:
        raise NotFound("Cette affirmation n’existe pas.")
    return line


def _page(line, typed, refusal=None):
    for name in ("opens_at", "closes_at"):
        if isinstance(typed[name], datetime):
            typed[name] = _local(typed[name], line.timezone)
    page = {"line": line, "typed": typed, "state": line.state(now()), "said": regnier_queries.STATES}
    page |= {"origins": regnier_queries.origins_of(line.id), "scales": SCALES, "longest": regnier.LONGEST}
    status = refusal.status if refusal else 200
    return render_template("moderation/regnier/show.html", **page, error=str(refusal or "")), status


def _back(statement_id, sentence: str):
    flash(sentence)
    return see_other(url_for("moderation.regnier.show", statement_id=statement_id))


@bp.post(ONE)
@requires(access.may_moderate)
def change(statement_id):
    line = _find(statement_id)
    try:
        regnier.change_statement(statement_id, _read(line.timezone))
    except Refusal as refusal:
        return _page(line, {name: request.form.get(name, "") for name in FIELDS}, refusal)
    return _back(statement_id, "L’affirmation est changée.")


@bp.post(f"{ONE}/fermer")
@requires(access.may_moderate)
def close(statement_id):
    regnier.close_statement(statement_id, now())
    return _back(statement_id, "Le vote est fermé.")


@bp.get(f"{ONE}/apercu")
@requires(access.may_moderate)
def preview(statement_id):
    """The statement as citizens see it; nothing to send."""
    line = _find(statement_id)
    return render_template("moderation/regnier/preview.html", line=line, levels=SCALES[line.scale], silences=SILENCES)


@bp.post(f"{ONE}/origine")
@requires(access.may_moderate)
def link(statement_id):
    """Tie a contribution to a statement, by its number."""
    line, staff_id = _find(statement_id), current_actor().staff_id
    try:
        regnier.link_origin(statement_id, read_number(request.form.get("message", "")), staff_id, now())
    except Refusal as refusal:
        return _page(line, {name: getattr(line, name) for name in FIELDS}, refusal)
    return _back(statement_id, "Le message est lié à l’affirmation.")


@bp.post(f"{ONE}/delier")
@requires(access.may_moderate)
def unlink(statement_id):
    number, staff_id = read_number(request.form.get("message", "")), current_actor().staff_id
    regnier.unlink_origin(_find(statement_id).id, number, staff_id, now())
    return _back(statement_id, "Le message n’est plus lié.")
