"""What the moderation's pages send, read from the request."""

from uuid import UUID

from cafe.corpus.words import clean_text
from cafe.moderation.queries import STATES, Filters
from cafe.moderation.services import Gesture
from cafe.moderation.waiting import SOURCES, View
from cafe.moderation.wording import REASONS
from cafe.web import read_number


def read_filters(args) -> Filters:
    state = args.get("etat", "")
    return Filters(
        state if state in STATES else "",
        clean_text(args.get("mots", ""))[:100],
        read_number(args.get("question", "")),
        read_number(args.get("auteur", "")),
        read_number(args.get("avant", "")),
    )


def read_view(args, actor) -> View:
    """The queue that is asked for, by its address or by the form of one of its cards."""
    reason = args.get("raison", "")
    return View(
        actor.staff_id, actor.own_participant_id, reason if reason in SOURCES else "", args.get("ordre") == "recent",
        read_number(args.get("apres", "")),
    )  # fmt: skip


def read_gesture(sent, batch: str = "") -> Gesture:
    """What the moderator decides, with the words that this gesture takes."""
    action = sent.get("action", "")
    words = {"hide": _reason(sent), "return": sent.get("explanation", ""), "pass_on": sent.get("to", "")}
    return Gesture(action, words.get(action, ""), sent.get("seen", ""), batch)


def _reason(sent) -> str:
    """A standard reason; or one's own words, when « autre » is chosen or no list was offered."""
    why = sent.get("why", "other")
    return sent.get("reason", "") if why == "other" else REASONS.get(why, "")


def read_picked(sent) -> list[tuple[int, str]]:
    """The messages of a selection, each « number:what was seen »."""
    parted = (value.partition(":") for value in sent.getlist("pick"))
    return [(number, seen) for sent_number, _, seen in parted if (number := read_number(sent_number))]


def read_done(sent: str) -> str:
    """What « Annuler » names: a decision's number or a selection's batch; empty when it is neither."""
    if read_number(sent):
        return sent
    try:
        return str(UUID(sent))
    except ValueError:
        return ""


def read_page(args) -> int:
    return min(max(read_number(args.get("page", "")), 1), 10_000)
