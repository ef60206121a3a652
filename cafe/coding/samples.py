"""Samples that two people code blind, what they agree on, and the gold that settling the rest makes."""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, select

from analysis.agreement import Codes, disagreements
from cafe.coding.models import BlindCoding, GoldLabel, Sample, SampleText
from cafe.corpus.models import Contribution, Question
from cafe.errors import NotAllowed, NotFound, Refusal
from cafe.extensions import run, writing
from cafe.people.models import Staff

LEAST, MOST = 10, 300


@dataclass(frozen=True)
class Coded:
    """A sample: its family, its texts in order, and by person the codes given to each text."""

    id: int
    family: str
    texts: list[int]
    by_person: dict[int, dict[int, Codes]]

    def next_for(self, staff_id: int) -> int | None:
        """The first text that someone has not coded yet."""
        return next((text for text in self.texts if text not in self.by_person.get(staff_id, {})), None)

    def pair(self) -> tuple[dict[int, Codes], dict[int, Codes]] | None:
        """The two people who coded most, once there are two."""
        most = sorted(self.by_person.values(), key=len, reverse=True)
        return (most[0], most[1]) if len(most) > 1 else None

    def may_read_others(self, staff_id: int) -> bool:
        """Whoever still codes sees no one's codes: the coding is blind."""
        return staff_id not in self.by_person or self.next_for(staff_id) is None


def draw(key: str, family: str, size: int, staff_id: int, now: datetime) -> int:
    """Draw a sample among what is published; the same form draws one, and always the same texts."""
    if not LEAST <= size <= MOST:
        raise Refusal(f"Un échantillon compte de {LEAST} à {MOST} textes.")
    with writing() as session:
        known = session.scalar(select(Sample.id).where(Sample.key == key))
        if known:
            return known
        numbers = list(session.scalars(_published))
        if len(numbers) < LEAST:
            raise Refusal(f"Il faut au moins {LEAST} messages publiés pour tirer un échantillon.")
        drawn = random.Random(key).sample(numbers, min(size, len(numbers)))
        sample = Sample(key=key, family=family, staff_id=staff_id, created_at=now)
        session.add(sample)
        session.flush()
        session.add_all(
            SampleText(sample_id=sample.id, contribution_id=number, place=place) for place, number in enumerate(drawn)
        )
        return sample.id


_published = select(Contribution.id).where(Contribution.status == "published").order_by(Contribution.id)


def samples() -> list[Row]:
    """Every sample, the newest first, with how many texts it holds and how many codings it got."""
    size = select(func.count()).where(SampleText.sample_id == Sample.id).scalar_subquery()
    coded = select(func.count()).where(BlindCoding.sample_id == Sample.id).scalar_subquery()
    query = select(Sample.id, Sample.family, Sample.created_at, size.label("size"), coded.label("coded"))
    return run(query.order_by(Sample.id.desc())).all()


def find(sample_id: int) -> Coded:
    """A sample with its codings, words withdrawn since left out; raises NotFound."""
    family = run(select(Sample.family).where(Sample.id == sample_id)).scalar()
    if family is None:
        raise NotFound("Cet échantillon n’existe pas.")
    still = select(SampleText.contribution_id).join(Contribution).where(Contribution.status == "published")
    texts = list(run(still.where(SampleText.sample_id == sample_id).order_by(SampleText.place)).scalars())
    by_person = defaultdict(dict)
    for row in run(select(*BlindCoding.__table__.columns).where(BlindCoding.sample_id == sample_id)):
        if row.contribution_id in texts:
            by_person[row.staff_id][row.contribution_id] = frozenset(row.codes.split())
    return Coded(sample_id, family, texts, dict(by_person))


def read_text(contribution_id: int) -> Row:
    """A text to code, with the question that it answers, and nothing of what rules or people said of it."""
    query = select(Contribution.id, Contribution.text, Question.text.label("question")).join(Question)
    row = run(query.where(Contribution.id == contribution_id, Contribution.status == "published")).first()
    if row is None:
        raise NotFound("Ce texte n’est plus là.")
    return row


def code(sample: Coded, contribution_id: int, codes: set[str], staff_id: int, now: datetime) -> None:
    """Keep what someone gives to a text; sent again it replaces what they gave."""
    if contribution_id not in sample.texts:
        raise NotFound("Ce texte n’est pas dans cet échantillon.")
    with writing() as session:
        session.merge(
            BlindCoding(
                sample_id=sample.id, contribution_id=contribution_id, staff_id=staff_id, codes=" ".join(sorted(codes)),
                coded_at=now,
            )
        )  # fmt: skip


def settle(sample: Coded, contribution_id: int, codes: set[str], staff_id: int, now: datetime) -> None:
    """Decide what a text carries: it becomes gold."""
    if not sample.may_read_others(staff_id):
        raise NotAllowed("Codez d’abord tous les textes : vous verrez ensuite les désaccords.")
    if contribution_id not in sample.texts:
        raise NotFound("Ce texte n’est pas dans cet échantillon.")
    with writing() as session:
        _gold(session, sample, contribution_id, codes, staff_id, now)


def settle_agreed(sample: Coded, staff_id: int, now: datetime) -> int:
    """Make gold of every text that two people coded alike; returns their number."""
    pair = sample.pair()
    if pair is None or not sample.may_read_others(staff_id):
        raise NotAllowed("Il faut deux personnes qui ont codé tous les textes.")
    agreed = [text for text in pair[0].keys() & pair[1].keys() if text not in disagreements(*pair)]
    with writing() as session:
        for text in agreed:
            _gold(session, sample, text, pair[0][text], staff_id, now)
    return len(agreed)


def _gold(session, sample: Coded, contribution_id: int, codes, staff_id: int, now: datetime) -> None:
    session.merge(
        GoldLabel(
            contribution_id=contribution_id, family=sample.family, codes=" ".join(sorted(codes)), staff_id=staff_id,
            settled_at=now,
        )
    )  # fmt: skip


def settled(sample: Coded) -> dict[int, Codes]:
    """The texts of a sample that are gold, with their codes."""
    query = select(GoldLabel.contribution_id, GoldLabel.codes).where(
        GoldLabel.family == sample.family, GoldLabel.contribution_id.in_(sample.texts)
    )
    return {number: frozenset(codes.split()) for number, codes in run(query)}


def logins(numbers) -> dict[int, str]:
    return dict(run(select(Staff.id, Staff.login).where(Staff.id.in_(list(numbers)))).all())
