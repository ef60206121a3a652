"""What the page of exports reads: what may be filtered on, and the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, func, select

from analysis.referential import Family
from cafe.corpus.models import Question
from cafe.exports.choices import SOURCE_LABELS
from cafe.exports.formats import FORMATS
from cafe.exports.models import Export
from cafe.extensions import run
from cafe.forum.models import Cafe
from cafe.people.models import Group, Staff
from cafe.referential.versions import current_referential

LOG, SHOWN = 20, 70


@dataclass(frozen=True)
class FilterLists:
    """What each filter may be set to."""

    groups: dict[str, str]
    questions: dict[str, str]
    days: int
    families: tuple[Family, ...]
    targets: dict[str, str]
    sources: dict[str, str]


def filter_lists() -> FilterLists:
    families = current_referential()[1].families
    targets = {tag.code: tag.label for family in families if family.code == "populations" for tag in family.tags}
    questions = run(select(Question.code, Question.text).order_by(Question.code))
    return FilterLists(
        groups=dict(run(select(Group.code, Group.label).order_by(Group.label)).tuples().all()),
        questions={row.code: f"{row.code} : {row.text[:SHOWN]}" for row in questions},
        days=run(select(func.max(Cafe.days))).scalar() or 0,
        families=tuple(family for family in families if family.tags),
        targets=targets,
        sources=SOURCE_LABELS,
    )


def latest_exports() -> Sequence[Row]:
    """The last exports of everyone: who, what, when, and where each stands."""
    columns = (Export.id, Export.staff_id, Export.format, Export.choices, Export.state, Export.contributions)
    query = select(*columns, Export.asked_at, Export.downloads, Staff.login).outerjoin(Staff)
    query = query.where(Export.format.in_(FORMATS))
    return run(query.order_by(Export.id.desc()).limit(LOG)).all()
