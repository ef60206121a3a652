"""Corrected tags as other tools give them back: our CSV, a .qdpx project, a .qdc codebook; told apart by content."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analysis.csvfile import LONGEST_CELL
from analysis.referential import Referential
from cafe.errors import Refusal

SEPARATORS = re.compile(r"[\s,;]+")
NOT_UTF8 = "Ce fichier n’est pas en UTF-8 : enregistrez-le en « CSV UTF-8 »."
NOT_CSV = "Ce fichier n’est ni un CSV exporté d’ici, ni un .qdpx, ni un .qdc."


@dataclass(frozen=True)
class Coded:
    """One contribution as it comes back: its name, its text, and the tags that it should bear.

    Of a CSV: `tags`, all of them, and `columns`, those of each family, either of which may be absent. Of a project:
    `spans`, tags on passages (start, end excluded), and `whole`, those on the whole text.
    """

    name: str
    text: str
    tags: frozenset[str] | None = None
    columns: dict[str, frozenset[str]] = field(default_factory=dict)
    spans: frozenset[tuple[str, int, int]] | None = None
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TagFile:
    """What a file holds; `unknown`: codes that the référentiel does not have, and how often each is used."""

    kind: str
    coded: list[Coded]
    unknown: Counter = field(default_factory=Counter)
    codes: int = 0


def read_csv_tags(path: Path, referential: Referential) -> TagFile:
    """Our flat table, commas or semicolons; the columns contribution and text, then tags, families, or both."""
    families = [family.code for family in referential.families]
    coded = [_coded(row, families) for row in _rows(path, {"contribution", "text"})]
    if coded and coded[0].tags is None and not coded[0].columns:
        raise Refusal("Il manque la colonne « tags », ou celles des familles.")
    return TagFile("csv", coded)


def _coded(row: dict[str, str], families: list[str]) -> Coded:
    columns = {
        family: frozenset(f"{family}:{code}" for code in _codes(row[family])) for family in families if family in row
    }
    tags = frozenset(_codes(row["tags"])) if "tags" in row else None
    return Coded(row["contribution"].strip(), row["text"], tags, columns)


def _codes(cell: str) -> list[str]:
    return [code for code in SEPARATORS.split(cell) if code]


def _rows(path: Path, required: set[str]) -> Iterator[dict[str, str]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline(LONGEST_CELL)
            file.seek(0)
            reader = csv.DictReader(file, delimiter=";" if header.count(";") > header.count(",") else ",", strict=True)
            missing = sorted(required - set(reader.fieldnames or ()))
            if missing:
                raise Refusal(f"{NOT_CSV} Il y manque la colonne « {missing[0]} ».")
            for row in reader:
                if None in row or None in row.values():
                    raise Refusal(f"La ligne {reader.line_num} n’a pas le bon nombre de colonnes.")
                yield row
    except UnicodeDecodeError:
        raise Refusal(NOT_UTF8) from None
    except csv.Error:
        raise Refusal(NOT_CSV) from None
