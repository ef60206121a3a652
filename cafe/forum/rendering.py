"""The posts of a page as HTML, each rendered once for all who see it alike: most visits change none of them."""

from functools import lru_cache
from operator import attrgetter

from flask import current_app
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from cafe.forum.queries import Post

# Stands in the kept HTML for the visitor's own form token; no text can hold it, since a NUL is never stored.
TOKEN = "\0token\0"
KEPT = 20_000


def posts_html(page, here: str, participant_id: int = 0) -> Markup:
    """The list items of a page's posts, as this participant sees them, or someone who only watches.

    `here`: the address of their question.
    """
    timezone, team_only = page.cafe.timezone, page.asked.visibility == "never"
    acts = page.takes_answers if participant_id else None
    kept = [
        _post_html(_content(post), here, timezone, post.participant_id == participant_id, acts, team_only)
        for post in page.posts
    ]
    return Markup("".join(kept).replace(TOKEN, generate_csrf()))


FIELDS = (
    "id", "author", "text", "status", "status_reason", "created_at", "edited_at", "reply_to_id",
    "reply_text", "reply_status", "reply_author", "private", "asked_by_host", "probe", "mine",
)  # fmt: skip
_fields = attrgetter(*FIELDS)


def _content(post: Post) -> tuple:
    """All that shows of a post, as a key."""
    return (*_fields(post), tuple(sorted(post.reactions.items())))


@lru_cache(KEPT)
def _post_html(content: tuple, here: str, timezone: str, own: bool, takes_answers: bool | None, team_only: bool) -> str:
    """`takes_answers` is None for whoever only watches."""
    post = dict(zip(FIELDS, content[:-1], strict=True)) | {"reactions": dict(content[-1])}
    seen = {"own": own, "takes_answers": takes_answers, "team_only": team_only, "here": here, "timezone": timezone}
    seen["token"] = TOKEN
    return current_app.jinja_env.get_template("forum/_post.html").render(post=post, **seen)
