"""What is late in the dialogue, for the organiser's home."""

from dataclasses import dataclass
from datetime import datetime

from cafe.people.phases import Stage, stages
from cafe.people.stakeholders_queries import PATIENCE, today, waiting


@dataclass(frozen=True)
class Late:
    """Phases past their end, next steps past their day, invited people silent for `patience` days."""

    phases: tuple[Stage, ...]
    overdue: int
    unanswered: int
    patience: int = PATIENCE.days


def late_things(now: datetime) -> Late | None:
    """None when nothing is late."""
    stakeholders = waiting(now)
    phases = tuple(stage for stage in stages(today(now)) if stage.is_late)
    if not (phases or stakeholders.overdue or stakeholders.unanswered):
        return None
    return Late(phases, stakeholders.overdue, stakeholders.unanswered)
