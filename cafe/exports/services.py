"""An export of the corpus asked for, written, given to its maker alone, and deleted: each step is in the log."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cafe.errors import NotFound
from cafe.exports import kept
from cafe.exports.choices import Choices
from cafe.exports.formats import FORMATS
from cafe.exports.kept import KEPT, Vault
from cafe.exports.models import Export
from cafe.exports.proof import Proof, still_holds
from cafe.exports.reading import Corpus, count, read_corpus
from cafe.extensions import db, writing
from cafe.people.queries import the_dialogue


def corpus_of(format: str, choices: Choices, vault: Vault, now: datetime) -> Corpus:
    """What these choices hold, under the names that suit the format."""
    dialogue = the_dialogue()
    return read_corpus(choices, dialogue.title if dialogue else "", vault.key, now, by_place=format == "frames")


def ask(key: str, format: str, choices: Choices, staff_id: int, now: datetime) -> tuple[Export, bool]:
    """Record an export, and whether it is new; asked again under the same key it is the same one."""
    if format not in FORMATS:
        raise NotFound("Ce format n’existe pas.")
    return kept.record(
        key, staff_id, format, choices.written(), lambda: _new(key, format, choices, staff_id, now), now
    )  # fmt: skip


def _new(key: str, format: str, choices: Choices, staff_id: int | None, now: datetime) -> Export:
    held = count(choices)
    return Export(
        key=key, staff_id=staff_id, format=format, choices=choices.written(), asked_at=now, beat_at=now,
        expires_at=now + KEPT, contributions=held, total=held * FORMATS[format].passes,
    )  # fmt: skip


def note_outside(key: str, format: str, choices: Choices, now: datetime) -> None:
    """Record an export that the command line wrote: its file is no longer ours."""
    with writing() as session:
        export = _new(key, format, choices, None, now)
        export.state, export.finished_at, export.done = "expired", now, export.total
        session.add(export)


def write_export(export_id: int, vault: Vault, clock: Callable[[], datetime]) -> None:
    """Write an export's file, aside then in place; cut short by an error it is marked as failed."""
    export = db.session.get(Export, export_id)

    def fill(path: Path) -> int:
        corpus = corpus_of(export.format, Choices.unwritten(export.choices), vault, clock())
        corpus = replace(corpus, progress=kept.progress_of(export, export.total, clock))
        proof = Proof(corpus.people, vault.key)
        if FORMATS[export.format].passes == 1:
            # What it notes is what the file holds: the words need not be read twice.
            corpus = replace(corpus, note=proof.note)
        else:
            proof.read(corpus.texts)
        FORMATS[export.format].write(corpus, path)
        proof.write(vault.proof(export))
        return len(corpus.texts)

    kept.write(export, vault, clock, fill)


def find_own(export_id: int, staff_id: int) -> Export:
    """One's own export; another's is not there."""
    return kept.find_own(export_id, staff_id, FORMATS)


def open_file(export_id: int, staff_id: int, vault: Vault, now: datetime) -> tuple[Export, Path]:
    """The file, for its maker, until it expires, and as long as everyone in it lets their words be read."""
    export = find_own(export_id, staff_id)
    return export, kept.open_file(export, vault, lambda proof: still_holds(proof, vault.key), now)
