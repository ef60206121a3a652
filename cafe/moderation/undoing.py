"""Taking a decision back: another one is added, and what the first replaced comes back."""

from datetime import datetime

from sqlalchemy import select, update

from cafe.corpus import tagging
from cafe.corpus.models import ALERTS, Contribution, Flag
from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import db, writing
from cafe.moderation import care, stances
from cafe.moderation.judging import JUDGEMENTS, find_judged, is_standing
from cafe.moderation.masking import Move, masked, read_spots, rewrite
from cafe.moderation.models import Decision, Report

LEFT = {"publish": "published", "restore": "published", "mask": "published", "hide": "hidden", "return": "returned"}
UNDOABLE = (*JUDGEMENTS, "read", "stance")
CHANGED = "Ce message a changé depuis : cette décision ne s’annule plus."


def undo(decision_id: int, tagger, staff_id: int, now: datetime) -> int:
    """Take one decision back; returns the contribution's number."""
    with writing() as session:
        decision = session.get(Decision, decision_id)
        if decision is None or decision.action not in UNDOABLE:
            raise NotFound("Cette décision ne s’annule pas.")
        contribution = find_judged(session, decision.contribution_id, staff_id)
        _check(session, contribution, decision)
        taken_back = Decision(
            contribution_id=contribution.id, staff_id=staff_id, detail=decision.action,
            # A stance taken back says nothing of the message's fate.
            action="stance_undo" if decision.action == "stance" else "undo",
            undoes_id=decision.id, status_before=contribution.status, reason_before=contribution.status_reason,
            decided_at=now,
        )  # fmt: skip
        session.add(taken_back)
        _put_back(session, contribution, decision, tagger, now)
    return contribution.id


def undo_batch(batch: str, tagger, staff_id: int, now: datetime) -> tuple[int, int]:
    """Take back what a selection was dealt; returns how many were, and how many could not be."""
    done = skipped = 0
    with writing() as session:
        taken = select(Decision.id).where(Decision.batch == batch, is_standing).order_by(Decision.id.desc())
        numbers = session.scalars(taken).all() if batch else []
        if not numbers:
            raise NotFound("Il n’y a plus rien à annuler.")
        for number in numbers:
            try:
                with session.begin_nested():
                    undo(number, tagger, staff_id, now)
                done += 1
            except Refusal:
                skipped += 1
    return done, skipped


def _check(session, contribution: Contribution, decision: Decision) -> None:
    if session.scalar(select(Decision.id).where(Decision.undoes_id == decision.id)):
        raise Conflict("Cette décision est déjà annulée.")
    since = (Decision.contribution_id == contribution.id) & (Decision.id > decision.id)
    judged = select(Decision.id).where(since, Decision.action.in_(JUDGEMENTS), is_standing).limit(1)
    if decision.action in JUDGEMENTS and session.scalar(judged):
        raise Conflict("Une autre décision a été prise depuis : annulez-la d’abord.")
    if contribution.status != LEFT.get(decision.action, contribution.status):
        raise Conflict(CHANGED)
    if decision.action == "stance" and not stances.is_last(session, decision):
        raise Conflict("La position a changé depuis : elle ne s’annule plus.")
    if decision.action == "mask" and decision.text_before is None:
        raise Conflict("Le texte d’avant n’est plus gardé : cette décision ne s’annule plus.")


def _put_back(session, contribution: Contribution, decision: Decision, tagger, now: datetime) -> None:
    if contribution.read_at == decision.decided_at:
        contribution.read_at = None
    if decision.action == "stance":
        stances.put_back(decision)
        return
    if decision.action == "read":
        tagging.lay_back(contribution.id, decision.staff_id, decision.decided_at)
        return
    if decision.action == "mask":
        _unmask(session, contribution, decision, tagger, now)
    if decision.action == "pass_on":
        care.close_if_untouched(session, contribution.id, decision.decided_at, now)
    else:
        contribution.status, contribution.status_reason = decision.status_before, decision.reason_before
    _reopen(session, contribution.id, decision.decided_at)


def _unmask(session, contribution: Contribution, decision: Decision, tagger, now: datetime) -> None:
    """The words before come back with their flags, even those that the rules of today would not find."""
    spots = read_spots(decision.detail)
    if contribution.text != masked(decision.text_before, spots):
        raise Conflict(CHANGED)
    rewrite(session, contribution, decision.text_before, Move(spots, back=True), tagger, now)
    known = select(Flag.kind, Flag.start, Flag.end).where(Flag.contribution_id == contribution.id)
    laid = set(session.execute(known).tuples())
    for spot in spots:
        if (spot.kind, spot.start, spot.end) not in laid:
            session.add(Flag(contribution_id=contribution.id, kind=spot.kind, start=spot.start, end=spot.end))


def _reopen(session, contribution_id: int, moment: datetime) -> None:
    flags = (Flag.contribution_id == contribution_id) & Flag.kind.in_(ALERTS) & (Flag.settled_at == moment)
    reports = (Report.contribution_id == contribution_id) & (Report.settled_at == moment)
    session.execute(update(Flag).where(flags).values(settled_at=None))
    session.execute(update(Report).where(reports).values(settled_at=None))


def undoable(named: str) -> str:
    """The decision's number or the selection's batch, if « Annuler » has something to take back; empty otherwise."""
    if not named:
        return ""
    place = Decision.id == int(named) if named.isdigit() else Decision.batch == named
    query = select(Decision.id).where(place, Decision.action.in_(UNDOABLE), is_standing).limit(1)
    return named if db.session.scalar(query) else ""
