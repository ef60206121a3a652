"""What the conversation's forms send, read from the request."""

from dataclasses import dataclass
from uuid import UUID

from cafe.errors import Refusal
from cafe.forum.services import NewPost
from cafe.web import read_number

STALE = "Ce formulaire est trop vieux. Rechargez la page : votre texte y est gardé."


def read_post(sent) -> NewPost:
    """The answer or reply that a citizen sends; its key must be an identifier that the server draws."""
    try:
        key = str(UUID(sent.get("key", "")))
    except ValueError:
        raise Refusal(STALE) from None
    return NewPost(key, sent.get("text", ""), read_number(sent.get("reply_to", "")) or None)


@dataclass(frozen=True)
class View:
    """Where one reads in the conversation: what bounds the page, and the post that one answers."""

    after: int
    before: int
    reply_to: int

    @classmethod
    def read(cls, args):
        return cls(*(read_number(args.get(name, "")) for name in ("apres", "avant", "repondre")))
