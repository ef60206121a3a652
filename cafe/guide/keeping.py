"""Where a step's answer goes in the tables that every way of asking shares: words, rows, proposals, the target."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update

from cafe.corpus import services as corpus
from cafe.corpus.answers import put_answers
from cafe.corpus.aside import bring_back, set_aside
from cafe.extensions import run
from cafe.guide.engine import path, rows
from cafe.guide.models import Sitting, StepAnswer
from cafe.guide.sittings import Kept, Progress
from cafe.guide.stakes import TARGET
from cafe.guide.steps import FOLLOW_UP, Given, Step
from cafe.people.models import Participant
from cafe.people.services import erase_participant
from cafe.people.visits import end_visits_of
from cafe.referential.proposals import forget_proposals, propose
from cafe.referential.services import current_tagger

# In the tables an empty `feeds` means every family; this one is none.
NO_FAMILY = "-"
SOURCES = {"alone": "questionnaire", "interview": "interview", "workshop": "workshop"}


def keep_words(
    progress: Progress, step: Step, key: str, given: Given, kept: Kept | None, digest_key: str, now: datetime
) -> int | None:
    """Record, correct or take back the words of an open answer; returns the contribution's number, if any."""
    number = kept.contribution_id if kept and kept.status in (*corpus.CHANGEABLE, "hidden") else None
    if not given.text:
        if number:
            corpus.withdraw(number, progress.participant_id, now)
        return None
    # What a moderator hid is left to them: new words are another contribution.
    if number and kept.status in corpus.CHANGEABLE:
        return corpus.correct(number, progress.participant_id, given.text, current_tagger(), now).id
    return record_words(progress, step, key, given.text, digest_key, now)


def record_words(progress: Progress, step: Step, key: str, text: str, digest_key: str, now: datetime) -> int:
    """Record words said at a step, once; returns the contribution's number."""
    new = corpus.NewContribution(
        key, progress.participant_id, question_id(progress, step, step.question.code), text, context_of(progress, step),
        source=SOURCES[progress.way], prompted=step.is_follow_up, about=step.about,
    )  # fmt: skip
    return corpus.record(new, current_tagger(), digest_key, now).number


def context_of(progress: Progress, step: Step) -> str:
    """What the tagger is told of a question, whatever the option it is asked about: the guide's subject, its words."""
    return f"{progress.guide.label} : {step.question.text.interview}"


def question_id(progress: Progress, step: Step, code: str) -> int:
    """The question in the corpus under this code, made at its first answer."""
    asked = step.question
    feeds = asked.feeds_text or NO_FAMILY
    return corpus.find_or_create_question(code, asked.text.interview, context_of(progress, step), feeds)


def keep_rows(progress: Progress, step: Step, given: Given, now: datetime) -> None:
    """Put the answer's rows in the place of those before; the priority population is the participant's target."""
    if not step.is_follow_up and given.kind != "info":
        made = [(kind, option, value) for _, kind, option, value in rows(step, given)]
        put_answers(progress.participant_id, question_id(progress, step, step.answer_code), made, now)
    if step.key == TARGET:
        chosen = given.retained()
        _set_target(progress.participant_id, chosen[0] if chosen else "")


def _set_target(participant_id: int, target: str) -> None:
    run(update(Participant).where(Participant.id == participant_id).values(target=target))


def keep_others(progress: Progress, step: Step, given: Given, now: datetime) -> None:
    """What was typed after « un autre ? » reaches the référentiel as a proposal."""
    source = step.question.options_from
    if step.question.other:
        family = source.family if source else ""
        parent = step.about if step.question.within else ""
        words = given.others[0] if given.others else ""
        propose(progress.participant_id, step.answer_code, words, now, family=family, parent=parent)


def settle(progress: Progress, given: Mapping[str, Given], answered: str, now: datetime) -> None:
    """Count the answers whose steps came back on the path, and no longer those whose steps left it."""
    steps = {step.key: step for step in path(progress.guide, given, progress.way)}
    for key, kept in progress.kept.items():
        if key != answered and (key in steps) != kept.standing:
            _turn(progress, key, kept, steps.get(key), now)
    for note in progress.notes:
        if (note.step in steps) == note.is_aside:
            (bring_back if note.is_aside else set_aside)(note.contribution_id)


def _turn(progress: Progress, key: str, kept: Kept, step: Step | None, now: datetime) -> None:
    here = (StepAnswer.sitting_id == progress.id) & (StepAnswer.step == key)
    run(update(StepAnswer).where(here).values(standing=step is not None))
    if kept.contribution_id:
        (bring_back if step else set_aside)(kept.contribution_id)
    if step:
        keep_rows(progress, step, kept.given, now)
    elif not key.endswith(FOLLOW_UP):
        _forget_rows(progress, key, now)


def _forget_rows(progress: Progress, key: str, now: datetime) -> None:
    code = corpus.find_question(key.replace("@", "."))
    if code is not None:
        put_answers(progress.participant_id, code, [], now)
    if key == TARGET:
        _set_target(progress.participant_id, "")


def forget(progress: Progress, now: datetime) -> None:
    """Wipe what a sitting left in the shared tables; whoever came by an open link goes with it."""
    for key, kept in progress.kept.items():
        if kept.contribution_id and kept.status != "withdrawn":
            corpus.withdraw(kept.contribution_id, progress.participant_id, now)
        _forget_rows(progress, key, now)
    for note in progress.notes:
        corpus.withdraw(note.contribution_id, progress.participant_id, now)
    forget_proposals(progress.participant_id)
    came_by_link = run(select(Sitting.link_id).where(Sitting.id == progress.id)).scalar()
    if came_by_link:
        erase_participant(progress.participant_id, now)
        end_visits_of([progress.participant_id], now)
