"""What the desk reads of the published versions: by whom, how many sittings each way; the text of one."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from cafe.errors import NotFound
from cafe.extensions import run
from cafe.guide.models import GuideVersion, Sitting
from cafe.people.models import Staff


@dataclass(frozen=True)
class VersionLine:
    """A version in the list; `login`: who published it, empty when the install did; `sittings`: how many, by way."""

    id: int
    slug: str
    number: int
    digest: str
    published_at: datetime
    login: str
    sittings: Counter


_lines = (
    select(
        GuideVersion.id, GuideVersion.slug, GuideVersion.number, GuideVersion.digest, GuideVersion.published_at,
        func.coalesce(Staff.login, "").label("login"),
    )
    .outerjoin(Staff, Staff.id == GuideVersion.staff_id)
    .order_by(GuideVersion.id.desc())
)  # fmt: skip
_counted = (
    select(Sitting.version_id, Sitting.way, func.count())
    .where(Sitting.erased_at.is_(None))
    .group_by(Sitting.version_id, Sitting.way)
)


def version_lines() -> list[VersionLine]:
    """Every version, the latest first: it is the one in use."""
    counts: dict[int, Counter] = {}
    for version_id, way, count in run(_counted).all():
        counts.setdefault(version_id, Counter())[way] = count
    rows = run(_lines).mappings().all()
    return [VersionLine(**row, sittings=counts.get(row["id"], Counter())) for row in rows]


def source_of(version_id: int) -> str:
    """A version's text as it was published; raises NotFound."""
    source = run(select(GuideVersion.source).where(GuideVersion.id == version_id)).scalar()
    if source is None:
        raise NotFound("Cette version du guide n’existe pas.")
    return source
