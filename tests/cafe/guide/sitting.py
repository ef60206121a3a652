"""A sitting for tests: answers given one after the other, as a page would send them."""

from uuid import uuid4

from cafe.guide import engine, services
from cafe.guide.published import current_guide
from cafe.guide.services import Sent
from cafe.guide.sittings import find_progress
from cafe.guide.steps import Given

SECRET = "secret"


def begin(participant_id: int, now, way: str = "alone") -> int:
    return services.start(str(uuid4()), participant_id, current_guide().id, way, now)


def step_of(sitting_id: int, key: str):
    progress = find_progress(sitting_id)
    return progress, engine.find_step(progress.guide, progress.given, progress.way, key)


def give(sitting_id: int, key: str, given: Given, now, form: str = "", replaces: str | None = None) -> str:
    """Answer a step from a page freshly opened, or from one that showed `replaces`; returns the form's key."""
    progress, step = step_of(sitting_id, key)
    form = form or str(uuid4())
    shown = progress.kept[key].key if key in progress.kept else ""
    offered = tuple(option.code for option in step.options)
    services.answer(progress, step, Sent(form, shown if replaces is None else replaces, given, offered), SECRET, now)
    return form
