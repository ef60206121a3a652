"""All that one person said, for them to read again, to keep or to withdraw."""

from sqlalchemy import select

from cafe.corpus.models import Contribution, Question
from cafe.extensions import db
from cafe.forum.models import Cafe, CafeQuestion

_own_words = (
    select(
        Contribution.id, Contribution.text, Contribution.status, Contribution.status_reason, Contribution.created_at,
        Contribution.edited_at, Contribution.private, Question.text.label("question"), Cafe.slug, Cafe.timezone,
        CafeQuestion.day, CafeQuestion.n, CafeQuestion.visibility,
    )
    .join(Question, Question.id == Contribution.question_id)
    .outerjoin(CafeQuestion, CafeQuestion.question_id == Question.id)
    .outerjoin(Cafe, Cafe.id == CafeQuestion.cafe_id)
    .where(Contribution.status != "withdrawn")
    .order_by(Contribution.created_at, Contribution.id)
)  # fmt: skip


def own_words(participant_id: int) -> list:
    """What a participant said and did not withdraw, oldest first, with the question and its place in a café."""
    return list(db.session.execute(_own_words.where(Contribution.participant_id == participant_id)))
