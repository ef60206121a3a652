"""To whom results are open: of a frozen dataset, page by page, to the committee and to citizens, each apart.

Live results are never opened. They move: what someone quotes would not be found again, and two readings a day apart
would tell what the one person who spoke in between said.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, select
from sqlalchemy.exc import IntegrityError

from cafe.errors import Conflict, Refusal
from cafe.extensions import run, writing
from cafe.people.models import Staff
from cafe.results.models import FrozenDataset, ResultsLog
from cafe.results.site import PAGES
from cafe.statements import Ready

# What each audience reads until the organiser says otherwise: the committee, what it always read.
AT_FIRST = {"committee": "live", "citizens": "closed"}
# Citizens read pages of shares; votes, gaps and triptychs rest on cells too small for them.
OPENABLE = {
    "committee": tuple(page.slug for page in PAGES),
    "citizens": tuple(page.slug for page in PAGES if page.sections),
}  # fmt: skip
WHO = {"committee": "au comité", "citizens": "aux citoyens"}
NO_PAGE, SHOWN = "Choisissez au moins une page à ouvrir.", 50
ANOTHER = "Ce formulaire est déjà parti avec d’autres choix. Rechargez la page, puis recommencez."


@dataclass(frozen=True)
class Opening:
    """What an audience may read: `way` is opened, closed or live; opened, these pages of this dataset."""

    way: str
    frozen_id: int | None = None
    pages: tuple[str, ...] = ()
    at: datetime | None = None


_openings = (
    select(ResultsLog.action, ResultsLog.frozen_id, ResultsLog.detail, ResultsLog.at)
    .where(ResultsLog.audience == bindparam("audience"))
    .order_by(ResultsLog.id.desc())
    .limit(1)
)
# A citizen's page of the café asks for it at each visit.
_latest = Ready(_openings)


def opening_of(audience: str) -> Opening:
    row = _latest.first(audience=audience)
    if row is None:
        return Opening(AT_FIRST[audience])
    return Opening(row.action, row.frozen_id, tuple(row.detail.split()), row.at)


def open_results(audience: str, frozen_id: int, pages: Collection[str], key: str, staff_id: int, now: datetime) -> None:
    """Open these pages of a dataset to an audience, in place of what it read."""
    kept = [slug for slug in OPENABLE[audience] if slug in pages]
    if not kept:
        raise Refusal(NO_PAGE)
    note(key, "opened", staff_id, now, audience=audience, frozen_id=frozen_id, detail=" ".join(kept))


def close_results(audience: str, key: str, staff_id: int, now: datetime) -> None:
    """Let an audience read nothing."""
    note(key, "closed", staff_id, now, audience=audience)


def read_live(key: str, staff_id: int, now: datetime) -> None:
    """Let the committee read the figures of the day again; citizens never do."""
    note(key, "live", staff_id, now, audience="committee")


def note(key: str, action: str, staff_id: int | None, now: datetime, **about) -> None:
    """Add a line to the log; sent again under the same key it is the same one."""
    try:
        with writing() as session:
            session.add(ResultsLog(key=key, action=action, staff_id=staff_id, at=now, **about))
    except IntegrityError:
        known = run(select(*ResultsLog.__table__.columns).where(ResultsLog.key == key)).first()
        if known is None or any(getattr(known, name) != value for name, value in (about | {"action": action}).items()):
            raise Conflict(ANOTHER) from None


def open_to(frozen_id: int) -> list[str]:
    """The audiences that read a dataset now."""
    return [audience for audience in OPENABLE if opening_of(audience).frozen_id == frozen_id]


def latest_lines() -> Sequence[Row]:
    """The last lines of the log: what, whom for, which dataset, who, when."""
    columns = (ResultsLog.action, ResultsLog.audience, ResultsLog.detail, ResultsLog.at, ResultsLog.frozen_id)
    query = select(*columns, FrozenDataset.title, Staff.login).outerjoin(
        FrozenDataset, FrozenDataset.id == ResultsLog.frozen_id
    )
    query = query.outerjoin(Staff, Staff.id == ResultsLog.staff_id)
    return run(query.order_by(ResultsLog.id.desc()).limit(SHOWN)).all()
