"""The conversation: a day, its posts, one's own words."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.corpus import services as corpus
from cafe.errors import NotFound, Refusal
from cafe.forum import forms, queries, services
from cafe.forum.page import build_day, find_question
from cafe.forum.rendering import posts_html
from cafe.forum.schedule import current_day
from cafe.referential.services import current_tagger
from cafe.web import current_actor, key_of, page_or_fragment, read_number, requires, see_other, wants_fragment

bp = Blueprint("forum", __name__)
bp.add_app_template_global(posts_html)
QUESTION = "/cafe/<slug>/jour/<int:day>/<int:n>"


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
@bp.get(QUESTION)
@requires(access.may_take_part)
def day(slug, day, n=0):
    """A day's conversation; asked by the poll (`apres`), the posts that came since, or an empty 204."""
    page = build_day(slug, day, n, current_actor().participant_id, forms.View.read(request.args), now())
    if wants_fragment() and page.view.after is not None and not page.posts:
        return "", 204
    return page_or_fragment("forum/day.html", "forum/_news.html", page=page, key=uuid4())


@bp.post(QUESTION)
@requires(access.may_take_part)
def answer(slug, day, n):
    """Post an answer or a reply; what is refused comes back with its text in the composer."""
    citizen = current_actor().participant_id
    cafe, asked = find_question(slug, day, n, citizen)
    try:
        new = forms.read_post(request.form)
        number = services.post_answer(cafe, asked, citizen, new, key_of("cards"), now())
    except Refusal as refusal:
        return _answer_again(slug, day, n, refusal)
    return _back_to(slug, day, n, number)


def _back_to(slug, day, n, post_id):
    return see_other(url_for("forum.day", slug=slug, day=day, n=n, _anchor=f"m{post_id}"))


def _answer_again(slug, day, n, refusal):
    view = forms.View(reply_to=read_number(request.form.get("reply_to", "")))
    page = build_day(slug, day, n, current_actor().participant_id, view, now())
    page.draft = request.form.get("text", "")
    return render_template("forum/day.html", page=page, key=uuid4(), error=str(refusal)), refusal.status


@bp.post(f"{QUESTION}/brouillon")
@requires(access.may_take_part)
def draft(slug, day, n):
    """Keep the draft; nothing to show."""
    citizen = current_actor().participant_id
    _, asked = find_question(slug, day, n, citizen)
    services.save_draft(asked, citizen, request.form.get("text", ""), now())
    return "", 204


@bp.post(f"{QUESTION}/message/<int:post_id>/reaction")
@requires(access.may_take_part)
def react(slug, day, n, post_id):
    """Set or take back one's reaction to a message."""
    citizen, kind = current_actor().participant_id, request.form.get("kind", "")
    _, asked = find_question(slug, day, n, citizen)
    if kind == "none":
        services.take_back_reaction(post_id, citizen)
    else:
        services.react(post_id, asked, citizen, kind, now())
    if not wants_fragment():
        return _back_to(slug, day, n, post_id)
    here = url_for("forum.day", slug=slug, day=day, n=n)
    return render_template("forum/_reaction.html", post=queries.find_post(post_id, citizen), here=here)


@bp.get(f"{QUESTION}/message/<int:post_id>")
@requires(access.may_take_part)
def own_post(slug, day, n, post_id):
    """The page where one corrects or withdraws one's own words."""
    cafe, asked, post = _own(slug, day, n, post_id)
    return render_template("forum/own_post.html", cafe=cafe, asked=asked, post=post, text=post.text)


@bp.post(f"{QUESTION}/message/<int:post_id>")
@requires(access.may_take_part)
def change_own_post(slug, day, n, post_id):
    cafe, asked, post = _own(slug, day, n, post_id)
    try:
        flash(_change(post_id, post.participant_id))
    except Refusal as refusal:
        again = {"text": request.form.get("text", ""), "error": str(refusal)}
        return render_template("forum/own_post.html", cafe=cafe, asked=asked, post=post, **again), refusal.status
    return _back_to(slug, day, n, post_id)


def _own(slug, day, n, post_id):
    """The citizen's own post with its place; raises NotFound when it is not theirs or no longer to be changed."""
    actor = current_actor()
    cafe, asked = find_question(slug, day, n, actor.participant_id)
    post = queries.find_post(post_id, actor.participant_id)
    if post is None or not access.may_change(actor, post):
        raise NotFound("Ce message n’est pas le vôtre, ou il n’est plus modifiable.")
    return cafe, asked, post


def _change(post_id, participant_id) -> str:
    if request.form.get("action") == "withdraw":
        corpus.withdraw(post_id, participant_id, now())
        return "Votre message est retiré. Ses mots sont effacés."
    corpus.correct(post_id, participant_id, request.form.get("text", ""), current_tagger(), now())
    return "Votre message est corrigé."
