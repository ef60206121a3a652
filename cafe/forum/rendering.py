"""Pieces of a page as HTML, each rendered once for all who see it alike: most visits change none of them."""

from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from cafe.forum.queries import Post
from cafe.signing import form_token

# Stands in the kept HTML for the visitor's own form token; no text can hold it, since a NUL is never stored.
TOKEN = "\0token\0"
KEPT = 20_000


@lru_cache(KEPT)
def strip_html(tiles: tuple, strip: str) -> Markup:
    """The strip of days; `strip`: what stands before their numbers in their addresses."""
    return Markup(current_app.jinja_env.get_template("forum/_strip.html").render(tiles=tiles, strip=strip))


def posts_html(page, here: str, participant_id: int = 0) -> Markup:
    """The list items of a page's posts, as this participant sees them, or someone who only watches.

    `here`: the address of their question.
    """
    timezone, team_only = page.cafe.timezone, page.asked.visibility == "never"
    acts = page.takes_answers if participant_id else None
    kept = [
        _post_html(post, here, timezone, post.participant_id == participant_id, acts, team_only) for post in page.posts
    ]
    return Markup("".join(kept).replace(TOKEN, form_token()))


@lru_cache(KEPT)
def _post_html(post: Post, here: str, timezone: str, own: bool, takes_answers: bool | None, team_only: bool) -> str:
    """`takes_answers` is None for whoever only watches."""
    seen = {"own": own, "takes_answers": takes_answers, "team_only": team_only, "here": here, "timezone": timezone}
    seen["token"] = TOKEN
    return current_app.jinja_env.get_template("forum/_post.html").render(post=post, **seen)
