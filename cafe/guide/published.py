"""The guide's published versions: publish one, find the one in use, read one as it was."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select

from cafe.errors import NotFound, Refusal
from cafe.extensions import db, run, writing
from cafe.guide.comparing import reused_codes
from cafe.guide.definition import Guide
from cafe.guide.models import GuideVersion
from cafe.guide.reading import guide_hash, read_guide
from cafe.people.models import Dialogue
from cafe.referential.services import current_tagger


@dataclass(frozen=True)
class Published:
    """A version in the base, and the guide that it holds."""

    id: int
    number: int
    digest: str
    guide: Guide


_versions = select(GuideVersion.id, GuideVersion.number, GuideVersion.digest)
_latest = _versions.order_by(GuideVersion.id.desc()).limit(1)


def publish(source: str, now: datetime, staff_id: int | None = None) -> int:
    """Publish a guide's text as its next version; what could not be read or compared later is refused.

    Raises BadInput for a fault of the text, Refusal for a version or a code that was used before.
    """
    guide = read_guide(source, current_tagger().referential)
    with writing() as session:
        hold_the_guide(session)
        for sentence in refusals_of(guide):
            raise Refusal(sentence)
        version = GuideVersion(
            slug=guide.slug, number=guide.version, digest=guide_hash(source), source=source,
            definition=guide.model_dump_json(), published_at=now, staff_id=staff_id,
        )  # fmt: skip
        session.add(version)
        session.flush()
        return version.id


def hold_the_guide(session) -> None:
    """Two who write or publish at once come one after the other; SQLite's write lock does it already."""
    session.execute(select(Dialogue.id).with_for_update())


def refusals_of(guide: Guide) -> list[str]:
    """Why a guide that reads well may not be published: its version, its codes; one sentence each."""
    before = every_version()
    last = max((published.number for published in before if published.guide.slug == guide.slug), default=0)
    told = [f"La version {last} est déjà publiée : écrivez version: {last + 1}."] if guide.version <= last else []
    return told + reused_codes([published.guide for published in before], guide)


def current_guide() -> Published | None:
    """The version that whoever begins now is asked; None before any."""
    row = run(_latest).first()
    return row and _published(*row)


def guide_of(version_id: int) -> Published:
    """A version as it was published; raises NotFound."""
    row = run(_versions.where(GuideVersion.id == version_id)).first()
    if row is None:
        raise NotFound("Cette version du guide n’existe pas.")
    return _published(*row)


def every_version() -> list[Published]:
    """What was published, the first one first: an answer's code means one thing in the whole dialogue."""
    return [_published(*row) for row in run(_versions.order_by(GuideVersion.id)).all()]


def _published(version_id: int, number: int, digest: str) -> Published:
    return Published(version_id, number, digest, parsed(version_id, digest))


@lru_cache(maxsize=32)
def parsed(version_id: int, _digest: str) -> Guide:
    """A version's guide, read once a process: it never changes. The digest tells bases apart."""
    definition = db.session.scalar(select(GuideVersion.definition).where(GuideVersion.id == version_id))
    return Guide.model_validate_json(definition)
