"""The référentiel's versions, and the tagger that the latest one makes."""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, select

from analysis.referential import Referential, parse_referential
from analysis.tagging import Tagger
from cafe.extensions import run, writing
from cafe.referential.models import ReferentialVersion


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
    return number


_versions = select(ReferentialVersion.number, ReferentialVersion.digest)
_latest = _versions.order_by(ReferentialVersion.number.desc()).limit(1)


def current_tagger() -> VersionedTagger:
    """The tagger of the latest version; built once a process, since building it reads every rule."""
    version, digest = run(_latest).one()
    return _tagger(version, digest)


@lru_cache(maxsize=4)
def _tagger(version: int, _digest: str) -> VersionedTagger:
    return VersionedTagger(parse_referential(source_of(version)), version)


def current_referential() -> tuple[int, Referential]:
    """The latest version's number and what it holds, without the tagger, which takes far more memory."""
    version, digest = run(_latest).one()
    return version, _referential(version, digest)


@lru_cache(maxsize=4)
def _referential(version: int, _digest: str) -> Referential:
    return parse_referential(source_of(version))


def source_of(version: int) -> str:
    """The text of a published version, as it was written."""
    return run(select(ReferentialVersion.source).where(ReferentialVersion.number == version)).scalar_one()
