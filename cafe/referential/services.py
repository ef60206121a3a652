"""The référentiel's versions, and the tagger that the latest one makes."""

from datetime import datetime
from functools import lru_cache
from threading import Lock

from sqlalchemy import func, select

from analysis.referential import Referential, parse_referential
from analysis.tagging import Tagger
from cafe.extensions import run, writing
from cafe.referential.models import ReferentialVersion
from cafe.statements import Ready


class VersionedTagger:
    """A tagger that knows which published version it speaks for."""

    def __init__(self, referential: Referential, version: int):
        self.referential, self.version = referential, version
        self._tagger = Tagger(referential)
        self._follow_ups = {
            (family.code, tag.code): tag.follow_up for family in referential.families for tag in family.tags
        }

    def tag(self, text: str, question: str = ""):
        return self._tagger.tag(text, question)

    def follow_up(self, family: str, tag: str) -> str:
        """The question that the référentiel holds for a tag, empty when it has none."""
        return self._follow_ups.get((family, tag), "")


def publish(source: str, now: datetime) -> int:
    """Publish a référentiel as the next version, after checking that it can be read."""
    referential = parse_referential(source)
    with writing() as session:
        number = (session.scalar(select(func.max(ReferentialVersion.number))) or 0) + 1
        session.add(ReferentialVersion(number=number, digest=referential.hash, source=source, published_at=now))
        session.flush()
    return number


_versions = select(ReferentialVersion.number, ReferentialVersion.digest)
# Several threads that wait for a new version's tagger build it once, not each.
_building = Lock()
_latest = Ready(_versions.order_by(ReferentialVersion.number.desc()).limit(1))


def current_tagger() -> VersionedTagger:
    """The tagger of the latest version; built once a process, since building it reads every rule."""
    latest = _latest.first()
    with _building:
        return _tagger(latest.number, latest.digest)


def has_referential() -> bool:
    return _latest.first() is not None


def prepare_tagger() -> None:
    """Build the tagger before anyone posts, if a référentiel is published: the first post would wait for seconds."""
    if has_referential():
        current_tagger()


@lru_cache(maxsize=4)
def _tagger(version: int, _digest: str) -> VersionedTagger:
    return VersionedTagger(parse_referential(source_of(version)), version)


def current_referential() -> tuple[int, Referential]:
    """The latest version's number and what it holds, without the tagger, which takes far more memory."""
    latest = _latest.first()
    return latest.number, _referential(latest.number, latest.digest)


@lru_cache(maxsize=4)
def _referential(version: int, _digest: str) -> Referential:
    return parse_referential(source_of(version))


def source_of(version: int) -> str:
    """The text of a published version, as it was written."""
    return run(select(ReferentialVersion.source).where(ReferentialVersion.number == version)).scalar_one()
