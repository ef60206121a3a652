"""What people type after « un autre ? »: kept for the team, which may make a tag of it."""

from datetime import datetime

from sqlalchemy import Row, delete, select

from cafe.errors import NotFound
from cafe.extensions import run, writing
from cafe.referential.models import Proposal


def propose(
    participant_id: int, question: str, words: str, now: datetime, *, family: str = "", parent: str = ""
) -> None:
    """Keep someone's own option of a question in the place of the one before; without words, forget it."""
    here = (Proposal.participant_id == participant_id) & (Proposal.question == question)
    with writing() as session:
        session.execute(delete(Proposal).where(here))
        if words:
            place = {"question": question, "family": family, "parent": parent}
            session.add(Proposal(participant_id=participant_id, words=words, created_at=now, **place))


def forget_proposals(participant_id: int) -> None:
    """Forget all that someone proposed."""
    with writing() as session:
        session.execute(delete(Proposal).where(Proposal.participant_id == participant_id))


_words = select(Proposal.id, Proposal.family, Proposal.parent, Proposal.question, Proposal.words, Proposal.became)


def own_words() -> list[Row]:
    """What people proposed and no one decided on yet, by family."""
    waiting = _words.where(Proposal.became == "").order_by(Proposal.family, Proposal.parent, Proposal.id)
    return run(waiting).all()


def find_own_words(proposal_id: int) -> Row:
    """What someone proposed; raises NotFound."""
    row = run(_words.where(Proposal.id == proposal_id)).first()
    if row is None:
        raise NotFound("Ces mots ne sont plus là.")
    return row
