"""Hands counted in a room, stored as one answer a seat; corrected, the seats' answers are written anew."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, repeat
from uuid import UUID, uuid5

from sqlalchemy import select

from cafe.errors import Refusal
from cafe.extensions import writing
from cafe.guide import services
from cafe.guide.engine import find_step
from cafe.guide.services import Sent
from cafe.guide.sittings import Progress, find_progress
from cafe.guide.steps import PASSED, Given, Step
from cafe.guide.workshop_models import HandCount, Seat
from cafe.guide.workshops import change

HANDS = "hands-"
# What is counted by hands; words are noted.
COUNTED = ("choice", "multi", "rank", "rate", "statement")


@dataclass(frozen=True)
class Hands:
    """What the facilitator counted at a step; `key`: of the form.

    `counts`: hands by option, by « option=level » for a rating. `order`: the room's own order, in its place.
    """

    key: str
    step: str
    counts: Mapping[str, int]
    order: tuple[str, ...] = ()


def hand_out(step: Step, hands: Hands, seats: int) -> list[tuple[tuple[str, str], ...]]:
    """Each seat's pairs of code and value, so that the seats together make these counts; refused when none can."""
    kind = step.question.kind
    if hands.order:
        return [tuple((code, str(rank)) for rank, code in enumerate(hands.order, 1))] * seats
    if any(count > seats for count in hands.counts.values()):
        raise Refusal(f"Il y a plus de mains que de places : {seats} ici, sans celles qui ont répondu elles-mêmes.")
    if kind == "rate":
        return _rated(step, hands.counts, seats)
    if kind in ("choice", "statement"):
        given = [((code, "1"),) for code in _one_each(hands.counts, seats)]
        return given + [()] * (seats - len(given))
    return _several(step, hands.counts, seats)


def _one_each(counts: Mapping[str, int], seats: int) -> list[str]:
    """The options, each as often as it has hands."""
    raised = list(chain.from_iterable(repeat(code, count) for code, count in counts.items()))
    if len(raised) > seats:
        raise Refusal(f"Une main par personne : {len(raised)} mains pour {seats} places.")
    return raised


def _several(step: Step, counts: Mapping[str, int], seats: int) -> list[tuple[tuple[str, str], ...]]:
    """Hands given out in turn around the room, most raised first: each seat holds an option once at most."""
    ordered = sorted(counts, key=lambda code: -counts[code])
    most = step.question.at_most
    if most and sum(counts.values()) > most * seats:
        raise Refusal(f"{most} mains par personne au plus : {sum(counts.values())} mains pour {seats} places.")
    given: list[list[str]] = [[] for _ in range(seats)]
    turn = 0
    for code in ordered:
        for _ in range(counts[code]):
            given[turn % seats].append(code)
            turn += 1
    is_rank = step.question.kind == "rank"
    return [tuple((code, str(rank if is_rank else 1)) for rank, code in enumerate(codes, 1)) for codes in given]


def _rated(step: Step, counts: Mapping[str, int], seats: int) -> list[tuple[tuple[str, str], ...]]:
    given: list[list[tuple[str, str]]] = [[] for _ in range(seats)]
    for option in step.options:
        levels = {str(level): counts.get(f"{option.code}={level}", 0) for level in range(1, 6)}
        for place, level in enumerate(_one_each(levels, seats)):
            given[place].append((option.code, level))
    return [tuple(pairs) for pairs in given]


def count_hands(workshop_id: int, hands: Hands, by: int, digest_key: str, now: datetime) -> int:
    """Store a count as the answers of the seats that did not answer by themselves; returns how many those are."""
    with writing() as session:
        change(session, workshop_id)
        asked = list(_asked(session, workshop_id, hands.step))
        if not asked:
            raise Refusal("Personne ne compte encore ici : notez d’abord qui est là et qui est d’accord.")
        shares = hand_out(asked[0][2], hands, len(asked))
        for (seat, progress, step), share in zip(asked, shares, strict=True):
            _give(seat, progress, step, share, hands.key, digest_key, now)
        kept = {"counts": json.dumps({"counts": dict(hands.counts), "order": hands.order}), "staff_id": by}
        session.merge(HandCount(workshop_id=workshop_id, step=hands.step, counted_at=now, **kept))
    return len(asked)


def _asked(session, workshop_id: int, key: str):
    """The seats whose path has this step, but for those that answered it on their own phone."""
    here = Seat.workshop_id == workshop_id, Seat.left_at.is_(None), Seat.consented_at.is_not(None)
    for seat in session.scalars(select(Seat).where(*here).order_by(Seat.number)):
        progress = find_progress(seat.sitting_id)
        step = find_step(progress.guide, progress.given, progress.way, key)
        kept = progress.kept.get(key)
        if step and step.question.kind in COUNTED and (kept is None or kept.key.startswith(HANDS)):
            yield seat, progress, step


def _give(
    seat: Seat, progress: Progress, step: Step, share: tuple, form: str, digest_key: str, now: datetime
) -> None:
    """Write a seat's answer, unless it is the one that it has: a hand that came down leaves one that says nothing."""
    kind, kept = step.question.kind, progress.kept.get(step.key)
    given = Given(kind, share) if share else Given(kind, state=PASSED)
    if (kept.given if kept else Given(kind, state=PASSED)) == given:
        return
    offered = tuple(option.code for option in step.options)
    sent = Sent(f"{HANDS}{uuid5(UUID(form), str(seat.id))}", kept.key if kept else "", given, offered)
    services.answer(progress, step, sent, digest_key, now)
