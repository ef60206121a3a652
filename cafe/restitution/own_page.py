"""« Ce que vos paroles sont devenues »: where one person's words count, which are quoted, what was decided after.

A fixed number of queries, whatever was said.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Row, func, or_, select, tuple_

from analysis.referential import Referential
from cafe.corpus.models import Answer, Contribution, Question, Tag
from cafe.extensions import run
from cafe.moderation.models import Objection
from cafe.people.models import Group, Participant
from cafe.restitution.models import LEAD, Edition, Quote, Reader
from cafe.restitution.published import Published, published_pieces
from cafe.restitution.quotable import alike, may_be_quoted
from cafe.restitution.subjects import ASKED_OF_ALL, ENJEUX, Pair, expand, labels, read_subjects
from cafe.results.queries import FEW_PEOPLE, signature

EVERY_FAMILY, MOST_SAID = ("", "*"), 5
# The families as one would say them; one that the référentiel gained keeps its label.
PLAIN = {
    "freins": "Ce qui bloque", "populations": "Qui est touché", "usages": "Ce qu’il faut pouvoir faire en ligne",
    "liens": "Le lien entre manque d’argent et Internet", "initiatives": "Ce qui existe déjà",
    "raisons": "Pourquoi agir", "essentiels": "Ce qu’il faudrait faire", "experience_client": "Comment bien accueillir",
    "partenariats": "Avec qui agir", "modele_economique": "Comment payer",
}  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """What one spoke of: in how many of one's messages, and how many other people did; `others`: None for few."""

    label: str
    messages: int
    others: int | None


@dataclass(frozen=True)
class OwnQuote:
    """One's words as they are quoted, and how they are signed; `edition`: the row of the newest that lists them."""

    id: int
    text: str
    signed: str
    objected: bool
    is_out: bool
    listed_at: datetime
    edition: Row


@dataclass(frozen=True)
class OwnPage:
    """`messages`, `answers`: how many of one's count; `subjects`: under the label of their family; `leads`: those that
    rest on what one spoke of; `others`: how many more texts there are to read; `is_news`: something here came since one
    last opened it."""

    messages: int
    answers: int
    subjects: list[tuple[str, list[Subject]]]
    quotes: list[OwnQuote]
    leads: list[Published]
    others: int
    is_news: bool

    @property
    def most_said(self) -> list[Subject]:
        """What one spoke of most, whichever the family."""
        every = (subject for _, subjects in self.subjects for subject in subjects)
        return sorted(every, key=lambda subject: -subject.messages)[:MOST_SAID]

    @property
    def is_long(self) -> bool:
        """Whether there are more subjects than one reads at a glance."""
        return sum(len(subjects) for _, subjects in self.subjects) > MOST_SAID

    @property
    def is_empty(self) -> bool:
        return not (self.messages or self.answers)


def own_page(participant_id: int, referential: Referential) -> OwnPage:
    """All that the page shows to one participant."""
    tagged, answered = _own_tags(participant_id), _own_answers(participant_id)
    counted = {row for row in tagged if _feeds(row.feeds, row.family)}
    own = {(row.family, row.code) for row in tagged} | _pairs_of(answered)
    pieces = published_pieces()
    leads = [lead for lead in pieces[LEAD] if own & expand(read_subjects(lead.subjects), referential)]
    quotes, around = own_quotes(participant_id), _around(participant_id)
    return OwnPage(
        around.messages, len({row.code for row in answered}), _subjects(counted, referential), quotes, leads,
        sum(map(len, pieces.values())) - len(leads), _is_news(around.seen_at, quotes, leads),
    )  # fmt: skip


def _around(participant_id: int) -> Row:
    """How many of one's messages count, and when one last opened the page."""
    own = (Contribution.participant_id == participant_id) & (Contribution.status == "published")
    messages = select(func.count(Contribution.id)).where(own).scalar_subquery()
    seen = select(Reader.seen_at).where(Reader.participant_id == participant_id).scalar_subquery()
    return run(select(messages.label("messages"), seen.label("seen_at"))).one()


def _is_news(seen_at: datetime | None, quotes: list[OwnQuote], leads: list[Published]) -> bool:
    moments = [quote.listed_at for quote in quotes] + [told.written_at for lead in leads for told in lead.outcomes]
    return bool(moments) and (seen_at is None or max(moments) > seen_at)


