"""The evening's synthesis: what the host writes of a day for the citizens, and the verbatims it rests on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from cafe.corpus.models import Contribution, Question
from cafe.corpus.words import checked_text
from cafe.errors import Refusal
from cafe.extensions import db, writing
from cafe.forum.models import CafeQuestion, Synthesis, SynthesisVerbatim
from cafe.people.models import Participant
from cafe.statements import Ready

MOST_VERBATIMS = 12
SHOWN = 60
# What a synthesis may quote: what everyone in the café may read.
_published, _for_all = Contribution.status == "published", Contribution.private.is_(False)
_quotable = _published & _for_all & (CafeQuestion.visibility != "never")
_verbatims = (
    select(Contribution.id, Participant.pseudonym, Contribution.text, Question.text.label("question"))
    .join(CafeQuestion, CafeQuestion.question_id == Contribution.question_id)
    .join(Question, Question.id == Contribution.question_id)
    .join(Participant, Participant.id == Contribution.participant_id)
    .where(_quotable)
)


# A citizen's page reads it in one query: a row a verbatim, quotable or not, or one without.
_written = Ready(
    select(
        Synthesis.text.label("written"), Synthesis.published_at, Contribution.id, Participant.pseudonym,
        Contribution.text, _quotable.label("quotable"),
    )
    .outerjoin(SynthesisVerbatim, SynthesisVerbatim.synthesis_id == Synthesis.id)
    .outerjoin(Contribution, Contribution.id == SynthesisVerbatim.contribution_id)
    .outerjoin(CafeQuestion, CafeQuestion.question_id == Contribution.question_id)
    .outerjoin(Participant, Participant.id == Contribution.participant_id)
    .where(Synthesis.cafe_id == bindparam("cafe"), Synthesis.day == bindparam("day"))
    .order_by(Contribution.id)
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A synthesis as it is read; `verbatims` are rows of number, pseudonym and text."""

    text: str
    published_at: datetime | None
    verbatims: list


def find(cafe_id: int, day: int) -> Written | None:
    """The synthesis of a day, with those of its verbatims that may still be quoted."""
    rows = _written.rows(cafe=cafe_id, day=day)
    if not rows:
        return None
    return Written(rows[0].written, rows[0].published_at, [row for row in rows if row.quotable])


def quotable(cafe_id: int, day: int, words: str = "") -> list:
    """What the host may quote of a day, newest first; those that hold the words, when some are given."""
    query = _verbatims.where(CafeQuestion.cafe_id == cafe_id, CafeQuestion.day == day)
    if words:
        query = query.where(Contribution.text.icontains(words, autoescape=True))
    return list(db.session.execute(query.order_by(Contribution.id.desc()).limit(SHOWN)))


def by_number(cafe_id: int, day: int, numbers: set[int]) -> list:
    """Those of these contributions that the host may quote of a day."""
    here = _verbatims.where(CafeQuestion.cafe_id == cafe_id, CafeQuestion.day == day, Contribution.id.in_(numbers))
    return list(db.session.execute(here.order_by(Contribution.id)))


def save(cafe_id: int, day: int, typed: str, chosen: list[int], publish: bool, staff_id: int, now: datetime) -> None:
    """Keep the synthesis of a day, or publish it; published, it stays so when it is corrected."""
    text = checked_text(typed)
    if len(chosen) > MOST_VERBATIMS:
        raise Refusal(f"Gardez {MOST_VERBATIMS} messages au plus : vous en avez choisi {len(chosen)}.")
    with writing() as session:
        row = session.scalar(select(Synthesis).where(Synthesis.cafe_id == cafe_id, Synthesis.day == day))
        if row is None:
            row = Synthesis(cafe_id=cafe_id, day=day)
            session.add(row)
        row.text, row.staff_id, row.updated_at = text, staff_id, now
        if publish:
            row.published_at = row.published_at or now
        session.flush()
        session.execute(delete(SynthesisVerbatim).where(SynthesisVerbatim.synthesis_id == row.id))
        quoted = by_number(cafe_id, day, set(chosen))
        rows = [{"synthesis_id": row.id, "contribution_id": verbatim.id} for verbatim in quoted]
        if rows:
            session.execute(insert(SynthesisVerbatim), rows)
