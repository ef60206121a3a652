"""Which announced quotes still stand: words that count, said to all, and whose author did not say no."""

from sqlalchemy import ColumnElement, func, select

from cafe.corpus.models import Contribution
from cafe.extensions import run
from cafe.forum.models import CafeQuestion
from cafe.people.models import Participant
from cafe.restitution.models import Edition, Objection, Quote

_said_to_all = func.coalesce(
    select(CafeQuestion.visibility).where(CafeQuestion.question_id == Contribution.question_id).scalar_subquery(), ""
)


def stands() -> ColumnElement[bool]:
    """Whether the contribution of a query, joined to its participant, may be quoted."""
    return (
        (Contribution.status == "published")
        & Contribution.private.is_(False)
        & (_said_to_all != "never")
        & Participant.erased_at.is_(None)
        & ~select(Objection.contribution_id).where(Objection.contribution_id == Contribution.id).exists()
    )


def current_edition():
    """The edition opened last, or None."""
    return run(select(Edition.__table__).order_by(Edition.id.desc()).limit(1)).first()


def edition_before(edition):
    """The edition that came out before this one, or None."""
    earlier = (Edition.id < edition.id) & Edition.published_at.is_not(None)
    return run(select(Edition.__table__).where(earlier).order_by(Edition.id.desc()).limit(1)).first()


def standing(edition_id: int) -> set[int]:
    """The contributions that this edition announced and may quote today."""
    return set(run(_of(Quote.edition_id == edition_id).where(stands())).scalars())


def _of(*where) -> select:
    return (
        select(Contribution.id)
        .join(Quote, Quote.contribution_id == Contribution.id)
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(*where)
    )


def left(edition) -> int:
    """How many quotes, of the edition before and of those announced since, their authors took back or objected to.

    Words withdrawn leave a count and no row; those that a moderator hid count too.
    """
    before = edition_before(edition)
    lists = (Quote.edition_id == edition.id) | ((Quote.edition_id == (before.id if before else 0)) & Quote.published)
    gone = run(
        select(func.count(func.distinct(Contribution.id))).select_from(_joined()).where(lists, ~stands())
    ).scalar()
    return gone + edition.left_before + edition.left_after + (before.left_after if before else 0)


def _joined():
    return Contribution.__table__.join(Quote.__table__, Quote.contribution_id == Contribution.id).join(
        Participant.__table__, Participant.id == Contribution.participant_id
    )
