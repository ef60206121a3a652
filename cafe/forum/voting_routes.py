"""Where citizens vote: the list of the statements, one at a time, and why.

Nobody is shown the others' votes: neither before one's own nor after it, since votes may still be changed.
"""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.corpus import services as corpus
from cafe.errors import NotFound, Refusal
from cafe.forum import services, voting
from cafe.forum.voting_page import VotingPage, build_list, build_statement, find_ballot
from cafe.web import current_actor, key_of, page_or_fragment, read_key, read_number, requires, see_other, wants_fragment

bp = Blueprint("voting", __name__, url_prefix="/cafe/<slug>/affirmations")
ONE = "/<int:statement_id>"
TAKEN_BACK = "none"


@bp.get("")
@requires(access.may_take_part)
def index(slug):
    """What may be voted on, what was voted: where one begins, and where one is told that all is done."""
    voted = read_number(request.args.get("vu", ""))
    return _show(build_list(slug, current_actor().participant_id, voted, now()))


@bp.get(ONE)
@requires(access.may_take_part)
def show(slug, statement_id):
    """One statement; once its vote is closed, the list."""
    page = _page(slug, statement_id)
    if page.here is None:
        return see_other(url_for("forum.voting.index", slug=slug))
    return _show(page)


def _page(slug, statement_id) -> VotingPage:
    voted = read_number(request.args.get("vu", ""))
    page = build_statement(slug, statement_id, current_actor().participant_id, voted, now())
    find_ballot(page, statement_id)
    return page


def _show(page: VotingPage):
    name = "statement" if page.here else "index"
    whole, fragment = f"forum/voting/{name}.html", f"forum/voting/_{name}.html"
    return page_or_fragment(whole, fragment, page=page, key=uuid4(), swapped=wants_fragment())


@bp.post(ONE)
@requires(access.may_take_part)
def answer(slug, statement_id):
    """A vote, by its level; or why, in words."""
    page = _page(slug, statement_id)
    try:
        if "text" in request.form:
            _say_why(page, statement_id)
            return see_other(url_for("forum.voting.show", slug=slug, statement_id=statement_id, _anchor="pourquoi"))
        _vote(page, statement_id)
    except Refusal as refusal:
        return _again(slug, statement_id, refusal)
    return _onward(page, statement_id)


def _vote(page: VotingPage, statement_id) -> None:
    ballot, citizen, value = find_ballot(page, statement_id), current_actor().participant_id, request.form.get("value")
    if value == TAKEN_BACK:
        voting.take_back(ballot, citizen)
    else:
        voting.vote(page.cafe, ballot, citizen, value, read_number(request.form.get("edition", "")), now())


def _onward(page: VotingPage, statement_id):
    """To the next statement that waits, after a first vote; back to this one after a change."""
    following, slug = page.next_unvoted, page.cafe.slug
    if request.form.get("then") != "next":
        return see_other(url_for("forum.voting.show", slug=slug, statement_id=statement_id))
    if following is None:
        return see_other(url_for("forum.voting.index", slug=slug, vu=statement_id))
    return see_other(url_for("forum.voting.show", slug=slug, statement_id=following.id, vu=statement_id))


def _say_why(page: VotingPage, statement_id) -> None:
    ballot, citizen = find_ballot(page, statement_id), current_actor().participant_id
    key, text = read_key(request.form), request.form["text"]
    voting.say_why(page.cafe, ballot, citizen, key, text, key_of("cards"), now())


def _again(slug, statement_id, refusal, correcting=0):
    """The page as it stands now, with what was refused; the words typed are in it."""
    page = _page(slug, statement_id)
    page.draft, page.correcting = request.form.get("text", ""), correcting
    name = "statement" if page.here else "index"
    template = f"forum/voting/{'_' if wants_fragment() else ''}{name}.html"
    context = {"page": page, "key": uuid4(), "error": str(refusal), "swapped": wants_fragment()}
    return render_template(template, **context), refusal.status


@bp.post(f"{ONE}/brouillon")
@requires(access.may_take_part)
def draft(slug, statement_id):
    """Keep what is being written; nothing to show."""
    ballot = find_ballot(_page(slug, statement_id), statement_id)
    services.save_draft(ballot.question_id, current_actor().participant_id, request.form.get("text", ""), now())
    return "", 204


@bp.post(f"{ONE}/pourquoi/<int:post_id>")
@requires(access.may_take_part)
def change_why(slug, statement_id, post_id):
    """Correct one's reason, or withdraw it."""
    page, citizen, sent = _page(slug, statement_id), current_actor().participant_id, request.form
    if post_id not in {reason.id for reason in page.reasons}:
        raise NotFound("Ce message n’est pas le vôtre, ou il n’est plus modifiable.")
    try:
        if sent.get("action") == "withdraw":
            corpus.withdraw(post_id, citizen, now())
        else:
            voting.correct_why(page.cafe, page.here, citizen, post_id, sent.get("text", ""), now())
    except Refusal as refusal:
        return _again(slug, statement_id, refusal, post_id)
    flash("Vos mots sont effacés." if sent.get("action") == "withdraw" else "Vos mots sont corrigés.")
    return see_other(url_for("forum.voting.show", slug=slug, statement_id=statement_id, _anchor="pourquoi"))
