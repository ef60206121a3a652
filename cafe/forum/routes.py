"""The conversation: a day, its posts, one's own words."""

from uuid import uuid4

from flask import Blueprint, current_app, flash, make_response, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.corpus import services as corpus
from cafe.errors import Conflict, NotFound, Refusal
from cafe.forum import figures, follow_ups, forms, queries, services
from cafe.forum.cafes import nearest_cafe
from cafe.forum.openings import takes_answers_now
from cafe.forum.own_words import own_words as find_own_words
from cafe.forum.page import build_day, find_question
from cafe.forum.rendering import posts_html, strip_html
from cafe.forum.schedule import current_day, is_over
from cafe.forum.voting_queries import to_vote
from cafe.forum.voting_routes import bp as voting_pages
from cafe.referential.services import current_tagger
from cafe.web import current_actor, key_of, page_or_fragment, read_number, requires, see_other, wants_fragment

bp = Blueprint("forum", __name__)
bp.register_blueprint(voting_pages)
bp.add_app_template_global(posts_html)
bp.add_app_template_global(strip_html)
WITHDRAWN = "Votre message est retiré. Ses mots sont effacés."
QUESTION = "/cafe/<slug>/jour/<int:day>/<int:n>"


@bp.get("/")
def home():
    """Each to their own door: a citizen to the day or the questionnaire, staff to its table, others to the card."""
    actor = current_actor()
    if access.is_staff(actor):
        return see_other(url_for("people.staff_home"))
    if not access.is_citizen(actor):
        return see_other(url_for("people.enter"))
    cafe = nearest_cafe(now().date(), actor.participant_id)
    if cafe is None:
        return see_other(url_for("guide.begin"))
    if is_over(cafe, now()):
        return see_other(url_for("forum.thanks"))
    return see_other(url_for("forum.day", slug=cafe.slug, day=max(current_day(cafe, now()), 1)))


@bp.get("/cafe/<slug>/jour/<int:day>")
@bp.get(QUESTION)
@requires(access.may_take_part)
def day(slug, day, n=0):
    """A day's conversation; asked by the poll (`apres`), the posts that came since, or an empty 204."""
    page = build_day(slug, day, n, current_actor().participant_id, forms.View.read(request.args), now())
    _note_seen(page)
    if wants_fragment() and page.view.after is not None and not page.posts:
        return "", 204
    return page_or_fragment("forum/day.html", "forum/_news.html", page=page, key=uuid4())


def _note_seen(page):
    """Written once a person and day: what this process has written, it need not write again."""
    seen = current_app.extensions.setdefault("seen", set())
    place = (page.cafe.id, page.day, current_actor().participant_id)
    if page.is_open and place not in seen:
        services.note_seen(*place, now())
        seen.add(place)


@bp.post(QUESTION)
@requires(access.may_take_part)
def answer(slug, day, n):
    """Post an answer or a reply; what is refused comes back with its text in the composer."""
    citizen = current_actor().participant_id
    cafe, asked = find_question(slug, day, n, citizen)
    try:
        new = forms.read_post(request.form)
        posted = services.post_answer(cafe, asked, citizen, new, key_of("cards"), now())
    except Refusal as refusal:
        return _answer_again(slug, day, n, refusal)
    if posted.first_today:
        flash(f"Bonjour {current_actor().name}. Votre premier message du jour est bien arrivé.")
    return _back_to(slug, day, n, posted.number)


def _back_to(slug, day, n, post_id):
    return see_other(url_for("forum.day", slug=slug, day=day, n=n, _anchor=f"m{post_id}"))


def _answer_again(slug, day, n, refusal):
    view = forms.View(reply_to=read_number(request.form.get("reply_to", "")))
    page = build_day(slug, day, n, current_actor().participant_id, view, now())
    page.draft = request.form.get("text", "")
    return render_template("forum/day.html", page=page, key=uuid4(), error=str(refusal)), refusal.status


@bp.post(f"{QUESTION}/relance/<int:follow_up_id>/passer")
@requires(access.may_take_part)
def pass_over(slug, day, n, follow_up_id):
    """« Passer » the host's follow-up."""
    citizen = current_actor().participant_id
    _, asked = find_question(slug, day, n, citizen)
    follow_ups.pass_over(follow_up_id, citizen, asked.id, now())
    return see_other(url_for("forum.day", slug=slug, day=day, n=n, _anchor="composer"))


@bp.post(f"{QUESTION}/brouillon")
@requires(access.may_take_part)
def draft(slug, day, n):
    """Keep the draft; nothing to show."""
    citizen = current_actor().participant_id
    _, asked = find_question(slug, day, n, citizen)
    services.save_draft(asked.id, citizen, request.form.get("text", ""), now())
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
    post = queries.find_post(post_id, asked, citizen)
    if post is None:
        raise NotFound("Ce message n’est plus là.")
    return render_template("forum/_reaction.html", post=post, here=here)


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
        flash(_change(cafe, asked, post))
    except Refusal as refusal:
        again = {"text": request.form.get("text", ""), "error": str(refusal)}
        return render_template("forum/own_post.html", cafe=cafe, asked=asked, post=post, **again), refusal.status
    return _back_to(slug, day, n, post_id)


def _own(slug, day, n, post_id):
    """The citizen's own post with its place; raises NotFound when it is not theirs or no longer to be changed."""
    actor = current_actor()
    cafe, asked = find_question(slug, day, n, actor.participant_id)
    post = queries.find_post(post_id, asked, actor.participant_id)
    if post is None or not access.may_change(actor, post):
        raise NotFound("Ce message n’est pas le vôtre, ou il n’est plus modifiable.")
    return cafe, asked, post


def _change(cafe, asked, post) -> str:
    if request.form.get("action") == "withdraw":
        corpus.withdraw(post.id, post.participant_id, now())
        return WITHDRAWN
    if is_over(cafe, now()) and not takes_answers_now(cafe, asked.day, now()):
        raise Conflict("Le café est fini : vos mots ne changent plus. Vous pouvez encore les retirer.")
    text, waits = request.form.get("text", ""), cafe.moderation == "before"
    corpus.correct(post.id, post.participant_id, text, current_tagger(), now(), waits=waits)
    return "Votre message est corrigé."


@bp.get("/merci")
@requires(access.may_take_part)
def thanks():
    """After the café: thanks, what was said in figures, and one's own words."""
    citizen = current_actor().participant_id
    cafe = nearest_cafe(now().date(), citizen)
    if cafe is None or not is_over(cafe, now()):
        return see_other(url_for("forum.home"))
    votes = to_vote(cafe, citizen, now())
    return render_template("forum/thanks.html", cafe=cafe, counts=figures.cafe_counts(cafe.id), votes=votes)


@bp.get("/mes-mots")
@requires(access.may_take_part)
def own_words():
    return render_template("forum/own_words.html", words=find_own_words(current_actor().participant_id))


@bp.get("/mes-mots.txt")
@requires(access.may_take_part)
def own_words_file():
    """One's words as a plain text to keep."""
    words = find_own_words(current_actor().participant_id)
    response = make_response(render_template("forum/own_words.txt", words=words))
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=mes-mots.txt"
    return response


@bp.post("/mes-mots/<int:post_id>/retirer")
@requires(access.may_take_part)
def withdraw_own_words(post_id):
    corpus.withdraw(post_id, current_actor().participant_id, now())
    flash(WITHDRAWN)
    return see_other(url_for("forum.own_words"))