def _own_tags(participant_id: int) -> list[Row]:
    """One row an option and message of one's own."""
    query = (
        select(Tag.family, Tag.code, Tag.contribution_id, Question.feeds)
        .distinct()
        .join(Contribution, Contribution.id == Tag.contribution_id)
        .join(Question, Question.id == Contribution.question_id)
        .where(Contribution.participant_id == participant_id, Contribution.status == "published")
        .where(Tag.state != "removed")
    )
    return list(run(query))


def _own_answers(participant_id: int) -> list[Row]:
    query = select(Question.code, Answer.option, Answer.kind).join(Question, Question.id == Answer.question_id)
    return list(run(query.where(Answer.participant_id == participant_id)))


def _pairs_of(answered: list[Row]) -> set[Pair]:
    """What was chosen or ranked among options."""
    told = (row for row in answered if row.kind not in ASKED_OF_ALL and row.code != ENJEUX)
    return {(row.code.partition(".")[0], row.option) for row in told}


def _feeds(feeds: str, family: str) -> bool:
    """Whether what answers this question counts in the sections of this family."""
    return feeds in EVERY_FAMILY or family in feeds.split()


def _subjects(counted: set[Row], referential: Referential) -> list[tuple[str, list[Subject]]]:
    """The options that one's words count for, the most said first in each family."""
    known, families = labels(referential), {one.code: PLAIN.get(one.code, one.label) for one in referential.families}
    mine: dict[Pair, int] = {}
    for row in counted:
        if (row.family, row.code) in known:
            mine[row.family, row.code] = mine.get((row.family, row.code), 0) + 1
    people = _people(mine)
    order = list(families)
    ranked = sorted(mine, key=lambda pair: (order.index(pair[0]), -mine[pair], known[pair]))
    told = ((families[pair[0]], Subject(known[pair], mine[pair], _few(people.get(pair, 0)))) for pair in ranked)
    return [(family, [subject for _, subject in group]) for family, group in groupby(told, key=lambda one: one[0])]


def _people(pairs: dict[Pair, int]) -> dict[Pair, int]:
    """How many people said each option, in words that count for it."""
    if not pairs:
        return {}
    words = " " + Question.feeds + " "
    query = (
        select(Tag.family, Tag.code, func.count(Contribution.participant_id.distinct()))
        .join(Contribution, Contribution.id == Tag.contribution_id)
        .join(Question, Question.id == Contribution.question_id)
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(tuple_(Tag.family, Tag.code).in_(sorted(pairs)), Tag.state != "removed")
        .where(Contribution.status == "published", Participant.erased_at.is_(None))
        .where(or_(Question.feeds.in_(EVERY_FAMILY), words.contains(" " + Tag.family + " ")))
        .group_by(Tag.family, Tag.code)
    )
    return {(family, code): count for family, code, count in run(query)}


def _few(people: int) -> int | None:
    """The others; so few that one could be recognised are not counted."""
    return people - 1 if people >= FEW_PEOPLE else None


def own_quotes(participant_id: int) -> list[OwnQuote]:
    """One's words that an edition quotes or will quote, each in the newest that lists it."""
    query = (
        select(
            Quote.contribution_id, Contribution.text, Group.label, Participant.subgroup, alike().label("alike"),
            Objection.objected_at, Quote.published, Quote.listed_at, *Edition.__table__.columns,
        )
        .join(Contribution, Contribution.id == Quote.contribution_id)
        .join(Participant, Participant.id == Contribution.participant_id)
        .join(Group, Group.code == Participant.group_code)
        .join(Edition, Edition.id == Quote.edition_id)
        .outerjoin(Objection, Objection.contribution_id == Quote.contribution_id)
        .where(Contribution.participant_id == participant_id, may_be_quoted())
        .order_by(Quote.contribution_id, Edition.id.desc())
    )  # fmt: skip
    newest = (next(rows) for _, rows in groupby(run(query), key=lambda row: row.contribution_id))
    return [_own_quote(row) for row in newest]


def _own_quote(row: Row) -> OwnQuote:
    signed = signature(row.label, row.subgroup, row.alike)
    objected = row.objected_at is not None
    return OwnQuote(row.contribution_id, row.text, signed, objected, row.published, row.listed_at, row)
