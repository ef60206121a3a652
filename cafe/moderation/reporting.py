"""A citizen's word to the team that a message is not in its place."""

from datetime import datetime

from sqlalchemy import Row, select

from cafe.corpus.models import Contribution
from cafe.errors import NotAllowed, NotFound, Refusal
from cafe.extensions import db, writing
from cafe.forum import queries
from cafe.forum.cafes import find_cafe_of
from cafe.forum.models import Cafe, CafeQuestion
from cafe.forum.schedule import has_opened
from cafe.forum.services import visible_post
from cafe.moderation.models import Report
from cafe.moderation.wording import REPORTS
from cafe.statements import NewRow

GONE = "Ce message n’est plus là."
_new_report = NewRow(Report, "contribution_id", "participant_id", "reason", "created_at")


def find_reported(contribution_id: int, participant_id: int, now: datetime) -> tuple[Contribution, Row]:
    """A message that this citizen reads, and where it stands: slug, day, n. It does not exist for who may not."""
    place = db.session.execute(
        select(Cafe.slug, CafeQuestion.day, CafeQuestion.n)
        .join(CafeQuestion, CafeQuestion.cafe_id == Cafe.id)
        .join(Contribution, Contribution.question_id == CafeQuestion.question_id)
        .where(Contribution.id == contribution_id)
    ).first()
    cafe = place and find_cafe_of(place.slug, participant_id)
    if cafe is None or not has_opened(cafe, place.day, now):
        raise NotFound(GONE)
    asked = queries.asked_question(cafe.id, place.day, place.n, participant_id)
    try:
        post = visible_post(contribution_id, asked, participant_id)
    except NotAllowed:
        raise NotFound(GONE) from None
    if post.participant_id == participant_id:
        raise NotAllowed("C’est votre message. Vous pouvez le modifier ou le retirer.")
    return post, place


def report(contribution_id: int, participant_id: int, reason: str, now: datetime) -> None:
    """Report a message; sent again it is the same report."""
    if reason not in REPORTS:
        raise Refusal("Choisissez une raison parmi les quatre.")
    values = {"contribution_id": contribution_id, "participant_id": participant_id, "reason": reason, "created_at": now}
    with writing():
        find_reported(contribution_id, participant_id, now)
        _new_report(**values)
