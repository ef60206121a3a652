"""What a moderator decides; each decision is added to the record, none is overwritten."""

from datetime import datetime

from cafe.corpus import tagging
from cafe.corpus.models import Contribution
from cafe.corpus.words import clean_text
from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import writing
from cafe.moderation.models import Decision

NO_REASON = "Dites pourquoi en quelques mots : l’auteur lira cette raison."


def _get(session, contribution_id: int) -> Contribution:
    contribution = session.get(Contribution, contribution_id)
    if contribution is None:
        raise NotFound("Cette contribution n’existe pas.")
    if contribution.status == "withdrawn":
        raise Conflict("Son auteur a retiré ce message : il n’y a plus rien à décider.")
    return contribution


def _note(session, contribution_id: int, staff_id: int, action: str, detail: str, now: datetime) -> None:
    decision = {"staff_id": staff_id, "action": action, "detail": detail, "decided_at": now}
    session.add(Decision(contribution_id=contribution_id, **decision))


def hide(contribution_id: int, reason: str, staff_id: int, now: datetime) -> None:
    """Take a contribution out of sight, with a reason that its author reads."""
    reason = clean_text(reason)[:300]
    if not reason:
        raise Refusal(NO_REASON)
    with writing() as session:
        contribution = _get(session, contribution_id)
        if (contribution.status, contribution.status_reason) != ("hidden", reason):
            contribution.status, contribution.status_reason, contribution.edited_at = "hidden", reason, now
            _note(session, contribution_id, staff_id, "hide", reason, now)


def restore(contribution_id: int, staff_id: int, now: datetime) -> None:
    with writing() as session:
        contribution = _get(session, contribution_id)
        if contribution.status == "hidden":
            contribution.status, contribution.status_reason, contribution.edited_at = "published", "", now
            _note(session, contribution_id, staff_id, "restore", "", now)


def mark_read(contribution_id: int, staff_id: int, now: datetime) -> None:
    """« Lu » : a person has read it, and what tags stand on it are confirmed."""
    with writing() as session:
        contribution = _get(session, contribution_id)
        tagging.confirm_all(contribution_id, staff_id, now)
        if contribution.read_at is None:
            contribution.read_at = now
            _note(session, contribution_id, staff_id, "read", "", now)


def decide_tag(contribution_id: int, family: str, code: str, state: str, staff_id: int, now: datetime) -> None:
    """Confirm or remove a tag; to have decided is to have read."""
    with writing() as session:
        contribution = _get(session, contribution_id)
        tagging.decide(contribution_id, family, code, state, staff_id, now)
        contribution.read_at = contribution.read_at or now
        _note(session, contribution_id, staff_id, f"tag_{state}", f"{family}:{code}", now)


def add_tag(contribution_id: int, tag: str, passage: str, tagger, staff_id: int, now: datetime) -> None:
    """Lay « family:code » by hand, on a passage or on the whole."""
    family, _, code = tag.partition(":")
    with writing() as session:
        contribution = _get(session, contribution_id)
        tagging.add(contribution_id, family, code, clean_text(passage), tagger, staff_id, now)
        contribution.read_at = contribution.read_at or now
        _note(session, contribution_id, staff_id, "tag_added", f"{family}:{code}", now)
