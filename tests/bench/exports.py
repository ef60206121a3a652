"""100,000 contributions leave: time and memory of the process that writes them, every cell compared with the base."""

import csv
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from analysis.cells import inert, inert_in_csv
from cafe import create_app
from cafe.clock import utc_now
from cafe.corpus.models import Contribution
from cafe.exports.choices import Choices
from cafe.exports.kept import Vault
from cafe.exports.models import Export
from cafe.exports.services import ask
from cafe.extensions import db
from config import read_config
from tests.crowd import fill
from tests.live import build_demonstration, environment_of

BIN = Path(sys.executable).parent
PEOPLE, POSTS = 2_000, 100_000
# Seconds that each format may take; and the memory that its process may have, in MiB.
SECONDS, MEMORY = {"csv": 5, "xlsx": 40}, 300
CELLS = ("created_at", "group", "subgroup", "target", "day", "question", "source", "text", "tags")
FORMULA = '=HYPERLINK("http://x") ;=1'


def measure_exports() -> bool:
    """Each format in the process that the site begins for it, its start included."""
    with TemporaryDirectory() as folder:
        env = environment_of(Path(folder))
        build_demonstration(Path(folder))
        app = create_app(read_config(env))
        with app.app_context():
            fill(PEOPLE, POSTS, utc_now())
            db.session.get(Contribution, 1).text = FORMULA
            db.session.commit()
            vault = Vault(Path(folder) / "exports", app.config["KEYS"]["session"])
            kept = [_measure(format, vault, env) for format in SECONDS]
    return all(kept)


def _measure(format: str, vault: Vault, env: dict) -> bool:
    export, _ = ask(f"00000000-0000-4000-8000-{format:0>12}", format, Choices(), 1, utc_now())
    seconds, processor, memory = _watched([sys.executable, "-m", "cafe", "export-job", str(export.id)], env)
    db.session.expire_all()
    exact = _same(format, vault.file(db.session.get(Export, export.id)), vault.folder.parent / "cafe.sqlite")
    said = "cell for cell" if exact else "CELLS DIFFER"
    took = f"{seconds:.1f} s (goal {SECONDS[format]}), {processor:.1f} s of processor"
    print(f"{POSTS} contributions as {format}: {took}, {memory:.0f} MiB (goal {MEMORY}), {said}")
    return exact and seconds < SECONDS[format] and memory < MEMORY


def _watched(command: list, env: dict) -> tuple[float, float, float]:
    """Seconds, processor seconds, and the most memory (MiB) of a process; its own, not what it had before exec."""
    start, memory = time.monotonic(), 0
    process = subprocess.Popen(command, env=env)
    while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
        status = Path(f"/proc/{process.pid}/status").read_text()
        memory = max([memory, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))])
        time.sleep(0.05)
    process.returncode = os.waitstatus_to_exitcode(ended[1])
    if process.returncode:
        raise RuntimeError("the export failed")
    return time.monotonic() - start, ended[2].ru_utime + ended[2].ru_stime, memory / 1024


def _same(format: str, path: Path, base: Path) -> bool:
    """Whether the rows, but for the names drawn, are those of the base: none more, none less, each cell equal."""
    safe = {"csv": inert_in_csv, "xlsx": inert}[format]
    rows = _csv_rows(path) if format == "csv" else _xlsx_rows(path)
    heads = next(rows)
    places = [heads.index(name) for name in CELLS]
    found = sorted(tuple(row[place] for place in places) for row in rows)
    return found == sorted(tuple(map(safe, row)) for row in _base_rows(base))


def _csv_rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


def _xlsx_rows(path: Path) -> Iterator[list[str]]:
    with path.open("rb") as file:
        sheet = openpyxl.load_workbook(file, read_only=True)["contributions"]
        for row in sheet.iter_rows(values_only=True):
            yield [cell or "" for cell in row]


def _base_rows(base: Path) -> Iterator[tuple]:
    """The same cells, read without any of the house's code."""
    with closing(sqlite3.connect(base)) as connection:
        tags: dict[int, list[str]] = {}
        for number, key in connection.execute(
            "SELECT DISTINCT contribution_id, family || ':' || code FROM tag WHERE state != 'removed'"
            " ORDER BY family, code"
        ):
            tags.setdefault(number, []).append(key)
        for number, moment, *cells in connection.execute(
            "SELECT c.id, c.created_at, p.group_code, p.subgroup, p.target, coalesce(CAST(d.day AS TEXT), ''), q.code,"
            " c.source, c.text"
            " FROM contribution c JOIN participant p ON p.id = c.participant_id JOIN question q ON q.id = c.question_id"
            " LEFT JOIN cafe_question d ON d.question_id = q.id WHERE c.status = 'published' AND p.erased_at IS NULL"
        ):
            yield f"{moment[:10]}T{moment[11:19]}Z", *cells, " ".join(tags.get(number, ()))
