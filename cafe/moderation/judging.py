"""Whose words one may judge, what was last decided on them, and whether the page still shows them as they are."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from cafe.corpus.models import Contribution
from cafe.errors import Conflict, NotAllowed, NotFound
from cafe.moderation.models import Decision
from cafe.people.models import Staff

# What settles the fate of a message; of them and of what takes them back, the last one counts.
JUDGEMENTS = ("publish", "restore", "hide", "return", "mask", "pass_on")
FATES = (*JUDGEMENTS, "undo")
CARE_ACTIONS = ("care_taken", "care_closed")
OWN_WORDS = "Vous ne pouvez pas juger vos propres mots."

_undo = aliased(Decision)
is_standing = ~select(_undo.id).where(_undo.undoes_id == Decision.id).exists()
last_fate = (
    select(func.max(Decision.id))
    .where(Decision.contribution_id == Contribution.id, Decision.action.in_(FATES))
    .correlate(Contribution)
    .scalar_subquery()
)


def find_judged(session, contribution_id: int, staff_id: int) -> Contribution:
    """The contribution that this member of staff decides on, held until the transaction ends."""
    contribution = session.get(Contribution, contribution_id, with_for_update=True, populate_existing=True)
    if contribution is None:
        raise NotFound("Cette contribution n’existe pas.")
    if contribution.status == "withdrawn":
        raise Conflict("Son auteur a retiré ce message : il n’y a plus rien à décider.")
    if session.scalar(select(Staff.participant_id).where(Staff.id == staff_id)) == contribution.participant_id:
        raise NotAllowed(OWN_WORDS)
    return contribution


def mark(last_fate_id: int | None, edited_at: datetime | None) -> str:
    """What a page showed of a message: the last word on its fate, and which version of its words."""
    return f"{last_fate_id or 0}.{int(edited_at.timestamp() * 1_000_000) if edited_at else 0}"


def last_decision(session, contribution_id: int) -> tuple[Decision, str] | tuple[None, str]:
    """The last word on a message's fate, and whose it is."""
    query = (
        select(Decision, Staff.login)
        .join(Staff, Staff.id == Decision.staff_id)
        .where(Decision.contribution_id == contribution_id, Decision.action.in_(FATES))
        .order_by(Decision.id.desc())
    )
    found = session.execute(query.limit(1)).first()
    return tuple(found) if found else (None, "")
