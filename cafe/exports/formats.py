"""The formats of export; each is written, whole, at a path."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cafe.exports.bundle import PASSES, write_bundle
from cafe.exports.csv_file import write_csv
from cafe.exports.frames_dir import write_frames_zip
from cafe.exports.iramuteq_file import write_iramuteq
from cafe.exports.json_file import write_json
from cafe.exports.parquet_file import write_parquet
from cafe.exports.qdc_file import write_qdc
from cafe.exports.qdpx_file import write_qdpx
from cafe.exports.reading import Corpus
from cafe.exports.sav_file import write_sav
from cafe.exports.xlsx_file import write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP, BINARY = "application/zip", "application/octet-stream"


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


FORMATS = {
    "csv": Format("CSV, pour un tableur", "contributions.csv", "text/csv", write_csv),
    "xlsx": Format("XLSX, avec ses définitions", "contributions.xlsx", XLSX, write_xlsx),
    "parquet": Format("Parquet, pour pandas, Polars, DuckDB", "contributions.parquet", BINARY, write_parquet),
    "json": Format("JSON, avec la place de chaque tag", "contributions.json", "application/json", write_json),
    "sav": Format("SAV, pour SPSS, PSPP, R", "contributions.sav", BINARY, write_sav),
    "frames": Format("Tables du dialogue, pour « cafe score »", "tables.zip", ZIP, write_frames_zip, 0),
    "qdpx": Format("QDPX, pour QualCoder, NVivo, MAXQDA, ATLAS.ti", "projet.qdpx", ZIP, write_qdpx),
    "qdc": Format("QDC, le référentiel seul, pour Taguette et les mêmes", "codes.qdc", "application/xml", write_qdc, 0),
    "iramuteq": Format("IRaMuTeQ, un corpus de texte", "corpus.txt", "text/plain", write_iramuteq),
    "bundle": Format("Tout, avec un carnet qui retrouve un chiffre", "dialogue.zip", ZIP, write_bundle, PASSES),
}
