"""A file made for one person: asked for, written aside, theirs alone until it expires or its words are taken back."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from cafe.errors import Conflict, NotFound
from cafe.exports.models import Export
from cafe.exports.proof import still_holds
from cafe.extensions import db, run, writing

KEPT = timedelta(hours=24)
# An export that has not moved for so long was cut off.
SILENCE = timedelta(minutes=2)
AT_ONCE, STEPS = 2, 50
GONE = "Cet export n’est plus là. Demandez-le à nouveau."
STALE = "Des paroles de cet export ont été retirées ou changées depuis. Refaites-le : le choix est gardé."
Progress = Callable[[int], None]


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


def record(key: str, staff_id: int, format: str, choices: str, new: Callable[[], Export], now: datetime):
    """Record an export, and whether it is new; asked again under the same key it is the same one."""
    known = _by_key(key)
    if known is None:
        _refuse_too_many(staff_id, now)
        try:
            with writing() as session:
                session.add(export := new())
            return export, True
        except IntegrityError:
            known = _by_key(key)
    if known is None or (known.staff_id, known.format, known.choices) != (staff_id, format, choices):
        raise Conflict("Cet export est déjà parti avec d’autres choix. Rechargez la page, puis recommencez.")
    return known, False


def _by_key(key: str) -> Export | None:
    return db.session.scalar(select(Export).where(Export.key == key))


def _refuse_too_many(staff_id: int, now: datetime) -> None:
    own = select(func.count()).where(Export.staff_id == staff_id, Export.state == "running")
    if run(own.where(Export.beat_at > now - SILENCE)).scalar() >= AT_ONCE:
        raise Conflict("Deux de vos exports sont en cours. Attendez que l’un finisse.")


def write(export: Export, vault: Vault, clock: Callable[[], datetime], fill: Callable[[Path], int]) -> None:
    """Write an export's file, aside then in place; cut short by an error it is marked as failed.

    `fill` writes the proof of what the file holds, then the file at the path given; returns its contributions.
    """
    vault.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with TemporaryDirectory(dir=vault.folder) as aside:
            path = Path(aside) / "export"
            found = {"contributions": fill(path), "size": path.stat().st_size, "sha256": _digest(path)}
            path.chmod(0o600)
            path.replace(vault.file(export))
        mark(export.id, state="done", done=Export.total, finished_at=clock(), **found)
    except BaseException:
        vault.forget(export)
        mark(export.id, state="failed", finished_at=clock())
        raise


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def mark(export_id: int, **values) -> None:
    with writing():
        run(update(Export).where(Export.id == export_id).values(**values))
    db.session.expire_all()


def progress_of(export: Export, total: int, clock: Callable[[], datetime]) -> Progress:
    """Count what is written, and say it some fifty times in all."""
    number, counts = export.id, {"done": 0, "said": 0}

    def progress(written: int) -> None:
        counts["done"] += written
        if counts["done"] - counts["said"] >= max(total / STEPS, 1):
            counts["said"] = counts["done"]
            mark(number, done=min(counts["done"], total), beat_at=clock())

    return progress


def find_own(export_id: int, staff_id: int, formats: Collection[str]) -> Export:
    """One's own export, in one of these formats; another's is not there."""
    export = db.session.get(Export, export_id)
    if export is None or export.staff_id != staff_id or export.format not in formats:
        raise NotFound(GONE)
    return export


def is_cut_off(export: Export, now: datetime) -> bool:
    return export.state == "running" and now - export.beat_at > SILENCE


def open_file(export: Export, vault: Vault, may_open: Callable[[Path], bool], now: datetime) -> Path:
    """The file, until it expires, and as long as everyone in it lets their words be read."""
    if export.state == "done" and now >= export.expires_at:
        drop_expired(vault, now)
    elif export.state == "done" and not may_open(vault.proof(export)):
        vault.forget(export)
        mark(export.id, state="stale")
    export = db.session.get(Export, export.id)
    if export.state == "stale":
        raise NotFound(STALE)
    if export.state != "done":
        raise NotFound(GONE)
    mark(export.id, downloads=export.downloads + 1)
    return vault.file(export)


def drop_stale(vault: Vault) -> int:
    """Delete the files that hold words taken back or changed since; returns how many."""
    done = db.session.scalars(select(Export).where(Export.state == "done")).all()
    stale = [export for export in done if not still_holds(vault.proof(export), vault.key)]
    for export in stale:
        vault.forget(export)
        mark(export.id, state="stale")
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
        mark(export.id, state="expired")
    return len(exports)
