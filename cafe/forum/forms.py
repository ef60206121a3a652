"""What the conversation's forms send, read from the request."""

from dataclasses import dataclass

from cafe.forum.services import NewPost
from cafe.web import read_key, read_number


def read_post(sent) -> NewPost:
    """The answer or reply that a citizen sends; its key must be an identifier that the server draws."""
    reply_to, follow_up = (read_number(sent.get(name, "")) or None for name in ("reply_to", "follow_up"))
    return NewPost(read_key(sent), sent.get("text", ""), reply_to, follow_up)


@dataclass(frozen=True)
class View:
    """Where one reads in the conversation: what bounds the page, and the post that one answers; 0 is none.

    `after` is None unless it is a poll, which asks for what came since.
    """

    after: int | None = None
    before: int = 0
    reply_to: int = 0

    @classmethod
    def read(cls, args):
        before, reply_to = (read_number(args.get(name, "")) for name in ("avant", "repondre"))
        return cls(read_number(args["apres"]) if "apres" in args else None, before, reply_to)
