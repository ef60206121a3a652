"""What an interviewer does: begin an interview with someone who agreed to it, answer for them, end it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import run, writing
from cafe.guide import services
from cafe.guide.engine import find_step
from cafe.guide.models import Sitting
from cafe.guide.published import current_guide
from cafe.guide.services import Sent
from cafe.guide.sittings import Progress
from cafe.people import services as people
from cafe.people.fields import Person
from cafe.people.models import Participant
from cafe.people.queries import latest_wording
from cafe.people.roster import add_participant

NOT_HEARD = "Lisez l’accord à la personne, puis cochez qu’elle l’a entendu et accepté."
WORDING_CHANGED = "Le texte de l’accord a changé. Rechargez la page, puis lisez le nouveau à la personne."
NO_GUIDE = "Aucun guide n’est publié. L’organisation doit d’abord en publier un."
ALREADY_MET = "Cette personne a déjà un entretien. Ouvrez-le depuis la liste, ou choisissez une autre personne."
LEFT_PATH = "Cette question n’est plus posée, car d’autres réponses ont changé. Rechargez la page."
NOTES_SPEAK = "Cette question a des notes. Retirez-les d’abord pour dire qu’elle n’a pas de réponse."


@dataclass(frozen=True)
class Beginning:
    """How an interview begins: its form's key, the consent that was read aloud and agreed to, who asks."""

    key: str
    heard: bool
    version: int
    staff_id: int


def begin(participant_id: int, beginning: Beginning, now: datetime) -> int:
    """Begin an interview with someone known; the same form sent again begins no other."""
    with writing():
        return _begin(participant_id, beginning, now)


def begin_with_new(person: Person, beginning: Beginning, now: datetime) -> int:
    """Add someone and begin their interview; the same form sent again adds nobody and begins no other."""
    _check_consent(beginning)
    with writing():
        return _begin(add_participant(person, beginning.key, now), beginning, now)


def _begin(participant_id: int, beginning: Beginning, now: datetime) -> int:
    _check_consent(beginning)
    known = select(Participant.id).where(Participant.id == participant_id, Participant.erased_at.is_(None))
    if run(known.with_for_update()).first() is None:
        raise NotFound("Cette personne n’est plus là.")
    before = run(_of_person(participant_id)).all()
    if any(key != beginning.key for (key,) in before):
        raise Conflict(ALREADY_MET)
    guide = current_guide()
    if guide is None:
        raise Refusal(NO_GUIDE)
    people.give_consent(participant_id, beginning.version, now, beginning.staff_id)
    return services.start(beginning.key, participant_id, guide.id, "interview", now, staff_id=beginning.staff_id)


def _of_person(participant_id: int):
    theirs = (Sitting.participant_id == participant_id) & (Sitting.way == "interview") & Sitting.erased_at.is_(None)
    return select(Sitting.key).where(theirs)


def _check_consent(beginning: Beginning) -> None:
    if not beginning.heard:
        raise Refusal(NOT_HEARD)
    wording = latest_wording()
    if wording is None or wording.version != beginning.version:
        raise Refusal(WORDING_CHANGED)


def answer(progress: Progress, key: str, sent: Sent, digest_key: str, now: datetime) -> None:
    """Keep what was answered to the step of this key; words are notes, and speak before « ne sait pas »."""
    step = find_step(progress.guide, progress.given, progress.way, key)
    if step is None:
        raise Conflict(LEFT_PATH)
    if sent.given.state and step.question.kind == "open" and any(note.step == key for note in progress.notes):
        raise Conflict(NOTES_SPEAK)
    services.answer(progress, step, sent, digest_key, now)
