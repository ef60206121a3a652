"""Which announced quotes still stand: words that count, said to all, and whose author did not say no."""

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from cafe.corpus.models import Contribution
from cafe.extensions import run
from cafe.forum.models import CafeQuestion
from cafe.moderation.models import Objection
from cafe.people.models import Participant
from cafe.restitution.models import Edition, Quote

_for_the_team = (
    select(CafeQuestion.question_id)
    .where(CafeQuestion.question_id == Contribution.question_id, CafeQuestion.visibility == "never")
    .exists()
)
is_objected = select(Objection.contribution_id).where(Objection.contribution_id == Contribution.id).exists()


def may_be_quoted() -> ColumnElement[bool]:
    """Whether the contribution of a query, joined to its participant, counts and was said to all."""
    counts = (Contribution.status == "published") & Participant.erased_at.is_(None)
    return counts & Contribution.private.is_(False) & ~_for_the_team


def stands() -> ColumnElement[bool]:
    """The same, when its author did not say no either."""
    return may_be_quoted() & ~is_objected


def alike() -> ColumnElement[int]:
    """How many people share the group and the subgroup of a query's participant: so few, and they sign without it."""
    other = aliased(Participant)
    same = (other.group_code == Participant.group_code, other.subgroup == Participant.subgroup)
    count = select(func.count(other.id)).where(*same, other.erased_at.is_(None))
    return count.correlate(Participant).scalar_subquery()


def current_edition():
    """The edition opened last, or None."""
    return run(select(Edition.__table__).order_by(Edition.id.desc()).limit(1)).first()


def edition_before(edition):
    """The edition that came out before this one, or None."""
    earlier = (Edition.id < edition.id) & Edition.published_at.is_not(None)
    return run(select(Edition.__table__).where(earlier).order_by(Edition.id.desc()).limit(1)).first()


def of_edition(edition_id: int, *columns) -> Select:
    """A query over the quotes that an edition announced, their contributions and their authors."""
    return _quotes(*columns).where(Quote.edition_id == edition_id)


def _quotes(*columns) -> Select:
    return (
        select(*columns)
        .select_from(Quote)
        .join(Contribution, Contribution.id == Quote.contribution_id)
        .join(Participant, Participant.id == Contribution.participant_id)
    )


def standing(edition_id: int) -> set[int]:
    """The contributions that this edition announced and may quote today."""
    return set(run(of_edition(edition_id, Contribution.id).where(stands())).scalars())


def left(edition) -> int:
    """How many quotes, of the edition before and of those announced since, their authors took back or objected to.

    Words withdrawn leave a count and no row; those that a moderator hid count too.
    """
    before = edition_before(edition)
    published_before = (Quote.edition_id == (before.id if before else 0)) & Quote.published
    gone = _quotes(func.count(Contribution.id.distinct())).where(~stands())
    count = run(gone.where((Quote.edition_id == edition.id) | published_before)).scalar()
    return count + edition.left_before + edition.left_after + (before.left_after if before else 0)
