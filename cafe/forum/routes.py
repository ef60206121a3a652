"""The conversation: a day, its posts, one's own words."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.corpus import services as corpus
from cafe.errors import NotFound, Refusal
from cafe.forum import forms, queries, services
from cafe.forum.page import DayPage, build_day, find_question
from cafe.forum.schedule import current_day
from cafe.referential.services import current_tagger
from cafe.web import current_actor, key_of, page_or_fragment, requires, see_other, wants_fragment

bp = Blueprint("forum", __name__)


@bp.get("/")
def home():
    """Each to their own door: the day for a citizen, the team's table for staff, the card for anyone else."""
    actor = current_actor()
    if access.is_staff(actor):
        return see_other(url_for("people.staff_home"))
    if not access.is_citizen(actor):
        return see_other(url_for("people.enter"))
    cafe = queries.latest_cafe()
    if cafe is None:
        return render_template("forum/no_cafe.html")
    return see_other(url_for("forum.day", slug=cafe.slug, day=max(current_day(cafe, now()), 1)))


@bp.get("/cafe/<slug>/jour/<int:day>")
@bp.get("/cafe/<slug>/jour/<int:day>/<int:n>")
@requires(access.may_take_part)
def day(slug, day, n=0):
    """A day's conversation; asked by the poll (`apres`), the posts that came since, or an empty 204."""
    page = build_day(slug, day, n, current_actor().participant_id, forms.View.read(request.args), now())
    if wants_fragment() and page.view.after and not page.posts:
        return "", 204
    return page_or_fragment("forum/day.html", "forum/_news.html", page=page, key=uuid4())


@bp.post("/cafe/<slug>/jour/<int:day>/<int:n>")
@requires(access.may_take_part)
def answer(slug, day, n):
    """Post an answer or a reply; what is refused comes back with its text in the composer."""
    actor = current_actor()
    cafe, asked = find_question(slug, day, n, actor.participant_id)
    try:
        number = services.post_answer(cafe, asked, actor.participant_id, forms.read_post(request.form), key_of("cards"), now())
    except Refusal as refusal:
        return _answer_again(slug, day, n, refusal)
    return see_other(url_for("forum.day", slug=slug, day=day, n=n, _anchor=f"m{number}"))


def _answer_again(slug, day, n, refusal):
    actor, sent = current_actor(), request.form
    page: DayPage = build_day(slug, day, n, actor.participant_id, forms.View(0, 0, forms.read_number(sent.get("reply_to", ""))), now())
    page.draft = sent.get("text", "")
    return render_template("forum/day.html", page=page, key=uuid4(), error=str(refusal)), refusal.status


@bp.post("/cafe/<slug>/jour/<int:day>/<int:n>/brouillon")
@requires(access.may_take_part)
def draft(slug, day, n):
    """Keep the draft; nothing to show."""
    actor = current_actor()
    _, asked = find_question(slug, day, n, actor.participant_id)
    services.save_draft(asked, actor.participant_id, request.form.get("text", ""), now())
    return "", 204


@bp.post("/cafe/<slug>/jour/<int:day>/<int:n>/message/<int:post_id>/reaction")
@requires(access.may_take_part)
def react(slug, day, n, post_id):
    actor, kind = current_actor(), request.form.get("kind", "")
    _, asked = find_question(slug, day, n, actor.participant_id)
    if kind == "none":
        services.take_back_reaction(post_id, actor.participant_id)
    else:
        services.react(post_id, asked, actor.participant_id, kind, now())
    if wants_fragment():
        return render_template("forum/_reactions.html", post=queries.find_post(post_id, actor.participant_id), asked=asked, slug=slug)
    return see_other(url_for("forum.day", slug=slug, day=day, n=n, _anchor=f"m{post_id}"))


@bp.route("/cafe/<slug>/jour/<int:day>/<int:n>/message/<int:post_id>", methods=["GET", "POST"])
@requires(access.may_take_part)
def own_post(slug, day, n, post_id):
    """Correct or withdraw one's own words."""
    actor = current_actor()
    cafe, asked = find_question(slug, day, n, actor.participant_id)
    post = queries.find_post(post_id, actor.participant_id)
    if post is None or not access.may_change(actor, post):
        raise NotFound("Ce message n’est pas le vôtre, ou il n’est plus modifiable.")
    if request.method == "GET":
        return render_template("forum/own_post.html", cafe=cafe, asked=asked, post=post, text=post.text)
    try:
        flash(_change(post_id, actor.participant_id))
    except Refusal as refusal:
        text = request.form.get("text", "")
        return render_template("forum/own_post.html", cafe=cafe, asked=asked, post=post, text=text, error=str(refusal)), refusal.status
    return see_other(url_for("forum.day", slug=slug, day=day, n=n, _anchor=f"m{post_id}"))


def _change(post_id, participant_id) -> str:
    if request.form.get("action") == "withdraw":
        corpus.withdraw(post_id, participant_id, now())
        return "Votre message est retiré. Ses mots sont effacés."
    corpus.correct(post_id, participant_id, request.form.get("text", ""), current_tagger(), now())
    return "Votre message est corrigé."
