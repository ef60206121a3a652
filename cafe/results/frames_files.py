"""Tables held elsewhere, read line by line: each line checked, its fault told with its file and its place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from analysis.csvfile import read_rows
from analysis.errors import BadInput
from analysis.frames import COLUMNS, KINDS
from cafe.corpus.imports import refuse_all
from cafe.corpus.models import SOURCES
from cafe.corpus.words import LONGEST, clean_text
from cafe.people.fields import clean

STANCES = ("", "incontournable", "souhaitable", "dilemme", "contre")
VOTES = {"1", "2", "3", "4", "5", *STANCES[1:], "blanc", "noir"}
SILENT = ("nsp", "refus")
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
# What the base has room for.
ROOM = {
    "participant": 200, "group": 40, "label": 120, "subgroup": 80, "profile": 80, "target": 40, "place": 80,
    "cluster": 80, "question": 120, "option": 80, "value": 20, "contribution": 200, "feeds": 200, "about": 80,
    "family": 40, "tag": 60, "rule": 120,
}  # fmt: skip


@dataclass
class Tables:
    """The rows of the five files; `has_tags`: whether tags came with the texts."""

    participants: dict[str, dict] = field(default_factory=dict)
    groups: dict[str, dict] = field(default_factory=dict)
    answers: dict[tuple, dict] = field(default_factory=dict)
    contributions: dict[str, dict] = field(default_factory=dict)
    tags: dict[tuple, dict] = field(default_factory=dict)
    has_tags: bool = False


def read_tables(directory: Path, now: datetime) -> Tables:
    """Every row, checked; one bad line refuses them all, the first few named and the rest counted."""
    if not (directory / "participants.csv").is_file():
        raise BadInput(f"Il manque le fichier participants.csv dans {directory}.")
    tables, faults = Tables(has_tags=(directory / "tags.csv").is_file()), []
    readers = {
        "groups": _group, "participants": _participant, "answers": _answer,
        "contributions": _contribution(now), "tags": _tag,
    }  # fmt: skip
    for name, read in readers.items():
        if (directory / f"{name}.csv").is_file():
            faults += _read(directory / f"{name}.csv", name, tables, read)
    refuse_all(faults)
    return tables


def _read(path: Path, name: str, tables: Tables, read: Callable[[dict, Tables], tuple]) -> Iterator[str]:
    """Take the rows of one file into the tables; yields what is wrong with the others."""
    needed = {column for column, default in COLUMNS[name].items() if default is None}
    known = getattr(tables, name)
    for line in read_rows(path, needed):
        try:
            row = _complete(name, line)
            key = read(row, tables)
            if key in known:
                raise ValueError("cette ligne y est déjà")
            known[key] = row
        except ValueError as fault:
            yield f"{path.name}, ligne {line.number} : {fault}"


def _complete(name: str, line: dict[str, str]) -> dict[str, str]:
    """The row's known columns; what is absent or empty takes its default, what does not fit is a fault."""
    row = {}
    for column, default in COLUMNS[name].items():
        given = line.get(column) or ""
        value = given if column == "text" else clean(given)
        row[column] = value or str("" if default is None else default)
        if len(row[column]) > ROOM.get(column, LONGEST * 10):
            raise ValueError(f"« {column} » est trop long : {ROOM[column]} signes au plus")
        if default is None and not value:
            raise ValueError(f"« {column} » est vide")
    return row


def _group(row: dict, _tables: Tables) -> str:
    _one_of(row, "side", ("external", "internal"))
    _one_of(row, "in_total", ("0", "1"))
    if not CODE.fullmatch(row["group"]):
        raise ValueError(f"« {row['group']} » n’est pas un code de groupe")
    return row["group"]


def _participant(row: dict, tables: Tables) -> str:
    if not CODE.fullmatch(row["group"]):
        raise ValueError(f"« {row['group']} » n’est pas un code de groupe")
    if tables.groups and row["group"] not in tables.groups:
        raise ValueError(f"le groupe « {row['group']} » n’est pas dans groups.csv")
    return row["participant"]


def _answer(row: dict, tables: Tables) -> tuple:
    _known(row, "participant", tables.participants)
    _one_of(row, "kind", KINDS)
    if row["option"] not in SILENT:
        _check_value(row)
    return row["participant"], row["question"], row["option"]


def _check_value(row: dict) -> None:
    kind, value = row["kind"], row["value"]
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 4 else 0
    right = {"rank": number >= 1, "rate": 1 <= number <= 5, "regnier": value in VOTES}.get(kind, value == "1")
    if not right:
        raise ValueError(f"la valeur « {value} » ne va pas avec « {kind} »")
    if kind != "regnier" and not row["option"]:
        raise ValueError("« option » est vide")
    row["value"] = str(number) if number else value


def _contribution(now: datetime) -> Callable[[dict, Tables], str]:
    def read(row: dict, tables: Tables) -> str:
        _known(row, "participant", tables.participants)
        _one_of(row, "source", SOURCES)
        _one_of(row, "prompted", ("0", "1"))
        typed, row["text"] = row["text"], clean_text(row["text"])
        if not row["text"]:
            raise ValueError("le texte est vide")
        # Tags point into the text as it was written: only what trails may be trimmed under them.
        row["moved"] = not typed.startswith(row["text"])
        row["created_at"] = _moment(row["created_at"], now)
        return row["contribution"]

    return read


def _moment(written: str, now: datetime) -> datetime:
    """The moment of a row; UTC when it names no zone, now when it is blank."""
    if not written:
        return now
    try:
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"« {written[:40]} » n’est pas une date (attendu : 2026-01-05T18:30:00Z)") from None


def _tag(row: dict, tables: Tables) -> tuple:
    _known(row, "contribution", tables.contributions)
    _one_of(row, "origin", ("rule", "human"))
    _one_of(row, "stance", STANCES)
    text = tables.contributions[row["contribution"]]
    if text["moved"]:
        raise ValueError("le texte change une fois nettoyé : la place du tag n’est plus sûre")
    start, end = (_place(row, name) for name in ("start", "end"))
    if not start <= end <= len(text["text"]):
        raise ValueError(f"le passage {start}–{end} n’est pas dans le texte, long de {len(text['text'])} signes")
    row["start"], row["end"] = start, end
    return row["contribution"], row["family"], row["tag"], start, end


def _place(row: dict, name: str) -> int:
    if not (row[name].isascii() and row[name].isdigit() and len(row[name]) < 7):
        raise ValueError(f"« {name} » attend un nombre entier, pas « {row[name][:40]} »")
    return int(row[name])


def _known(row: dict, column: str, known: dict) -> None:
    if row[column] not in known:
        raise ValueError(f"« {row[column][:40]} » n’est pas dans {column}s.csv")


def _one_of(row: dict, column: str, values: tuple[str, ...]) -> None:
    if row[column] not in values:
        names = ", ".join(filter(None, values))
        raise ValueError(f"« {row[column][:40]} » ne va pas dans « {column} » (attendu : {names})")
