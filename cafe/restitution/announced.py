"""What the team reads of an edition's quotes: each with its author's answer, and how many were told."""

from typing import NamedTuple

from sqlalchemy import Row, String, and_, cast, literal, select

from cafe.corpus.models import Contribution
from cafe.extensions import run
from cafe.messages.models import Message
from cafe.moderation.models import Objection
from cafe.people.models import Card, Contact, Group, Participant
from cafe.restitution.models import Quote, Reader
from cafe.restitution.quotable import alike, left, may_be_quoted, of_edition, stands
from cafe.results.queries import signature

_has_card = select(Card.id).where(Card.participant_id == Participant.id, Card.revoked_at.is_(None)).exists()


class Announced(NamedTuple):
    """A quote: its words as they are now, how they are signed, and what is known of its author.

    `state`: said_no, told_no (to the organiser), read, mailed, waiting (comes back, and has not yet), or apart: nobody
    can tell them here.
    """

    id: int
    text: str
    signed: str
    pseudonym: str
    participant_id: int
    state: str
    published: bool


class Tally(NamedTuple):
    """People and quotes: how many quotes are announced, how many people they are of, how many of them were told and
    how many cannot be here; how many quotes were objected to, and how many left since the edition before."""

    quotes: int
    people: int
    told: int
    apart: int
    objected: int
    left: int


def announced(edition) -> list[Announced]:
    """The quotes that an edition announced, but for those withdrawn or hidden since."""
    query = of_edition(
        edition.id, Contribution.id, Contribution.text, Group.label, Participant.subgroup, Participant.pseudonym,
        Contribution.participant_id, Quote.published, Objection.objected_at, Objection.staff_id,
        alike().label("alike"), (Reader.seen_at >= Quote.listed_at).label("has_read"),
        (Message.state == "sent").label("mailed"), _has_card.label("has_card"),
        and_(Contact.email != "", Contact.stopped_at.is_(None)).label("has_email"),
    )  # fmt: skip
    key = literal(f"quoted {edition.id} p") + cast(Participant.id, String)
    query = (
        query.join(Group, Group.code == Participant.group_code)
        .outerjoin(Objection, Objection.contribution_id == Contribution.id)
        .outerjoin(Reader, Reader.participant_id == Participant.id)
        .outerjoin(Message, Message.key == key)
        .outerjoin(Contact, Contact.participant_id == Participant.id)
        .where(may_be_quoted())
    )
    return [_announced(row) for row in run(query.order_by(Contribution.id))]


def _announced(row: Row) -> Announced:
    signed = signature(row.label, row.subgroup, row.alike)
    who = (row.pseudonym, row.participant_id, _state(row), row.published)
    return Announced(row.id, row.text, signed, *who)


def _state(row: Row) -> str:
    if row.objected_at:
        return "told_no" if row.staff_id else "said_no"
    if row.has_read:
        return "read"
    if row.mailed:
        return "mailed"
    return "waiting" if row.has_card or row.has_email else "apart"


def tally(edition, quotes: list[Announced]) -> Tally:
    """What the organiser counts before publishing."""
    told = {quote.participant_id for quote in quotes if quote.state in ("said_no", "told_no", "read", "mailed")}
    apart = {quote.participant_id for quote in quotes if quote.state == "apart"}
    objected = sum(quote.state in ("said_no", "told_no") for quote in quotes)
    people = {quote.participant_id for quote in quotes}
    return Tally(len(quotes), len(people), len(told), len(apart - told), objected, left(edition))


class Candidate(NamedTuple):
    """Words that the next edition may quote, and how they would be signed."""

    id: int
    text: str
    signed: str


def to_announce(numbers: list[int], edition) -> list[Candidate]:
    """Of these contributions, those that may be quoted and that the edition under way has not announced."""
    query = (
        select(Contribution.id, Contribution.text, Group.label, Participant.subgroup, alike().label("alike"))
        .join(Participant, Participant.id == Contribution.participant_id)
        .join(Group, Group.code == Participant.group_code)
        .where(Contribution.id.in_(numbers), stands())
    )
    if edition and edition.published_at is None:
        query = query.where(Contribution.id.not_in(select(Quote.contribution_id).filter_by(edition_id=edition.id)))
    rows = run(query.order_by(Contribution.id))
    return [Candidate(row.id, row.text, signature(row.label, row.subgroup, row.alike)) for row in rows]
