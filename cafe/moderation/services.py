"""What a moderator decides; each decision is added to the record, none is overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update

from cafe.corpus import passages, tagging
from cafe.corpus.models import ALERTS, Contribution, Flag
from cafe.corpus.words import clean_text
from cafe.errors import Conflict, Refusal
from cafe.extensions import run, writing
from cafe.moderation import care
from cafe.moderation.judging import find_judged, last_decision, mark
from cafe.moderation.masking import Move, Spot, masked, rewrite, write_spots
from cafe.moderation.models import Decision, Report
from cafe.moderation.wording import ACTIONS
from cafe.people.models import Staff

LONGEST = 300
NO_REASON = "Dites pourquoi en quelques mots : l’auteur lira cette raison."
CHANGED = "Son auteur vient de changer ce message. Relisez-le avant de décider."


@dataclass(frozen=True)
class Gesture:
    """What a moderator does: publish, hide, return, mask, pass_on or read.

    `detail`: the reason, the explanation, or the login of whom it is passed on to (empty: the care list).
    `seen`: the mark of what the page showed, empty when nothing is to be compared; `batch`: shared by a selection.
    """

    action: str
    detail: str = ""
    seen: str = ""
    batch: str = ""


def decide(contribution_id: int, gesture: Gesture, tagger, staff_id: int, now: datetime) -> int | None:
    """Apply a gesture and add its decision; returns its number, None when there was nothing left to do."""
    if gesture.action not in EFFECTS:
        raise Refusal("Ce geste n’existe pas. Rechargez la page.")
    gesture = replace(gesture, detail=clean_text(gesture.detail)[:LONGEST])
    with writing() as session:
        contribution = find_judged(session, contribution_id, staff_id)
        known = _already(session, contribution, gesture, staff_id)
        if known:
            return known
        decision = Decision(
            contribution_id=contribution_id, staff_id=staff_id, action=gesture.action, detail=gesture.detail,
            batch=gesture.batch, status_before=contribution.status, reason_before=contribution.status_reason,
            decided_at=now,
        )  # fmt: skip
        if EFFECTS[gesture.action](session, contribution, decision, tagger) is False:
            return None
        contribution.read_at = contribution.read_at or now
        session.add(decision)
        session.flush()
    return decision.id


def _already(session, contribution: Contribution, gesture: Gesture, staff_id: int) -> int | None:
    """The same gesture sent twice is one decision; another one, on what changed since it was read, is refused."""
    last, login = last_decision(session, contribution.id)
    if not gesture.seen or gesture.seen == mark(last and last.id, contribution.edited_at):
        return None
    if last is None or last.id == _fate_in(gesture.seen):
        raise Conflict(CHANGED)
    if (last.staff_id, last.action, last.batch) == (staff_id, gesture.action, gesture.batch):
        return last.id
    raise Conflict(f"{login} a déjà décidé : « {ACTIONS[last.action]} ». Relisez ce message.")


def _fate_in(seen: str) -> int:
    number = seen.partition(".")[0]
    return int(number) if number.isascii() and number.isdigit() else 0


def _set(session, contribution: Contribution, status: str, reason: str, now: datetime) -> None:
    contribution.status, contribution.status_reason = status, reason
    _settle(session, contribution.id, now)


def _settle(session, contribution_id: int, now: datetime) -> None:
    """What a rule or a citizen pointed out is dealt with; what calls for care is not for this hand."""
    flags = (Flag.contribution_id == contribution_id) & Flag.kind.in_(ALERTS) & Flag.settled_at.is_(None)
    reports = (Report.contribution_id == contribution_id) & Report.settled_at.is_(None)
    session.execute(update(Flag).where(flags).values(settled_at=now))
    session.execute(update(Report).where(reports).values(settled_at=now))


def _publish(session, contribution, decision, _tagger):
    if contribution.status == "hidden":
        decision.action = "restore"
    _set(session, contribution, "published", "", decision.decided_at)


def _hide(session, contribution, decision, _tagger):
    if not decision.detail:
        raise Refusal(NO_REASON)
    _set(session, contribution, "hidden", decision.detail, decision.decided_at)


def _return(session, contribution, decision, _tagger):
    if not decision.detail:
        raise Refusal("Écrivez à l’auteur ce qu’il peut changer.")
    _set(session, contribution, "returned", decision.detail, decision.decided_at)


def _mask(session, contribution, decision, tagger):
    """Replace each passage that a rule pointed out; the text before stays with the decision, to be put back."""
    pointed = (Flag.contribution_id == contribution.id) & Flag.kind.in_(ALERTS) & Flag.settled_at.is_(None)
    rows = session.execute(select(Flag.kind, Flag.start, Flag.end).where(pointed).order_by(Flag.start))
    spots = [Spot(*row) for row in rows if row.start < row.end <= len(contribution.text)]
    decision.detail, decision.text_before = write_spots(spots), contribution.text
    if not spots:
        raise Refusal("Aucun passage n’est signalé dans ce texte. Masquez le message, ou renvoyez-le.")
    if len(decision.detail) > LONGEST:
        raise Refusal("Trop de passages à masquer. Masquez le message entier, ou renvoyez-le.")
    rewrite(session, contribution, masked(contribution.text, spots), Move(spots), tagger, decision.decided_at)
    _set(session, contribution, "published", "", decision.decided_at)


def _pass_on(session, contribution, decision, _tagger):
    """To the care list, which then has it in charge; or to a colleague, in whose queue it stays."""
    if not decision.detail:
        care.open_for(session, contribution.id, decision.decided_at)
        _settle(session, contribution.id, decision.decided_at)
    elif decision.detail not in colleagues():
        raise Refusal("Choisissez dans la liste à qui transmettre ce message.")


def _read(_session, contribution, decision, _tagger):
    """« Lu » : a person has read it, and what tags stand on it are confirmed."""
    tagging.confirm_all(contribution.id, decision.staff_id, decision.decided_at)
    return contribution.read_at is None


EFFECTS = {
    "publish": _publish, "hide": _hide, "return": _return, "mask": _mask, "pass_on": _pass_on, "read": _read,
}  # fmt: skip


_may_decide = Staff.role.in_(("moderator", "organiser")) & Staff.closed_at.is_(None)
_colleagues = select(Staff.login).where(_may_decide).order_by(Staff.login)


def colleagues() -> list[str]:
    """The logins of those who may decide."""
    return list(run(_colleagues).scalars())


def decide_many(picked: Iterable[tuple[int, str]], gesture: Gesture, tagger, staff_id: int, now: datetime) -> tuple:
    """One gesture on a selection, in one batch; returns how many were done and how many left aside."""
    done = skipped = 0
    with writing() as session:
        for contribution_id, seen in picked:
            try:
                with session.begin_nested():
                    decide(contribution_id, replace(gesture, seen=seen), tagger, staff_id, now)
                done += 1
            except Refusal as refusal:
                if refusal.status == Refusal.status:
                    raise
                skipped += 1
    return done, skipped


def decide_tag(contribution_id: int, family: str, code: str, state: str, staff_id: int, now: datetime) -> None:
    """Confirm or remove a tag; to have decided is to have read."""
    with writing() as session:
        contribution = find_judged(session, contribution_id, staff_id)
        tagging.decide(contribution_id, family, code, state, staff_id, now)
        _note(session, contribution, f"tag_{state}", f"{family}:{code}", staff_id, now)


def add_tag(contribution_id: int, tag: str, passage: str, idea: int | None, tagger, staff_id: int, now: datetime):
    """Lay « family:code » by hand, on a passage, on the idea that begins there, or on the whole."""
    family, _, code = tag.partition(":")
    with writing() as session:
        contribution = find_judged(session, contribution_id, staff_id)
        ideas = {found.start: (found.start, found.end) for found in passages.find(session, contribution_id)}
        if idea is not None and idea not in ideas:
            raise Conflict("Ce message n’est plus coupé ainsi. Rechargez la page.")
        tagging.add(contribution_id, family, code, clean_text(passage), tagger, staff_id, now, ideas.get(idea))
        _note(session, contribution, "tag_added", f"{family}:{code}", staff_id, now)


def split(contribution_id: int, starts: Iterable[int], staff_id: int, now: datetime) -> int:
    """Cut a long message into ideas, or make it whole again; returns how many it has."""
    with writing() as session:
        contribution = find_judged(session, contribution_id, staff_id)
        ideas = passages.split(session, contribution, starts, staff_id, now)
        _note(session, contribution, "split", "une seule" if ideas == 1 else str(ideas), staff_id, now)
    return ideas


def _note(session, contribution: Contribution, action: str, detail: str, staff_id: int, now: datetime) -> None:
    contribution.read_at = contribution.read_at or now
    decision = {"staff_id": staff_id, "action": action, "detail": detail, "decided_at": now}
    session.add(Decision(contribution_id=contribution.id, **decision))
