"""A mark of all that a figure may rest on: it changes when something said, tagged, answered or decided does."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields

from sqlalchemy import func, select, text

from analysis.report import Report
from cafe.corpus.models import Answer, Contribution, Tag
from cafe.extensions import db, run
from cafe.moderation.models import Decision, Objection, Retained
from cafe.people.models import Group, Participant
from cafe.referential.services import current_tagger
from cafe.statements import Ready

_said = select(func.count(), func.max(Contribution.id), func.max(Contribution.edited_at))
_place = (
    Participant.id, Participant.group_code, Participant.subgroup, Participant.profile, Participant.target,
    Participant.place, Participant.cluster, Participant.erased_at,
)  # fmt: skip
MARKS = (
    Ready(_said.where(Contribution.status == "published")),
    Ready(select(func.count(), func.max(Tag.id), func.max(Tag.decided_at)).where(Tag.state != "removed")),
    Ready(select(func.count(), func.max(Answer.id), func.max(Answer.created_at))),
    Ready(select(func.max(Decision.id), select(func.count()).select_from(Retained).scalar_subquery())),
    Ready(select(func.count(), func.max(Objection.objected_at))),
    Ready(select(Group.code, Group.label, Group.side, Group.in_total).order_by(Group.code)),
    Ready(select(*_place).order_by(Participant.id)),
)
# Other outputs are other results.
OUTPUTS = [output.name for output in fields(Report)]
WRITES = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_current_snapshot()::text"}


def state_digest() -> str:
    """The mark of what is there now."""
    return once_a_write(f"state {current_tagger().version}", _read_state)


def _read_state() -> str:
    rows = [list(map(str, row)) for mark in MARKS for row in mark.rows()]
    return hashlib.sha256(json.dumps([OUTPUTS, current_tagger().version, rows]).encode()).hexdigest()


def once_a_write(name: str, read: Callable[[], str]) -> str:
    """What `read` says of the base, asked again only once something was written there: everything is read for it."""
    known, seen = db.session.connection().info.setdefault("marks", {}), _writes()
    if name not in known or known[name][0] != seen:
        known[name] = seen, read()
    return known[name][1]


def _writes() -> tuple:
    """What changes with every write: of others, as the base says it, and of this very connection on SQLite."""
    connection = db.session.connection()
    own = getattr(connection.connection.dbapi_connection, "total_changes", 0)
    return run(text(WRITES[connection.dialect.name])).scalar(), own
