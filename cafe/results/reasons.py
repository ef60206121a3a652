"""Why people voted so, in their words: a few for each statement, those retained by moderators first."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select

from cafe.corpus.models import Contribution, Question
from cafe.extensions import db
from cafe.moderation.models import Retained
from cafe.people.models import Group, Participant
from cafe.results.queries import signature, subgroup_sizes

SHOWN = 3


def reasons_of(codes: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """For each statement, the words and how they are signed: with the group, and the subgroup when it is not small."""
    is_kept = select(Retained.section).where(Retained.contribution_id == Contribution.id).exists()
    order = func.row_number().over(
        partition_by=Contribution.question_id, order_by=(is_kept.desc(), Contribution.id.desc())
    )
    said = (
        select(
            Question.code, Contribution.text, Group.code.label("group_code"), Group.label, Participant.subgroup,
            order.label("place"),
        )
        .join(Contribution, Contribution.question_id == Question.id)
        .join(Participant, Participant.id == Contribution.participant_id)
        .join(Group, Group.code == Participant.group_code)
        .where(Question.code.in_(list(codes)), Participant.erased_at.is_(None))
        .where(Contribution.status == "published", Contribution.private.is_(False))
        .subquery()
    )  # fmt: skip
    sizes, found = subgroup_sizes(), defaultdict(list)
    for row in db.session.execute(select(said).where(said.c.place <= SHOWN).order_by(said.c.place)):
        found[row.code].append((row.text, signature(row.label, row.subgroup, sizes[row.group_code, row.subgroup])))
    return found
