"""The formats of export; each is written, whole, at a path."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from werkzeug.utils import import_string

from cafe.exports.reading import Corpus

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP, BINARY = "application/zip", "application/octet-stream"
# Of the bundle: its files that read every contribution.
PASSES = 7


@dataclass(frozen=True)
class Format:
    """A format: its label, its file's name and type, what writes a corpus at a path.

    `passes`: how many times it reads the contributions; 0 when it reads them otherwise, and says no progress.
    """

    label: str
    file: str
    mimetype: str
    write: Callable[[Corpus, Path], None]
    passes: int = 1


def _late(place: str) -> Callable[[Corpus, Path], None]:
    """What writes a format, loaded when it is asked for: pandas alone takes as long to load as a CSV to be written."""

    def write(corpus: Corpus, path: Path) -> None:
        import_string(f"cafe.exports.{place}")(corpus, path)

    return write


FORMATS = {
    "csv": Format("CSV, pour un tableur", "contributions.csv", "text/csv", _late("csv_file:write_csv")),
    "xlsx": Format("XLSX, avec ses définitions", "contributions.xlsx", XLSX, _late("xlsx_file:write_xlsx")),
    "parquet": Format(
        "Parquet, pour pandas, Polars, DuckDB", "contributions.parquet", BINARY, _late("parquet_file:write_parquet")
    ),
    "json": Format(
        "JSON, avec la place de chaque tag", "contributions.json", "application/json", _late("json_file:write_json")
    ),
    "sav": Format("SAV, pour SPSS, PSPP, R", "contributions.sav", BINARY, _late("sav_file:write_sav")),
    "frames": Format(
        "Tables du dialogue, pour « cafe score »", "tables.zip", ZIP, _late("frames_dir:write_frames_zip"), 0
    ),
    "qdpx": Format("QDPX, pour QualCoder, NVivo, MAXQDA, ATLAS.ti", "projet.qdpx", ZIP, _late("qdpx_file:write_qdpx")),
    "qdc": Format(
        "QDC, le référentiel seul, pour Taguette et les mêmes",
        "codes.qdc",
        "application/xml",
        _late("qdc_file:write_qdc"),
        0,
    ),
    "iramuteq": Format(
        "IRaMuTeQ, un corpus de texte", "corpus.txt", "text/plain", _late("iramuteq_file:write_iramuteq")
    ),
    "bundle": Format(
        "Tout, avec un carnet qui retrouve un chiffre", "dialogue.zip", ZIP, _late("bundle:write_bundle"), PASSES
    ),
}
