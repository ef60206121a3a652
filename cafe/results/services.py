"""The results of the dialogue as it stands: what they rest on, and their computation."""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import func, select

from analysis.report import Options, Report, report
from cafe.corpus.models import Answer, Contribution, Tag
from cafe.extensions import db, run
from cafe.moderation.models import Decision, Retained
from cafe.people.models import Group, Participant
from cafe.referential.services import current_tagger
from cafe.results.frames import contribution_names, frames_from_base
from cafe.results.queries import said_to_the_team


@dataclass(frozen=True)
class Results:
    """The report, the référentiel's version that made it, what it rests on and when it was made.

    `quotable`: the contributions, under their stable pseudonyms, that were not said to the team alone.
    """

    report: Report
    version: int
    digest: str
    made_at: datetime
    quotable: frozenset[str]


def state_digest() -> str:
    """A mark of all that a figure may rest on: it changes when something said, tagged, answered or decided does, or
    when there are other outputs."""
    said = select(func.count(), func.max(Contribution.id), func.max(Contribution.edited_at))
    marks = (
        said.where(Contribution.status == "published"),
        select(func.count(), func.max(Tag.id), func.max(Tag.decided_at)).where(Tag.state != "removed"),
        select(func.count(), func.max(Answer.id), func.max(Answer.created_at)),
        select(func.max(Decision.id), select(func.count()).select_from(Retained).scalar_subquery()),
    )
    groups = select(Group.code, Group.label, Group.side, Group.in_total).order_by(Group.code)
    people = select(
        Participant.id, Participant.group_code, Participant.subgroup, Participant.profile, Participant.target,
        Participant.place, Participant.cluster, Participant.erased_at,
    ).order_by(Participant.id)  # fmt: skip
    rows = [list(map(str, row)) for query in (*marks, groups, people) for row in run(query)]
    outputs = [output.name for output in fields(Report)]
    return hashlib.sha256(json.dumps([outputs, current_tagger().version, rows]).encode()).hexdigest()


def compute(now: datetime) -> Results:
    """The whole report of this moment, under stable pseudonyms that no page shows."""
    digest, tagger = state_digest(), current_tagger()
    frames, names = frames_from_base(stable_pseudonyms=True), contribution_names()
    kept = set(db.session.scalars(select(Retained.contribution_id)))
    options = Options(retained=frozenset(names[number] for number in kept & names.keys()))
    quotable = frozenset(names.values()) - {names[number] for number in said_to_the_team() & names.keys()}
    return Results(report(frames, tagger.referential, options), tagger.version, digest, now, quotable)
