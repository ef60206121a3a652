"""Notes taken while someone speaks: each paragraph a contribution of the step that it is under, kept once, in order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import delete, insert, select, update

from cafe.corpus import services as corpus
from cafe.corpus.aside import set_aside
from cafe.corpus.words import clean_text
from cafe.errors import NotFound, Refusal
from cafe.extensions import run, writing
from cafe.guide import keeping
from cafe.guide.engine import find_step
from cafe.guide.models import NoteTaken, StepAnswer
from cafe.guide.noted import Noted
from cafe.guide.services import hold
from cafe.guide.sittings import Progress, find_progress
from cafe.guide.steps import FOLLOW_UP, Given, Step, follow_up_of, key_of
from cafe.referential.services import current_tagger

EMPTY = "La note est vide. Écrivez quelques mots, puis appuyez sur Entrée."
GONE = "Cette note n’est plus là."
FURTHEST = 1_000_000_000
_new_note = insert(NoteTaken)


@dataclass(frozen=True)
class NewNote:
    """Paragraphs on their way in, under the step of this key; `key`: of their form; `place`: of the first of them."""

    key: str
    step: str
    place: int
    text: str
    reworded: bool = False


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, blank lines being what parts them."""
    return [part.strip() for part in re.split(r"\n\s*\n", clean_text(text)) if part.strip()]


def take_note(progress: Progress, new: NewNote, digest_key: str, now: datetime) -> None:
    """Keep each paragraph as a contribution; sent again it changes nothing.

    A step that left the path meanwhile loses no words: they are kept aside with it. Raises Refusal for a note
    without words, NotFound for a question that the guide does not have.
    """
    texts = paragraphs(new.text)
    if not texts:
        raise Refusal(EMPTY)
    with writing():
        hold(progress)
        fresh = find_progress(progress.id)
        asked = find_step(fresh.guide, fresh.given, fresh.way, new.step)
        step = asked or _left_step(fresh, new.step)
        for number, text in enumerate(texts):
            _keep(fresh, step, _numbered(new, number, text), digest_key, now, is_aside=asked is None)
        if asked and step.question.kind == "open":
            _answer_with_words(fresh, step, new.key, now)


def _numbered(new: NewNote, number: int, text: str) -> NewNote:
    """The paragraph of this number, under a key of its own that a replay finds again."""
    key = str(uuid5(UUID(new.key), str(number))) if number else new.key
    return NewNote(key, new.step, min(new.place + number, FURTHEST), text, new.reworded)


def _keep(progress: Progress, step: Step, note: NewNote, digest_key: str, now: datetime, is_aside: bool) -> None:
    number = keeping.record_words(progress, step, note.key, note.text, digest_key, now)
    if run(select(NoteTaken.sitting_id).where(NoteTaken.contribution_id == number)).first():
        return
    place = {"sitting_id": progress.id, "step": step.key, "place": note.place, "reworded": note.reworded}
    run(_new_note, {"contribution_id": number, **place})
    if is_aside:
        set_aside(number)


def _left_step(progress: Progress, key: str) -> Step:
    """The step that this key named before it left the path."""
    plain = key.removesuffix(FOLLOW_UP)
    for question in progress.guide.questions():
        about = plain[len(question.code) + 1 :]
        if plain == key_of(question, about) and bool(about) == bool(question.over):
            asked = follow_up_of(question) if key.endswith(FOLLOW_UP) else question
            return Step(key, asked, (), about, "", 0, None, is_follow_up=key.endswith(FOLLOW_UP))
    raise NotFound("Cette question n’est pas dans le guide.")


def _answer_with_words(progress: Progress, step: Step, key: str, now: datetime) -> None:
    """An open question is answered by its notes: what it was given instead of words goes."""
    kept, given = progress.kept.get(step.key), Given("open", text="…")
    if kept and kept.given.says_something:
        return
    values = {"key": key, "state": "", "standing": True, "answered_at": now}
    if kept:
        run(update(StepAnswer).where(_here(progress, step.key)).values(values))
    else:
        place = {"sitting_id": progress.id, "step": step.key, "version_id": progress.version_id, "kind": "open"}
        run(insert(StepAnswer), place | values)
    keeping.keep_rows(progress, step, given, now)
    keeping.settle(progress, {**progress.given, step.key: given}, step.key, now)


def _here(progress: Progress, key: str):
    return (StepAnswer.sitting_id == progress.id) & (StepAnswer.step == key)


def find_note(progress: Progress, contribution_id: int) -> Noted:
    """A note of this sitting; raises NotFound."""
    note = next((note for note in progress.notes if note.contribution_id == contribution_id), None)
    if note is None:
        raise NotFound(GONE)
    return note


def change_note(progress: Progress, contribution_id: int, text: str, reworded: bool, now: datetime) -> None:
    """Correct a note's words, and whether they are the person's own."""
    with writing():
        find_note(progress, contribution_id)
        corpus.correct(contribution_id, progress.participant_id, text, current_tagger(), now)
        run(update(NoteTaken).where(NoteTaken.contribution_id == contribution_id).values(reworded=reworded))


def withdraw_note(progress: Progress, contribution_id: int, now: datetime) -> None:
    """Take a note back; an open question without any is no longer answered."""
    with writing():
        hold(progress)
        fresh = find_progress(progress.id)
        note = find_note(fresh, contribution_id)
        corpus.withdraw(contribution_id, fresh.participant_id, now)
        kept = fresh.kept.get(note.step)
        if kept and kept.given.kind == "open" and not any(_shares(note, other) for other in fresh.notes):
            run(delete(StepAnswer).where(_here(fresh, note.step)))
            keeping.settle(fresh, _without(fresh.given, note.step), note.step, now)


def _shares(note: Noted, other: Noted) -> bool:
    return other.step == note.step and other.contribution_id != note.contribution_id


def _without(given: Mapping[str, Given], key: str) -> dict[str, Given]:
    return {step: answer for step, answer in given.items() if step != key}
