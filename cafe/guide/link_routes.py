"""The door of an open link: what one agrees to, a way in without a card, and the card that is given there."""

from uuid import uuid4

from flask import Blueprint, render_template, request, session, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import Conflict, NotAllowed, Refusal
from cafe.guide import links
from cafe.guide.link_forms import EntryByLink
from cafe.guide.link_lines import find_link_by
from cafe.guide.published import current_guide
from cafe.guide.sittings import progress_of
from cafe.people.queries import latest_wording
from cafe.people.visits import end_visit
from cafe.people.welcoming import own_words
from cafe.tries import address, bears_few_forms
from cafe.web import current_actor, key_of, open_session, requires, see_other
from cafe.zones import dialogue_zone

bp = Blueprint("guide_links", __name__, url_prefix="/q/<token>")
QUESTIONNAIRE = "/questionnaire"
# A workshop's thirty phones come from one address; a machine that fills a link's quota does too, and takes hours.
newcomers = bears_few_forms(address, "60/minute;240/hour")
FOR_PEOPLE = "Ce lien est pour les personnes qui répondent. Quittez d’abord votre compte de l’équipe."


@bp.url_value_preprocessor
def _as_printed(_endpoint, values):
    # A phone's keyboard begins with a capital.
    values["token"] = values["token"].lower()[:40].replace("\0", "")


@bp.get("")
def show(token):
    if access.is_citizen(current_actor()):
        return render_template("guide/link_again.html", token=token)
    return _door(token)


def _door(token, refusal=None):
    """The page that one agrees on, or the sentence that says why it is closed."""
    try:
        line, guide, wording = find_link_by(token, now()), current_guide(), latest_wording()
        links.check_open(line.link, line.begun, now())
        if not (guide and wording):
            raise Conflict(links.NOT_READY)
    except Refusal as closed:
        return render_template("guide/link_closed.html", message=str(closed)), closed.status
    page = {"token": token, "line": line, "wording": wording, "key": str(uuid4()), "zone": dialogue_zone()}
    page |= {"minutes": sum(section.minutes for section in guide.guide.sections), "error": str(refusal or "")}
    return render_template("guide/link.html", **page), refusal.status if refusal else 200


@bp.post("")
@newcomers
def begin(token):
    """Make a participant of whoever has no session; someone who came already goes on as they are."""
    if access.is_citizen(current_actor()):
        return see_other(url_for("guide_links.words", token=token))
    if access.is_staff(current_actor()):
        raise NotAllowed(FOR_PEOPLE)
    try:
        form = EntryByLink.read(request.form)
        participant_id = links.enter(token, form.key, form.version, key_of("cards"), now())
    except Refusal as refusal:
        return _door(token, refusal)
    open_session(participant_id=participant_id, shared_phone=form.shared_phone)
    return see_other(url_for("guide_links.words", token=token))


@bp.get("/carte")
@requires(access.is_citizen)
def words(token):
    """The three words to come back with, until the first answer."""
    actor = current_actor()
    progress = progress_of(actor.participant_id)
    card = own_words(actor.participant_id, key_of("cards")) if progress and not progress.kept else ""
    if not card:
        return see_other(QUESTIONNAIRE)
    return render_template("guide/link_words.html", words=card.split("-"), onward=QUESTIONNAIRE)


@bp.post("/autre")
def change(token):
    """Someone else holds the phone: whoever was there leaves, and the door opens again."""
    if access.is_citizen(current_actor()):
        end_visit(current_actor().visit_id, now())
        session.clear()
    response = see_other(url_for("guide_links.show", token=token))
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
