"""The fiction's sittings, put in the base all at once: the rows that answering step by step would have left."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from sqlalchemy import insert, update

from analysis.alerts import find_alerts
from cafe.corpus.asked import told
from cafe.corpus.models import Answer, Contribution, Flag, Tag
from cafe.corpus.services import tag_values
from cafe.corpus.words import text_digest
from cafe.extensions import run, writing
from cafe.guide import keeping
from cafe.guide.answering import draw_order, rows
from cafe.guide.engine import path
from cafe.guide.models import Sitting, StepAnswer
from cafe.guide.published import Published
from cafe.guide.sittings import Progress
from cafe.guide.stakes import TARGET
from cafe.guide.steps import Given, Step
from cafe.people.cards import card_digest, words_from
from cafe.people.models import Participant
from cafe.referential.models import Proposal
from cafe.referential.services import VersionedTagger, current_tagger

A_STEP = timedelta(seconds=45)


@dataclass(frozen=True)
class Sitter:
    """Someone who went through the guide, wholly or up to where they stopped; `key`: a UUID of their own."""

    participant_id: int
    key: str
    given: Mapping[str, Given]
    started_at: datetime
    finished: bool = True
    staff_id: int | None = None


@dataclass
class _Rows:
    """The rows to come, by table; a text's context is what the tagger is told of its question."""

    steps: list[dict] = field(default_factory=list)
    texts: list[dict] = field(default_factory=list)
    contexts: list[str] = field(default_factory=list)
    answers: list[dict] = field(default_factory=list)
    proposals: list[dict] = field(default_factory=list)
    targets: dict[int, str] = field(default_factory=dict)
    questions: dict[str, int] = field(default_factory=dict)


def add_sittings(version: Published, way: str, sitters: Sequence[Sitter], secret: str) -> list[int]:
    """Insert sittings with all that they leave in the shared tables; returns their numbers, in order."""
    with writing() as session:
        begun = [_sitting(version, way, sitter, secret) for sitter in sitters]
        numbers = list(session.scalars(insert(Sitting).returning(Sitting.id, sort_by_parameter_order=True), begun))
        made = _Rows()
        for number, sitter in zip(numbers, sitters, strict=True):
            progress = Progress(
                number, sitter.key, sitter.participant_id, version.id, way, sitter.started_at, None, version.guide, {}
            )
            _gather(made, progress, sitter)
        _insert(session, made, secret)
    return numbers


def _sitting(version: Published, way: str, sitter: Sitter, secret: str) -> dict:
    words = words_from(f"erase/{sitter.key}", secret)
    lasted = A_STEP * len(sitter.given)
    return {
        "key": sitter.key, "participant_id": sitter.participant_id, "version_id": version.id, "way": way,
        "staff_id": sitter.staff_id, "started_at": sitter.started_at,
        "finished_at": sitter.started_at + lasted if sitter.finished else None,
        "erasure_digest": card_digest(words, secret) if sitter.finished else None,
    }  # fmt: skip


def _gather(made: _Rows, progress: Progress, sitter: Sitter) -> None:
    answered = [step for step in path(progress.guide, sitter.given, progress.way) if step.key in sitter.given]
    for place, step in enumerate(answered, 1):
        _gather_step(made, progress, step, sitter.given[step.key], sitter.started_at + A_STEP * place)


def _gather_step(made: _Rows, progress: Progress, step: Step, given: Given, moment: datetime) -> None:
    key = f"demo-{uuid5(UUID(progress.key), step.key)}"
    offered = draw_order(step, Random(f"{progress.key}/{step.key}"))
    made.steps.append({
        "sitting_id": progress.id, "step": step.key, "key": key, "version_id": progress.version_id,
        "kind": given.kind, "options": json.dumps(given.options), "other": "".join(given.others[:1]),
        "state": given.state, "offered": json.dumps(offered), "standing": True, "answered_at": moment,
        "contribution_id": len(made.texts) if given.text else None,
    })  # fmt: skip
    person = {"participant_id": progress.participant_id, "created_at": moment}
    if given.text:
        made.contexts.append(keeping.context_of(progress, step))
        made.texts.append(person | {
            "key": key, "question_id": _question(made, progress, step, step.question.code), "text": given.text,
            "source": keeping.SOURCES[progress.way], "prompted": step.is_follow_up, "about": step.about,
        })  # fmt: skip
    for code, kind, option, value in rows(step, given):
        question = {"question_id": _question(made, progress, step, code)}
        made.answers.append(person | question | {"kind": kind, "option": option, "value": value})
    if step.key == TARGET:
        made.targets[progress.participant_id] = "".join(given.retained())
    if given.others:
        source, parent = step.question.options_from, step.about if step.question.within else ""
        family = {"family": source.family if source else "", "parent": parent}
        made.proposals.append(person | family | {"question": step.answer_code, "words": given.others[0]})


def _question(made: _Rows, progress: Progress, step: Step, code: str) -> int:
    if code not in made.questions:
        made.questions[code] = keeping.question_id(progress, step, code)
    return made.questions[code]


def _insert(session, made: _Rows, secret: str) -> None:
    tagger = current_tagger()
    texts = [text | {"posted_digest": text_digest(text["text"], secret)} for text in made.texts]
    made_texts = insert(Contribution).returning(Contribution.id, sort_by_parameter_order=True)
    numbers = list(session.scalars(made_texts, texts)) if texts else []
    for step in made.steps:
        if step["contribution_id"] is not None:
            step["contribution_id"] = numbers[step["contribution_id"]]
    tags, flags = _found(made, numbers, tagger)
    tables = ((StepAnswer, made.steps), (Answer, made.answers), (Proposal, made.proposals), (Tag, tags), (Flag, flags))
    for table, values in tables:
        if values:
            run(insert(table), values)
    for participant_id, target in made.targets.items():
        run(update(Participant).where(Participant.id == participant_id).values(target=target))


def _found(made: _Rows, numbers: list[int], tagger: VersionedTagger) -> tuple[list[dict], list[dict]]:
    tags, flags = [], []
    for number, text, asked in zip(numbers, made.texts, made.contexts, strict=True):
        heard = tagger.tag(text["text"], told(tagger, asked, text["about"]))
        tags += [tag_values(number, found, tagger.version) for found in heard]
        flags += [{"contribution_id": number} | asdict(alert) for alert in find_alerts(text["text"])]
    return tags, flags
