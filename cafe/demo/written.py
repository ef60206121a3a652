"""What the fictional team wrote for its restitution: published, and nothing decided yet."""

from datetime import datetime
from pathlib import Path

import yaml
from sqlalchemy import select

from cafe.extensions import db
from cafe.people.models import Staff
from cafe.referential.services import current_tagger
from cafe.restitution.models import LEAD, LESSON, OBJECTIVES
from cafe.restitution.pieces import GOAL_TITLE, Typed, create, publish, token_of
from cafe.restitution.queries import find_piece
from cafe.restitution.subjects import checked_subjects

TEXTS = Path(__file__).with_name("written.yaml")


def add_written(now: datetime) -> None:
    """Publish the objectives, the lessons and the leads, as the analyst wrote them."""
    told = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    analyst = db.session.scalar(select(Staff.id).where(Staff.role == "analyst"))
    _add(OBJECTIVES, [{"title": GOAL_TITLE, "words": told["objectives"]}], analyst, now)
    _add(LESSON, told["lessons"], analyst, now)
    _add(LEAD, told["leads"], analyst, now)


def _add(kind: str, texts: list[dict], staff_id: int, now: datetime) -> None:
    for place, text in enumerate(texts, 1):
        number = create(f"demo-{kind}-{place}", kind, staff_id, now)
        subjects = checked_subjects(text.get("subjects", ()), current_tagger().referential)
        typed = Typed(text["title"], text["words"], subjects)
        publish(number, typed, token_of(find_piece(number)), staff_id, now)
