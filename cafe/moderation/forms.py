"""What the moderation's pages send, read from the request."""

from cafe.corpus.words import clean_text
from cafe.moderation.queries import STATES, Filters
from cafe.web import read_number


def read_filters(args) -> Filters:
    state = args.get("etat", "")
    return Filters(
        state if state in STATES else "",
        clean_text(args.get("mots", ""))[:100],
        read_number(args.get("question", "")),
        read_number(args.get("avant", "")),
    )
