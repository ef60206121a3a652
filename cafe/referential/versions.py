"""The référentiel's published versions, read without the tagger, which takes far more time and memory."""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import Row, func, select

from analysis.referential import Referential, parse_referential
from cafe.extensions import run, writing
from cafe.referential.models import ReferentialVersion
from cafe.statements import Ready

_versions = select(ReferentialVersion.number, ReferentialVersion.digest)
_latest = Ready(_versions.order_by(ReferentialVersion.number.desc()).limit(1))


def publish(source: str, now: datetime) -> int:
    """Publish a référentiel as the next version, after checking that it can be read."""
    referential = parse_referential(source)
    with writing() as session:
        number = (session.scalar(select(func.max(ReferentialVersion.number))) or 0) + 1
        session.add(ReferentialVersion(number=number, digest=referential.hash, source=source, published_at=now))
        session.flush()
    return number


def latest_version() -> Row | None:
    """The number and the digest of what was published last, or None."""
    return _latest.first()


def has_referential() -> bool:
    return latest_version() is not None


def current_referential() -> tuple[int, Referential]:
    """The latest version's number and what it holds."""
    latest = latest_version()
    return latest.number, _referential(latest.number, latest.digest)


@lru_cache(maxsize=4)
def _referential(version: int, _digest: str) -> Referential:
    return parse_referential(source_of(version))


def source_of(version: int) -> str:
    """The text of a published version, as it was written."""
    return run(select(ReferentialVersion.source).where(ReferentialVersion.number == version)).scalar_one()
