"""Begin long work once, say how far it is, end it; read it back."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, select, update

from cafe.background.models import Work
from cafe.errors import NotFound
from cafe.extensions import run, writing

# Work that has said nothing for so long was cut short with its server.
SILENCE = timedelta(minutes=2)


@dataclass(frozen=True)
class Progress:
    """Where a piece of work is; `state` is running, done, failed or stalled."""

    id: int
    kind: str
    state: str
    done: int
    total: int
    error: str
    result: dict
    staff_id: int


def begin(key: str, kind: str, staff_id: int, now: datetime) -> tuple[int, bool]:
    """Note a piece of work; returns its number, and whether it is new: the same form asks for it once."""
    with writing() as session:
        known = session.scalar(select(Work.id).where(Work.key == key))
        if known:
            return known, False
        work = Work(key=key, kind=kind, staff_id=staff_id, started_at=now, beat_at=now)
        session.add(work)
        session.flush()
        return work.id, True


def by_key(key: str) -> int | None:
    """The work that a form asked for, if it came in already."""
    return run(select(Work.id).where(Work.key == key)).scalar()


def beat(work_id: int, done: int, total: int, now: datetime) -> None:
    """Say how far it is."""
    _set(work_id, done=done, total=total, beat_at=now)


def end(work_id: int, result: dict, now: datetime) -> None:
    _set(work_id, result=json.dumps(result, ensure_ascii=False), beat_at=now, finished_at=now)


def fail(work_id: int, sentence: str, now: datetime) -> None:
    """End it with one French sentence."""
    _set(work_id, error=sentence[:300], beat_at=now, finished_at=now)


def _set(work_id: int, **values) -> None:
    with writing():
        run(update(Work).where(Work.id == work_id).values(values))


def find(work_id: int, kind: str, now: datetime) -> Progress:
    """A piece of work of this kind; raises NotFound."""
    row = run(select(*Work.__table__.columns).where(Work.id == work_id, Work.kind == kind)).first()
    if row is None:
        raise NotFound("Ce travail n’existe pas.")
    return _progress(row, now)


def latest(kind: str, now: datetime) -> Progress | None:
    """The last piece of work of a kind."""
    row = run(select(*Work.__table__.columns).where(Work.kind == kind).order_by(Work.id.desc()).limit(1)).first()
    return row and _progress(row, now)


def _progress(row: Row, now: datetime) -> Progress:
    result = json.loads(row.result) if row.result else {}
    return Progress(row.id, row.kind, _state(row, now), row.done, row.total, row.error, result, row.staff_id)


def _state(row: Row, now: datetime) -> str:
    if row.finished_at:
        return "failed" if row.error else "done"
    return "stalled" if now - row.beat_at > SILENCE else "running"
