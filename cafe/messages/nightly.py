"""What is done once a night: the tags of a new référentiel, and what is kept no longer than needed."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select, update

from cafe.corpus.models import Contribution, Tag
from cafe.corpus.retagging import retag_by_batches
from cafe.extensions import run, writing
from cafe.forum.models import Cafe, CafeQuestion, Draft
from cafe.forum.schedule import ends_at
from cafe.messages.models import Job, Message
from cafe.messages.services import insert_new
from cafe.moderation.models import Decision
from cafe.people.models import Visit
from cafe.referential.models import ReferentialVersion
from cafe.referential.services import current_tagger
from cafe.zones import dialogue_zone

log = logging.getLogger(__name__)
NIGHT_HOUR = 3
KEPT = timedelta(days=30)


def night_of(now: datetime) -> date | None:
    """The night whose work may begin: today's, from three o'clock by the clocks of the latest café."""
    local = now.astimezone(ZoneInfo(dialogue_zone()))
    return local.date() if local.hour >= NIGHT_HOUR else None


def _begin(key: str, now: datetime) -> bool:
    """Record that a job begins; False when it had begun already, here or in another process."""
    if run(select(Job.key).where(Job.key == key)).first():
        return False
    with writing():
        return run(insert_new(Job).returning(Job.key), {"key": key, "started_at": now}).first() is not None


def _end(key: str, now: datetime) -> None:
    with writing():
        run(update(Job).where(Job.key == key).values(finished_at=now))


def retag_by_night(now: datetime, halted: Callable[[], bool]) -> None:
    """Lay the current version's tags on what was said before it; stopped midway, the next night goes on."""
    night, version = night_of(now), run(select(func.max(ReferentialVersion.number))).scalar()
    done = select(Job.key).where(Job.key.startswith(f"retag v{version} "), Job.finished_at.is_not(None))
    key = f"retag v{version} {night}"
    if night is None or run(done).first() or not _begin(key, now):
        return
    numbers, tagger = _tagged_before(version), current_tagger()
    for _ in retag_by_batches(numbers, tagger):
        if halted():
            return
    _end(key, now)
    log.info("retag: %s contribution(s) under version %s", len(numbers), version)


def _tagged_before(version: int) -> list[int]:
    """The contributions whose words are older than this version, and which bear none of its tags."""
    published = select(ReferentialVersion.published_at).where(ReferentialVersion.number == version).scalar_subquery()
    is_done = select(Tag.id).where(Tag.contribution_id == Contribution.id, Tag.referential >= version).exists()
    said_at = func.coalesce(Contribution.edited_at, Contribution.created_at)
    query = select(Contribution.id).where(Contribution.text != "", said_at < published, ~is_done)
    return list(run(query.order_by(Contribution.id)).scalars())


def purge_by_night(now: datetime) -> None:
    """Forget what has served: ended visits, drafts of ended cafés, what messages and corrected texts said."""
    night = night_of(now)
    if night is None or not _begin(f"purge {night}", now):
        return
    limit = now - KEPT
    told = (Message.recorded_at < limit, Message.state.not_in(("due", "sending")), Message.body != "")
    with writing():
        counts = [
            run(statement).rowcount
            for statement in (
                delete(Visit).where((Visit.ended_at < limit) | (Visit.expires_at < limit)),
                delete(Draft).where(Draft.question_id.in_(_questions_ended_before(limit))),
                update(Message).where(*told).values(body=""),
                update(Decision)
                .where(Decision.decided_at < limit, Decision.text_before.is_not(None))
                .values(text_before=None),
            )
        ]
    _end(f"purge {night}", now)
    log.info("purge: %s visit(s), %s draft(s), %s message bodies, %s former texts", *counts)


def _questions_ended_before(limit: datetime):
    ended = [cafe.id for cafe in run(select(Cafe.__table__)) if ends_at(cafe).astimezone(UTC) < limit]
    return select(CafeQuestion.question_id).where(CafeQuestion.cafe_id.in_(ended))
