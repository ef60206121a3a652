"""What the interviewer's pages read: one's interviews, and one of them with who is met."""

from dataclasses import dataclass

from sqlalchemy import Row, bindparam, func, select

from cafe.errors import NotFound
from cafe.extensions import run
from cafe.guide.models import NoteTaken, Sitting, StepAnswer
from cafe.guide.sittings import Progress, progress_from, sittings
from cafe.people.models import Group, Participant, Staff

PAGE = 50
UNKNOWN = "Cet entretien n’existe pas, ou n’est pas le vôtre."


@dataclass(frozen=True)
class Interview:
    """An interview: whom one meets, who asks, how far it is."""

    progress: Progress
    person: Row


_is_interview = (Sitting.way == "interview") & Sitting.erased_at.is_(None)
_answers = select(func.count()).where(StepAnswer.sitting_id == Sitting.id, StepAnswer.standing).correlate(Sitting)
_notes = select(func.count()).where(NoteTaken.sitting_id == Sitting.id).correlate(Sitting)
_person = (
    sittings.add_columns(
        Sitting.staff_id, Participant.pseudonym, Group.label.label("group"), Participant.subgroup, Participant.place,
        Participant.profile, Staff.login,
    )
    .join(Participant, Participant.id == Sitting.participant_id)
    .join(Group, Group.code == Participant.group_code)
    .outerjoin(Staff, Staff.id == Sitting.staff_id)
    .where(_is_interview)
)  # fmt: skip
_one = _person.where(Sitting.id == bindparam("number"))
_lines = _person.add_columns(_answers.scalar_subquery().label("answers"), _notes.scalar_subquery().label("notes"))


def find_interviews(staff_id: int | None, page: int) -> tuple[list[Row], int]:
    """One page of an interviewer's interviews, or of everyone's, the latest first; and how many there are."""
    mine = (Sitting.staff_id == staff_id) if staff_id else _is_interview
    total = run(select(func.count()).select_from(Sitting).where(_is_interview, mine)).scalar()
    lines = _lines.where(mine).order_by(Sitting.started_at.desc(), Sitting.id.desc())
    return list(run(lines.limit(PAGE).offset((page - 1) * PAGE))), total


def find_interview(sitting_id: int) -> Interview:
    """An interview by its number; raises NotFound when there is none or it was erased."""
    row = run(_one, {"number": sitting_id}).first()
    if row is None:
        raise NotFound(UNKNOWN)
    return Interview(progress_from(row), row)
