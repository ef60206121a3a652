"""Words that stop counting because the question that brought them is no longer asked; they come back with it."""

from sqlalchemy import update

from cafe.corpus.models import Contribution
from cafe.extensions import run, writing

# Told apart from what a moderator hid, which nothing but a moderator brings back.
REASON = "Hors du parcours : d’autres réponses ont changé."


def set_aside(contribution_id: int) -> None:
    """Hide published words with the question that brought them."""
    _turn(contribution_id, ("published", ""), ("hidden", REASON))


def bring_back(contribution_id: int) -> None:
    """Publish again words that were set aside, and only those."""
    _turn(contribution_id, ("hidden", REASON), ("published", ""))


def _turn(contribution_id: int, before: tuple[str, str], after: tuple[str, str]) -> None:
    is_so = (Contribution.status == before[0]) & (Contribution.status_reason == before[1])
    with writing():
        values = {"status": after[0], "status_reason": after[1]}
        run(update(Contribution).where(Contribution.id == contribution_id, is_so).values(values))
