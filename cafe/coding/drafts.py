"""The référentiel's draft: opened from the version in force, changed one thing at a time, published or thrown away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import uuid4

from sqlalchemy import delete, select

from analysis.errors import BadInput
from analysis.referential import Referential, parse_referential
from cafe.coding.models import ReferentialDraft
from cafe.errors import Conflict
from cafe.extensions import db, writing
from cafe.referential.models import ReferentialVersion
from cafe.referential.versions import publish as publish_version

ONLY = 1
CHANGED = "Quelqu’un a changé le brouillon entre-temps. Ce que vous avez écrit est gardé ici : relisez, puis renvoyez."


@dataclass(frozen=True)
class Draft:
    """The text being prepared and the token of its last change; `exists` is false while it is the version in force."""

    source: str
    token: str
    base: int
    exists: bool

    @property
    def referential(self) -> Referential:
        """What it states; raises BadInput for a fault."""
        return _parsed(self.source)

    @property
    def fault(self) -> str:
        """What keeps the text from being read, empty when nothing does."""
        try:
            _parsed(self.source)
        except BadInput as error:
            return str(error)
        return ""


# Reading a whole référentiel takes half a second; pages ask for the same one again and again.
_parsed = lru_cache(maxsize=4)(parse_referential)


def find() -> Draft:
    """The draft; before any, the version in force under a token of its own."""
    draft = db.session.get(ReferentialDraft, ONLY, populate_existing=True)
    if draft:
        return Draft(draft.source, draft.token, draft.base, True)
    return in_force()


def in_force() -> Draft:
    """The version that lays tags now, as a draft with nothing new."""
    latest = select(ReferentialVersion).order_by(ReferentialVersion.number.desc()).limit(1)
    version = db.session.scalar(latest)
    return Draft(version.source, f"version {version.number}", version.number, False)


def change(token: str, edit: Callable[[str], str], staff_id: int, now: datetime) -> Draft:
    """Apply an edit to the text that the form showed; raises Conflict when it changed since, BadInput for a fault."""
    with writing():
        draft = _held(token)
        return _save(draft, edit(draft.source), staff_id, now)


def rewrite(token: str, source: str, staff_id: int, now: datetime) -> Draft:
    """Put a whole text in its place, faults included: they are told, and keep it from being published."""
    with writing():
        return _save(_held(token), source, staff_id, now)


def _held(token: str) -> Draft:
    draft = find()
    if draft.token != token:
        raise Conflict(CHANGED)
    return draft


def _save(draft: Draft, source: str, staff_id: int, now: datetime) -> Draft:
    saved = ReferentialDraft(
        id=ONLY, source=source, base=draft.base, token=str(uuid4()), staff_id=staff_id, updated_at=now
    )
    saved = db.session.merge(saved)
    return Draft(saved.source, saved.token, saved.base, True)


def discard(token: str) -> None:
    """Throw the draft away."""
    with writing() as session:
        _held(token)
        session.execute(delete(ReferentialDraft))


def publish(token: str, now: datetime) -> int:
    """Publish the draft as the next version and clear it; raises BadInput for a fault, Conflict when it changed."""
    with writing() as session:
        draft = _held(token)
        if not draft.exists:
            raise Conflict("Le brouillon est déjà publié, ou n’a rien de nouveau.")
        number = publish_version(draft.source, now)
        session.execute(delete(ReferentialDraft))
        return number
