"""An export asked for, written, given to its maker alone, and deleted: each step is in the log."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from cafe.errors import Conflict, NotFound
from cafe.exports.choices import Choices
from cafe.exports.formats import FORMATS
from cafe.exports.models import Export
from cafe.exports.proof import still_holds, write_proof
from cafe.exports.reading import Corpus, count, read_corpus
from cafe.extensions import db, run, writing
from cafe.people.queries import the_dialogue

KEPT = timedelta(hours=24)
# An export that has not moved for so long was cut off.
SILENCE = timedelta(minutes=2)
AT_ONCE, STEPS = 2, 50
GONE = "Cet export n’est plus là. Demandez-le à nouveau."
STALE = "Des paroles de cet export ont été retirées ou changées depuis. Refaites-le : le choix est gardé."


@dataclass(frozen=True)
class Vault:
    """Where files wait for their maker, and the install's key that signs names and digests."""

    folder: Path
    key: str

    def file(self, export: Export) -> Path:
        return self.folder / export.key

    def proof(self, export: Export) -> Path:
        return self.folder / f"{export.key}.proof"

    def forget(self, export: Export) -> None:
        for path in (self.file(export), self.proof(export)):
            path.unlink(missing_ok=True)


def corpus_of(format: str, choices: Choices, vault: Vault, now: datetime) -> Corpus:
    """What these choices hold, under the names that suit the format."""
    dialogue = the_dialogue()
    return read_corpus(choices, dialogue.title if dialogue else "", vault.key, now, by_place=format == "frames")


def ask(key: str, format: str, choices: Choices, staff_id: int, now: datetime) -> tuple[Export, bool]:
    """Record an export, and whether it is new; asked again under the same key it is the same one."""
    if format not in FORMATS:
        raise NotFound("Ce format n’existe pas.")
    known = _by_key(key)
    if known is None:
        _refuse_too_many(staff_id, now)
        try:
            with writing() as session:
                export = _new(key, format, choices, staff_id, now)
                session.add(export)
            return export, True
        except IntegrityError:
            known = _by_key(key)
    if known is None or (known.staff_id, known.format, known.choices) != (staff_id, format, choices.written()):
        raise Conflict("Cet export est déjà parti avec d’autres choix. Rechargez la page, puis recommencez.")
    return known, False


def _new(key: str, format: str, choices: Choices, staff_id: int | None, now: datetime) -> Export:
    kept = count(choices)
    return Export(
        key=key, staff_id=staff_id, format=format, choices=choices.written(), asked_at=now, beat_at=now,
        expires_at=now + KEPT, contributions=kept, total=kept * FORMATS[format].passes,
    )  # fmt: skip


def _by_key(key: str) -> Export | None:
    return db.session.scalar(select(Export).where(Export.key == key))


def _refuse_too_many(staff_id: int, now: datetime) -> None:
    own = select(func.count()).where(Export.staff_id == staff_id, Export.state == "running")
    if run(own.where(Export.beat_at > now - SILENCE)).scalar() >= AT_ONCE:
        raise Conflict("Deux de vos exports sont en cours. Attendez que l’un finisse.")


def note_outside(key: str, format: str, choices: Choices, now: datetime) -> None:
    """Record an export that the command line wrote: its file is no longer ours."""
    with writing() as session:
        export = _new(key, format, choices, None, now)
        export.state, export.finished_at, export.done = "expired", now, export.total
        session.add(export)


def write_export(export_id: int, vault: Vault, clock: Callable[[], datetime]) -> None:
    """Write an export's file, aside then in place; cut short by an error it is marked as failed."""
    export = db.session.get(Export, export_id)
    vault.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        corpus = corpus_of(export.format, Choices.unwritten(export.choices), vault, clock())
        write_proof(corpus, vault.proof(export), vault.key)
        with TemporaryDirectory(dir=vault.folder) as aside:
            path = Path(aside) / "export"
            FORMATS[export.format].write(replace(corpus, progress=_progress(export, clock)), path)
            found = {"size": path.stat().st_size, "sha256": _digest(path), "contributions": len(corpus.texts)}
            path.chmod(0o600)
            path.replace(vault.file(export))
        _mark(export.id, state="done", done=export.total, finished_at=clock(), **found)
    except BaseException:
        vault.forget(export)
        _mark(export.id, state="failed", finished_at=clock())
        raise


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mark(export_id: int, **values) -> None:
    with writing():
        run(update(Export).where(Export.id == export_id).values(**values))
    db.session.expire_all()


def _progress(export: Export, clock: Callable[[], datetime]) -> Callable[[int], None]:
    """Count what is written, and say it some fifty times in all."""
    number, total, counts = export.id, export.total, {"done": 0, "said": 0}

    def progress(written: int) -> None:
        counts["done"] += written
        if counts["done"] - counts["said"] >= max(total / STEPS, 1):
            counts["said"] = counts["done"]
            _mark(number, done=min(counts["done"], total), beat_at=clock())

    return progress


def find_own(export_id: int, staff_id: int) -> Export:
    """One's own export; another's is not there."""
    export = db.session.get(Export, export_id)
    if export is None or export.staff_id != staff_id:
        raise NotFound(GONE)
    return export


def is_cut_off(export: Export, now: datetime) -> bool:
    return export.state == "running" and now - export.beat_at > SILENCE


def open_file(export_id: int, staff_id: int, vault: Vault, now: datetime) -> tuple[Export, Path]:
    """The file, for its maker, until it expires, and as long as everyone in it lets their words be read."""
    export = find_own(export_id, staff_id)
    if export.state == "done" and now >= export.expires_at:
        drop_expired(vault, now)
    elif export.state == "done" and not still_holds(vault.proof(export), vault.key):
        vault.forget(export)
        _mark(export.id, state="stale")
    export = find_own(export_id, staff_id)
    if export.state == "stale":
        raise NotFound(STALE)
    if export.state != "done":
        raise NotFound(GONE)
    _mark(export.id, downloads=export.downloads + 1)
    return export, vault.file(export)


def drop_stale(vault: Vault) -> int:
    """Delete the files that hold words taken back or changed since; returns how many."""
    done = db.session.scalars(select(Export).where(Export.state == "done")).all()
    stale = [export for export in done if not still_holds(vault.proof(export), vault.key)]
    for export in stale:
        vault.forget(export)
        _mark(export.id, state="stale")
    return len(stale)


def drop_expired(vault: Vault, now: datetime) -> int:
    """Delete the files whose time has passed; returns how many exports. Done twice it does no harm."""
    for path in vault.folder.glob("tags-*"):
        if path.stat().st_mtime < (now - KEPT).timestamp():
            path.unlink(missing_ok=True)
    ended = select(Export).where(Export.state == "done", Export.expires_at <= now)
    exports = list(db.session.scalars(ended))
    for export in exports:
        vault.forget(export)
        _mark(export.id, state="expired")
    return len(exports)
