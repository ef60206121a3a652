"""A café in figures: how many spoke, day by day and in all."""

from sqlalchemy import Row, bindparam, func, select

from cafe.corpus.models import Contribution
from cafe.extensions import run
from cafe.forum.models import CafeQuestion, Synthesis

_standing = Contribution.status == "published"
_day_counts = (
    select(
        CafeQuestion.day,
        func.count(CafeQuestion.question_id.distinct()).label("questions"),
        func.count(Contribution.participant_id.distinct()).label("people"),
        func.count(Contribution.id).label("messages"),
        func.max(Synthesis.updated_at).label("kept_at"),
        func.max(Synthesis.published_at).label("published_at"),
    )
    .outerjoin(Contribution, (Contribution.question_id == CafeQuestion.question_id) & _standing)
    .outerjoin(Synthesis, (Synthesis.cafe_id == CafeQuestion.cafe_id) & (Synthesis.day == CafeQuestion.day))
    .where(CafeQuestion.cafe_id == bindparam("cafe"))
    .group_by(CafeQuestion.day)
    .order_by(CafeQuestion.day)
)
_counts = (
    select(func.count(Contribution.participant_id.distinct()).label("people"), func.count().label("messages"))
    .join(CafeQuestion, CafeQuestion.question_id == Contribution.question_id)
    .where(CafeQuestion.cafe_id == bindparam("cafe"), Contribution.status == "published")
)


def cafe_counts(cafe_id: int) -> Row:
    """How many people spoke in a café, and how many messages stand."""
    return run(_counts, {"cafe": cafe_id}).one()


def day_counts(cafe_id: int) -> list[Row]:
    """Each day with a question: its questions, people and messages, and when its synthesis was published or kept."""
    return run(_day_counts, {"cafe": cafe_id}).all()
