"""The text of a guide's next version: kept with its faults, never written over unseen, published for good."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select

from cafe.corpus.words import UNREADABLE
from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import run, writing
from cafe.guide.definition import Guide
from cafe.guide.lint import ERROR, Remark, lint
from cafe.guide.models import GuideDraft, GuideVersion
from cafe.guide.published import current_guide, hold_the_guide, publish, refusals_of
from cafe.guide.reading import SHIPPED, Fault, find_faults, guide_hash, read_guide
from cafe.guide.versions import source_of
from cafe.people.models import Staff
from cafe.referential.services import current_tagger

LONGEST = 60_000
# What the draft is called in an address, where a version has its number.
NAME = "brouillon"
VERSION = re.compile(r"^version:.*$", re.MULTILINE)
CHANGED = "Le brouillon a changé pendant que vous écriviez. Votre texte est gardé ici, l’autre est plus bas."
READ_AGAIN = "Le brouillon a changé depuis que vous l’avez lu. Relisez-le, puis recommencez."


@dataclass(frozen=True)
class Draft:
    """The draft as it stands; `token` is what its text is known by."""

    source: str
    token: str
    updated_at: datetime
    login: str


@dataclass(frozen=True)
class Examined:
    """What a text is worth as a guide: itself when it can be read, else its faults; what is hard to read in it."""

    guide: Guide | None
    faults: tuple[Fault, ...]
    remarks: tuple[Remark, ...]

    @property
    def errors(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.level == ERROR]

    @property
    def warnings(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.level != ERROR]


_draft = select(GuideDraft.source, GuideDraft.updated_at, Staff.login).outerjoin(Staff, Staff.id == GuideDraft.staff_id)


def find_draft() -> Draft | None:
    """The draft, if there is one: a dialogue writes one guide."""
    row = run(_draft).first()
    return row and Draft(row.source, guide_hash(row.source), row.updated_at, row.login or "")


def the_draft() -> Draft:
    """The draft; raises NotFound."""
    draft = find_draft()
    if draft is None:
        raise NotFound("Il n’y a pas de brouillon. Commencez-en un depuis la page du guide.")
    return draft


def examine(source: str) -> Examined:
    """Read a text with the référentiel in force; nothing is kept of it."""
    if len(source) > LONGEST:
        return Examined(None, (Fault(1, _too_long(source)),), ())
    return _examine(source, current_tagger().referential.hash)


@lru_cache(maxsize=8)
def _examine(source: str, _referential: str) -> Examined:
    referential = current_tagger().referential
    faults = tuple(find_faults(source, referential))
    if faults:
        return Examined(None, faults, ())
    return Examined(read_guide(source, referential), (), tuple(lint(source, referential)))


def refusals_for(examined: Examined) -> list[str]:
    """Why a text that reads well could not be published; one sentence each."""
    return refusals_of(examined.guide) if examined.guide else []


def clean_source(typed: str) -> str:
    """The text as it is stored: LF, NFC, nothing unseen; its spaces count. Refused when there is none or too much."""
    text = unicodedata.normalize("NFC", UNREADABLE.sub("", typed.replace("\r\n", "\n").replace("\r", "\n"))).rstrip()
    if not text:
        raise Refusal("Ce texte est vide. Écrivez le guide, puis enregistrez.")
    if len(text) > LONGEST:
        raise Refusal(_too_long(text))
    return text + "\n"


def _too_long(text: str) -> str:
    return f"Ce texte est trop long : {len(text)} signes pour {LONGEST} au plus."


def next_source() -> str:
    """What a new draft begins with: the version in use under the next number, else the guide that is shipped."""
    current = current_guide()
    if current is None:
        return SHIPPED.read_text(encoding="utf-8")
    return VERSION.sub(f"version: {current.number + 1}", source_of(current.id), count=1)


def save(typed: str, token: str, staff_id: int, now: datetime) -> None:
    """Keep the draft's text, faulty or not; `token` names the text that was read and changed, empty for none.

    Sent again it changes nothing. Raises Conflict when someone changed the draft meanwhile.
    """
    source = clean_source(typed)
    with writing() as session:
        hold_the_guide(session)
        row = session.scalar(select(GuideDraft))
        known = guide_hash(row.source) if row else ""
        if known == guide_hash(source):
            return
        if known != token:
            raise Conflict(CHANGED)
        if row is None:
            row = GuideDraft(slug=_slug())
            session.add(row)
        row.source, row.updated_at, row.staff_id = source, now, staff_id


def _slug() -> str:
    current = current_guide()
    return current.guide.slug if current else "guide"


def discard(token: str) -> None:
    """Throw the draft away, if it is still the text that was read."""
    with writing() as session:
        hold_the_guide(session)
        row = session.scalar(select(GuideDraft))
        if row and guide_hash(row.source) != token:
            raise Conflict(READ_AGAIN)
        if row:
            session.delete(row)


def publish_draft(token: str, staff_id: int, now: datetime) -> int:
    """Publish the draft that was read; sent again, the same version is answered and nothing more is published."""
    with writing() as session:
        hold_the_guide(session)
        row = session.scalar(select(GuideDraft))
        if row is None or guide_hash(row.source) != token:
            done = session.scalar(select(GuideVersion.id).where(GuideVersion.digest == token).limit(1))
            if done is None:
                raise Conflict(READ_AGAIN)
            return done
        version_id = publish(row.source, now, staff_id)
        session.delete(row)
    return version_id


def publish_shipped(staff_id: int, now: datetime) -> None:
    """Publish the guide that is shipped, for an install that has none."""
    with writing() as session:
        hold_the_guide(session)
        if current_guide() is None:
            publish(SHIPPED.read_text(encoding="utf-8"), now, staff_id)
