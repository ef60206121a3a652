"""How long each section has taken, from the moments at which something was kept."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from cafe.guide.engine import path
from cafe.guide.sittings import Progress

# A longer silence is a pause, and counts for this much.
LONGEST_SILENCE = timedelta(minutes=15)


def minutes_by_section(progress: Progress, now: datetime) -> dict[str, int]:
    """The whole minutes spent in each section: the time up to an event is spent in the section of that event.

    What passes since the last one is spent where it happened, until the sitting is finished.
    """
    return spent(events_of(progress), progress.started_at, progress.finished_at or now, _first(progress))


def _first(progress: Progress) -> str:
    return progress.guide.sections[0].code


def events_of(progress: Progress) -> list[tuple[datetime, str]]:
    """Each answer's and each note's moment and section, in order."""
    steps = path(progress.guide, progress.given, progress.way)
    sections = {step.key: progress.guide.section_of(step.question.code).code for step in steps}
    answers = ((kept.answered_at, key) for key, kept in progress.kept.items())
    notes = ((note.created_at, note.step) for note in progress.notes)
    return sorted((moment, sections[key]) for moment, key in (*answers, *notes) if key in sections)


def spent(events: Iterable[tuple[datetime, str]], begun: datetime, until: datetime, first: str) -> dict[str, int]:
    """The minutes of each section among these events."""
    total: dict[str, timedelta] = {}
    last, here = begun, first
    for moment, section in events:
        total[section] = total.get(section, timedelta()) + _heard(moment - last)
        last, here = moment, section
    total[here] = total.get(here, timedelta()) + _heard(until - last)
    return {section: int(time.total_seconds() // 60) for section, time in total.items()}


def _heard(silence: timedelta) -> timedelta:
    return max(timedelta(), min(silence, LONGEST_SILENCE))
