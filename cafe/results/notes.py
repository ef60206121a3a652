"""Notes of the analysts beside an output: dated, signed, never overwritten, with the figures they were written on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Row, delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from cafe.corpus.words import clean_text
from cafe.errors import Conflict, NotAllowed, NotFound, Refusal
from cafe.extensions import db, run, writing
from cafe.people.models import Staff
from cafe.results.models import NoteDraft, ResultsNote
from cafe.results.site import PAGES

LONGEST = 4_000
# A note stands beside a section, or beside a page that has none.
PLACES = {title.name: title.title for page in PAGES for title in page.sections}
PLACES |= {page.slug: page.title for page in PAGES if not page.sections}
PAGE_OF = {title.name: page.slug for page in PAGES for title in page.sections}
ANOTHER = "Cette note est déjà partie avec d’autres mots. Votre texte est gardé ici : envoyez-le à nouveau."
CHANGED = "Cette note a été récrite entre-temps. Votre texte est gardé ici."


@dataclass(frozen=True)
class NewNote:
    """A note on its way in. `replaces_id`: the one that it rewrites; with an empty `text`, takes away.

    `figures_at`, `version`: the figures on which it is written, and their référentiel.
    """

    place: str
    frozen_id: int | None
    text: str
    for_committee: bool
    replaces_id: int | None
    figures_at: datetime | None
    version: int


def page_of(place: str) -> str:
    """The page on which a place is; raises NotFound."""
    if place not in PLACES:
        raise NotFound("Cette page de résultats n’existe pas.")
    return PAGE_OF.get(place, place)


def write_note(new: NewNote, key: str, staff_id: int, is_organiser: bool, now: datetime) -> None:
    """Add a note; sent again under the same key it is the same one. Its author alone, or the organiser, rewrites it."""
    values = asdict(new) | {"text": _checked(new)}
    if new.replaces_id:
        _check_replaced(new, staff_id, is_organiser)
    try:
        with writing() as session:
            session.add(ResultsNote(key=key, staff_id=staff_id, written_at=now, **values))
            session.execute(delete(NoteDraft).where(*_draft(staff_id, new.place, new.frozen_id)))
    except IntegrityError:
        known = db.session.scalar(select(ResultsNote).where(ResultsNote.key == key))
        if known is None:
            raise Conflict(CHANGED) from None
        same = ("place", "frozen_id", "text", "for_committee", "replaces_id")
        if known.staff_id != staff_id or any(getattr(known, name) != values[name] for name in same):
            raise Conflict(ANOTHER) from None


def _checked(new: NewNote) -> str:
    text = clean_text(new.text)
    if not text and not new.replaces_id:
        raise Refusal("Votre note est vide. Écrivez quelques mots, puis gardez-la.")
    if len(text) > LONGEST:
        raise Refusal(f"Votre note est trop longue : {len(text)} signes pour {LONGEST} au plus.")
    return text


def _check_replaced(new: NewNote, staff_id: int, is_organiser: bool) -> None:
    former = db.session.get(ResultsNote, new.replaces_id)
    if former is None or (former.place, former.frozen_id) != (new.place, new.frozen_id):
        raise NotFound("Cette note n’existe pas.")
    if former.staff_id != staff_id and not is_organiser:
        raise NotAllowed("Seul son auteur récrit une note. Écrivez la vôtre à côté.")


_later = aliased(ResultsNote)
_columns = (
    ResultsNote.id, ResultsNote.text, ResultsNote.for_committee, ResultsNote.figures_at, ResultsNote.version,
    ResultsNote.written_at, ResultsNote.staff_id, ResultsNote.replaces_id, Staff.login,
)  # fmt: skip


def standing_notes(place: str, frozen_id: int | None, committee: bool = False) -> Sequence[Row]:
    """The notes at a place as they read today, oldest first; those that the committee may read, for it."""
    replaced = exists().where(_later.replaces_id == ResultsNote.id)
    query = _at(place, frozen_id).where(~replaced, ResultsNote.text != "")
    return run(query.where(ResultsNote.for_committee) if committee else query).all()


def history(place: str, frozen_id: int | None) -> Sequence[Row]:
    """Everything that was written at a place, oldest first."""
    return run(_at(place, frozen_id)).all()


def _at(place: str, frozen_id: int | None):
    here = (ResultsNote.place == place) & ResultsNote.frozen_id.is_not_distinct_from(frozen_id)
    return select(*_columns).join(Staff, Staff.id == ResultsNote.staff_id).where(here).order_by(ResultsNote.id)


def save_draft(place: str, frozen_id: int | None, text: str, staff_id: int, now: datetime) -> None:
    """Keep what someone began to write."""
    with writing() as session:
        draft = session.scalar(select(NoteDraft).where(*_draft(staff_id, place, frozen_id)))
        if draft is None:
            draft = NoteDraft(staff_id=staff_id, place=place, frozen=frozen_id or 0)
            session.add(draft)
        draft.text, draft.updated_at = clean_text(text)[:LONGEST], now


def draft_of(place: str, frozen_id: int | None, staff_id: int) -> str:
    return run(select(NoteDraft.text).where(*_draft(staff_id, place, frozen_id))).scalar() or ""


def _draft(staff_id: int, place: str, frozen_id: int | None) -> tuple:
    return NoteDraft.staff_id == staff_id, NoteDraft.place == place, NoteDraft.frozen == (frozen_id or 0)
