"""What the desk and the door read of open links: who each is for, how many began and finished, whether it is open."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, select

from cafe.errors import NotFound
from cafe.extensions import run
from cafe.guide.links import UNKNOWN, state_of
from cafe.guide.models import OpenLink, Sitting
from cafe.people.models import Group


@dataclass(frozen=True)
class LinkLine:
    """A link and what became of it; `state`: open, full, closed or stopped."""

    link: Row
    begun: int
    finished: int
    state: str

    @property
    def left(self) -> int:
        return max(self.link.quota - self.begun, 0)


_counts = (
    select(
        Sitting.link_id,
        func.count().label("begun"),
        func.count(Sitting.finished_at).label("finished"),
    )
    .where(Sitting.link_id.is_not(None), Sitting.erased_at.is_(None))
    .group_by(Sitting.link_id)
    .subquery()
)
_lines = (
    select(
        *OpenLink.__table__.columns,
        Group.label.label("group"),
        func.coalesce(_counts.c.begun, 0).label("begun"),
        func.coalesce(_counts.c.finished, 0).label("finished"),
    )
    .join(Group, Group.code == OpenLink.group_code)
    .outerjoin(_counts, _counts.c.link_id == OpenLink.id)
)


def link_lines(now: datetime) -> list[LinkLine]:
    """Every link, the latest first."""
    return [_line(row, now) for row in run(_lines.order_by(OpenLink.id.desc())).all()]


def _line(row: Row, now: datetime) -> LinkLine:
    return LinkLine(row, row.begun, row.finished, state_of(row, row.begun, now))


def find_link(link_id: int, now: datetime) -> LinkLine:
    """One link; raises NotFound."""
    return _found(run(_lines.where(OpenLink.id == link_id)).first(), now)


def find_link_by(token: str, now: datetime) -> LinkLine:
    """The link of this address; raises NotFound."""
    return _found(run(_lines.where(OpenLink.token == token)).first(), now)


def _found(row: Row | None, now: datetime) -> LinkLine:
    if row is None:
        raise NotFound(UNKNOWN)
    return _line(row, now)
