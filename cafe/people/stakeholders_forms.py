"""What the pages of the stakeholders ask for, read from the request."""

from cafe import access
from cafe.people.fields import clean
from cafe.people.models import STATUSES
from cafe.people.stakeholders_queries import Search


def read_search(args, actor) -> Search:
    """What this person looks for, within what they may see."""
    words, group, follower = (clean(args.get(name, "")[:100]) for name in ("mots", "groupe", "suivi"))
    status, page = args.get("statut", ""), args.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Search(
        words, group, status if status in STATUSES else "", follower, args.get("retard") == "1", max(number, 1),
        by_name=access.may_contact(actor), own=0 if access.may_organise(actor) else actor.staff_id,
    )  # fmt: skip
