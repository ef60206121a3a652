"""Notes taken in a room: each a contribution, signed with a pseudonym or « la salle »; minority views are marked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from cafe.corpus import services as corpus
from cafe.errors import Refusal
from cafe.extensions import run, writing
from cafe.guide import keeping
from cafe.guide.sittings import Progress
from cafe.guide.steps import Step
from cafe.guide.workshop_models import Seat, WorkshopNote
from cafe.guide.workshops import change
from cafe.referential.services import current_tagger


@dataclass(frozen=True)
class NewNote:
    """A note on its way in; `key`: of its form; `seat_id`: who said it, 0 for the room."""

    key: str
    seat_id: int
    text: str
    minority: bool = False


def take_note(workshop, step: Step, guide, new: NewNote, digest_key: str, now: datetime) -> None:
    """Keep a note under the question being asked; sent again it changes nothing."""
    with writing() as session:
        author = workshop.room_id
        if new.seat_id:
            seat = session.get(Seat, new.seat_id)
            if seat is None or seat.workshop_id != workshop.id or seat.left_at or seat.consented_at is None:
                raise Refusal("Cette personne n’est plus là, ou n’a pas encore donné son accord.")
            author = seat.participant_id
        # The room has no path of its own: this stands for one where the question is only named.
        asked = Progress(0, "", author, workshop.version_id, "workshop", now, None, guide, {})
        words = corpus.NewContribution(
            new.key, author, keeping.question_id(asked, step, step.question.code), new.text,
            keeping.context_of(asked, step), source="workshop", prompted=step.is_follow_up, about=step.about,
        )  # fmt: skip
        number = corpus.record(words, current_tagger(), digest_key, now).number
        if run(select(WorkshopNote.step).where(WorkshopNote.contribution_id == number)).first() is None:
            place = {"workshop_id": workshop.id, "step": step.key, "minority": new.minority}
            run(insert(WorkshopNote), {"contribution_id": number, **place})
            change(session, workshop.id)
