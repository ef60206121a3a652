import csv
from pathlib import Path

from analysis.frames import Frames
from cafe.exports.cells import inert_in_csv
from cafe.exports.table import columns, flat_rows


def write_csv(frames: Frames, families: list, path: Path) -> None:
    """The flat table; the mark at its head tells spreadsheets that it is UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in columns(families)])
        writer.writerows([inert_in_csv(cell) for cell in row] for row in flat_rows(frames, families))
