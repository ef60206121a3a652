"""Corrected tags brought back as people's: read, compared, then applied in one transaction."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select, update

from cafe.corpus.models import Tag
from cafe.errors import Conflict, Refusal
from cafe.exports.chunks import chunks
from cafe.exports.refi_files import read_qdc, read_qdpx
from cafe.exports.tag_files import TagFile, read_csv_tags
from cafe.exports.tag_plan import Change, Plan, make_plan
from cafe.extensions import run, writing
from cafe.people.models import Staff
from cafe.referential.versions import current_referential

MOVED = "Des tags ou des textes ont changé entre-temps. Relisez ce que le fichier change, puis confirmez."
ZIP, XML = b"PK\x03\x04", b"<"


def read_tag_file(path: Path) -> TagFile:
    """A file of corrected tags, known by its first bytes; refused in one sentence when it is none."""
    referential = current_referential()[1]
    try:
        with path.open("rb") as file:
            head = file.read(16).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError:
        raise Refusal(f"Le fichier {path} ne peut pas être lu.") from None
    if not head:
        raise Refusal("Ce fichier est vide.")
    reader = read_qdpx if head.startswith(ZIP) else read_qdc if head.startswith(XML) else read_csv_tags
    return reader(path, referential)


def plan_tags(file: TagFile, key: str, staff_id: int | None) -> Plan:
    """What applying this file would change now."""
    return make_plan(file, current_referential()[1], key, _own_participant(staff_id))


def apply_tags(file: TagFile, key: str, staff_id: int | None, now: datetime, seen: str = "") -> Plan:
    """Lay, hold and take away the tags, as this person's; applied again it changes nothing.

    `seen`: the digest of the preview that was confirmed; refused when it is no longer what would be done.
    """
    version, referential = current_referential()
    with writing():
        plan = make_plan(file, referential, key, _own_participant(staff_id))
        if seen and seen != plan.digest:
            raise Conflict(MOVED)
        _apply(plan.changes, version, {"staff_id": staff_id, "decided_at": now})
    return plan


def _own_participant(staff_id: int | None) -> int | None:
    return run(select(Staff.participant_id).where(Staff.id == staff_id)).scalar()


def _apply(changes: list[Change], version: int, decision: dict) -> None:
    for kind, state in (("added", "confirmed"), ("confirmed", "confirmed"), ("removed", "removed")):
        there = [change.tag_id for change in changes if change.kind == kind and change.tag_id]
        for chunk in chunks(there):
            tags = update(Tag).where(Tag.id.in_(chunk))
            run(tags.values(state=state, **decision))
    rows = [_row(change, version, decision) for change in changes if change.tag_id is None]
    if rows:
        run(insert(Tag), rows)


def _row(change: Change, version: int, decision: dict) -> dict:
    family, _, code = change.key.partition(":")
    return decision | {
        "contribution_id": change.contribution_id, "family": family, "code": code, "start": change.start,
        "end": change.end, "origin": "human", "state": "confirmed", "referential": version,
    }  # fmt: skip
