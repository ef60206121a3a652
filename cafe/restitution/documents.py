"""A document asked for from a page: recorded, written beside the requests, opened by its maker alone."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import Row, select

from cafe.errors import NotFound
from cafe.exports import kept
from cafe.exports.kept import KEPT, Vault
from cafe.exports.models import Export
from cafe.extensions import db, run, writing
from cafe.people.models import Staff
from cafe.restitution.making import FORMATS, gather, may_open, prove, write_document
from cafe.results.freezing import find

LOG = 20


def ask(key: str, format: str, frozen: int, staff_id: int, now: datetime) -> tuple[Export, bool]:
    """Record a document, and whether it is new; asked again under the same key it is the same one."""
    if format not in FORMATS:
        raise NotFound("Ce format n’existe pas.")
    if frozen:
        find(frozen)
    choices = written_choice(frozen)
    return kept.record(key, staff_id, format, choices, lambda: _new(key, format, choices, staff_id, now), now)


def written_choice(frozen: int) -> str:
    return json.dumps({"frozen": frozen} if frozen else {})


def frozen_of(choices: str) -> int:
    """The dataset that a document was asked from, 0 for what is live."""
    return json.loads(choices).get("frozen", 0)


def _new(key: str, format: str, choices: str, staff_id: int | None, now: datetime) -> Export:
    return Export(
        key=key, staff_id=staff_id, format=format, choices=choices, asked_at=now, beat_at=now, expires_at=now + KEPT
    )  # fmt: skip


def note_outside(key: str, format: str, frozen: int, slides: int, now: datetime) -> None:
    """Record a document that the command line wrote: its file is no longer ours."""
    with writing() as session:
        export = _new(key, format, written_choice(frozen), None, now)
        export.state, export.finished_at, export.done, export.total = "expired", now, slides, slides
        session.add(export)


def make(export_id: int, vault: Vault, app: Flask, clock: Callable[[], datetime]) -> None:
    """Write a document's file; cut short by an error it is marked as failed."""
    export = db.session.get(Export, export_id)

    def fill(path: Path) -> int:
        material = gather(frozen_of(export.choices), clock())
        prove(material, vault.proof(export), vault.key)
        slides = len(material.deck.slides)
        kept.mark(export.id, total=slides, beat_at=clock())
        write_document(material.deck, export.format, path, app, kept.progress_of(export, slides, clock))
        return len(material.quoted)

    kept.write(export, vault, clock, fill)


def find_own(export_id: int, staff_id: int) -> Export:
    return kept.find_own(export_id, staff_id, FORMATS)


def open_document(export_id: int, staff_id: int, vault: Vault, now: datetime) -> tuple[Export, Path]:
    """The file, for its maker, until it expires, and while all that it holds may be read and quoted."""
    export = find_own(export_id, staff_id)
    return export, kept.open_file(export, vault, lambda proof: may_open(proof, vault.key), now)


def latest_documents() -> Sequence[Row]:
    """The last documents of everyone: who, what, when, and where each stands."""
    columns = (Export.id, Export.staff_id, Export.format, Export.choices, Export.state, Export.asked_at, Staff.login)
    query = select(*columns).outerjoin(Staff).where(Export.format.in_(FORMATS))
    return run(query.order_by(Export.id.desc()).limit(LOG)).all()
