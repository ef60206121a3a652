"""Read a CSV file row by row, in flat memory, refusing what cannot be trusted in one French sentence."""

import csv
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import BadInput

LONGEST_CELL = 1_000_000
csv.field_size_limit(LONGEST_CELL)


class Line(dict):
    """A row by its columns; `number`: the line of the file where it begins."""

    number = 0


def read_rows(path: Path, required: set[str]) -> Iterator[Line]:
    """The rows of a UTF-8 CSV file; `required` columns must be in its header.

    Raises BadInput, naming the line: missing file or column, NUL, bytes that are not UTF-8, a cell over a million
    characters, a line with too many cells.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(path.name, csv.DictReader(_checked(path.name, file), strict=True), required)
    except OSError:
        raise BadInput(f"Le fichier {path} ne peut pas être lu.") from None
    except UnicodeDecodeError:
        raise BadInput(f"Le fichier {path.name} n’est pas en UTF-8 : enregistrez-le en « CSV UTF-8 ».") from None


def _checked(name: str, file) -> Iterator[str]:
    # A line is read by pieces, so that one of 40 MB is refused before it is in memory.
    number = 1
    while line := file.readline(LONGEST_CELL + 2):
        if "\0" in line:
            raise BadInput(f"Le fichier {name} contient un caractère nul, ligne {number}.")
        if len(line) > LONGEST_CELL:
            raise BadInput(f"La ligne {number} du fichier {name} est trop longue : un million de signes au plus.")
        yield line
        number += 1


def _rows(name: str, reader: csv.DictReader, required: set[str]) -> Iterator[Line]:
    try:
        missing = sorted(required - set(reader.fieldnames or ()))
        if missing:
            raise BadInput(f"Il manque la colonne « {missing[0]} » dans le fichier {name}.")
        for row in reader:
            if None in row or None in row.values():
                raise BadInput(f"La ligne {reader.line_num} du fichier {name} n’a pas le bon nombre de colonnes.")
            line = Line(row)
            line.number = reader.line_num - sum(map(_breaks, row.values()))
            yield line
    except csv.Error:
        line = reader.line_num + 1
        raise BadInput(f"Le fichier {name} n’est pas un CSV lisible près de la ligne {line}.") from None


def _breaks(cell: str) -> int:
    """How many line breaks a cell holds, of any kind."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").count("\n")
