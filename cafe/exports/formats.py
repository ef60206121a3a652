"""The formats of export; each is written, whole, at a path."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.frames import Frames
from cafe.exports.csv_file import write_csv
from cafe.exports.frames_dir import write_frames_zip
from cafe.exports.xlsx_file import write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """A format: its label, its file's end and type, and what writes frames at a path."""

    label: str
    suffix: str
    mimetype: str
    write: Callable[[Frames, list, Path], None]


FORMATS = {
    "csv": Format("CSV, pour un tableur", "csv", "text/csv", write_csv),
    "xlsx": Format("XLSX, avec ses définitions", "xlsx", XLSX, write_xlsx),
    "frames": Format("Tables du dialogue, pour « cafe score »", "zip", "application/zip", write_frames_zip),
}
