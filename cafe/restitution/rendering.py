"""The strip that tells a citizen, on entering, what is new for them; nothing is asked of the base while nothing is."""

from datetime import timedelta

from flask import current_app, render_template
from markupsafe import Markup

from cafe import access
from cafe.clock import now
from cafe.referential.services import current_tagger
from cafe.restitution.news import news_for, what_there_is
from cafe.web import current_actor

KEPT = "restitution"
# Another process may have something to tell: it is asked this often.
FRESH = timedelta(seconds=30)


def news_strip() -> Markup:
    """The strip of whoever asks, empty when nothing is new for them."""
    actor = current_actor()
    if not access.may_take_part(actor):
        return Markup("")
    told = _what_there_is()
    news = told.is_something(now()) and news_for(actor.participant_id, told, now())
    return Markup(render_template("restitution/_news.html", news=news)) if news and any(news) else Markup("")


def _what_there_is():
    kept = current_app.extensions.get(KEPT)
    if kept is None or not kept[0] <= now() < kept[0] + FRESH:
        kept = now(), what_there_is(current_tagger().referential)
        current_app.extensions[KEPT] = kept
    return kept[1]


def ask_again(response):
    """After a page of the team changed something: this process asks the base anew."""
    current_app.extensions.pop(KEPT, None)
    return response
