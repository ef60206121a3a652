"""What people type after « un autre ? »: kept for the team, which may make a tag of it."""

from collections import defaultdict
from dataclasses import dataclass
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


@dataclass(frozen=True)
class OwnWords:
    """Words that wait for a decision, once for all who typed them: the first of their proposals, and all of them."""

    id: int
    family: str
    parent: str
    question: str
    words: str
    proposals: tuple[int, ...]
    people: int


def own_words() -> list[OwnWords]:
    """What people proposed and no one decided on yet, by family, what most people say first."""
    together = defaultdict(list)
    waiting = select(*_words.selected_columns, Proposal.participant_id).where(Proposal.became == "")
    for row in run(waiting.order_by(Proposal.id)):
        together[_place(row)].append(row)
    made = (_same_words(rows) for rows in together.values())
    return sorted(made, key=lambda own: (own.family, own.parent, -own.people, own.id))


def _place(row: Row) -> tuple[str, ...]:
    """What makes two proposals one decision: a list of the référentiel, or else one question, and the same words."""
    return row.family, row.parent, "" if row.family else row.question, row.words.casefold().strip(" .")


def _same_words(rows: list[Row]) -> OwnWords:
    first, people = rows[0], len({row.participant_id for row in rows})
    return OwnWords(*first[:5], proposals=tuple(row.id for row in rows), people=people)


def find_own_words(proposal_id: int) -> OwnWords:
    """What someone proposed, with all who wait for the same decision; raises NotFound."""
    if waiting := next((own for own in own_words() if proposal_id in own.proposals), None):
        return waiting
    row = run(_words.where(Proposal.id == proposal_id)).first()
    if row is None:
        raise NotFound("Ces mots ne sont plus là.")
    return OwnWords(*row[:5], proposals=(proposal_id,), people=1)
