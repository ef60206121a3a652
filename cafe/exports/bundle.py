"""The bundle: every format, the figures, what made them, and a notebook that finds one again."""

import csv
import hashlib
import json
import platform
import shutil
import zipfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.cells import inert_in_csv
from analysis.frames import write_frames
from analysis.scoring import DRAWS, SEED, score
from cafe.exports.choices import told
from cafe.exports.csv_file import write_csv, write_dictionary
from cafe.exports.frames_dir import corpus_frames
from cafe.exports.iramuteq_file import write_iramuteq
from cafe.exports.json_file import write_json
from cafe.exports.parquet_file import write_parquet
from cafe.exports.qdc_file import write_qdc
from cafe.exports.qdpx_file import write_qdpx
from cafe.exports.reading import Corpus
from cafe.exports.sav_file import write_sav
from cafe.exports.table_words import write_table_words
from cafe.exports.xlsx_file import write_xlsx
from cafe.people.days import written_day
from cafe.referential.versions import source_of

NOTEBOOK = Path(__file__).with_name("carnet.ipynb")
FILES = {
    "contributions.csv": (write_csv, "une contribution par ligne, pour un tableur"),
    "contributions.xlsx": (write_xlsx, "la même table, avec ses définitions"),
    "contributions.parquet": (write_parquet, "la même, typée, avec la place de chaque tag"),
    "contributions.json": (write_json, "la même, en objets"),
    "contributions.sav": (write_sav, "pour SPSS, PSPP ou R, libellés en français"),
    "projet.qdpx": (write_qdpx, "REFI-QDA, pour QualCoder, NVivo, MAXQDA ou ATLAS.ti"),
    "codes.qdc": (write_qdc, "le référentiel seul, pour les mêmes et pour Taguette"),
    "corpus.txt": (write_iramuteq, "pour IRaMuTeQ"),
    "dictionnaire.csv": (write_dictionary, "ce que veut dire chaque colonne de ces fichiers, et chaque tag"),
}
OTHERS = {
    "carnet.ipynb": "recalcule un chiffre à partir des tables, avec pandas",
    "codes.csv": "les codes du référentiel, leur famille et leur parent",
    "dictionnaire-tables.csv": "ce que veut dire chaque colonne de tables/, de codes.csv et de resultats/",
    "empreintes.sha256": "l’empreinte de chaque fichier : « sha256sum -c empreintes.sha256 »",
    "referentiel.yaml": "le référentiel et ses règles, tels que publiés",
    "resultats/scores.csv": "les scores des freins, dans chaque mesure et chaque vue",
    "tables/": "les cinq tables du dialogue, que lit « cafe score »",
    "versions.json": "ce qui a fait ces fichiers : versions, graine, choix",
}

WHAT = (
    "Les données d’un dialogue de parties prenantes : plusieurs groupes répondent aux mêmes questions.\n"
    "Leurs mots reçoivent des tags d’un référentiel. Chaque groupe pèse autant, quel que soit son nombre de personnes."
)
START = (
    "Pour commencer : ouvrez carnet.ipynb dans Jupyter, depuis ce dossier. Il demande Python et pandas\n"
    "(« pip install pandas notebook »). Il retrouve la diapositive « Les champs d’action » de la restitution,\n"
    "si elle a été faite des mêmes données."
)


def write_bundle(corpus: Corpus, path: Path) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, (write, _meaning) in FILES.items():
            write(corpus, folder / file)
        _write_figures(corpus, folder)
        _write_codes(corpus, folder / "codes.csv")
        write_table_words(folder / "dictionnaire-tables.csv")
        shutil.copy(NOTEBOOK, folder / NOTEBOOK.name)
        (folder / "referentiel.yaml").write_text(source_of(corpus.version), encoding="utf-8")
        versions = json.dumps(_versions(corpus), ensure_ascii=False, indent=1)
        (folder / "versions.json").write_text(versions, encoding="utf-8")
        (folder / "LISEZ-MOI.txt").write_text(_read_me(corpus), encoding="utf-8")
        _write_digests(folder)
        _pack(folder, path)


def _write_figures(corpus: Corpus, folder: Path) -> None:
    frames = corpus_frames(corpus)
    write_frames(frames, folder / "tables")
    (folder / "resultats").mkdir()
    scores = score(frames, corpus.referential)
    scores.to_csv(folder / "resultats" / "scores.csv", index=False, lineterminator="\n")


def _write_codes(corpus: Corpus, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["family", "code", "label", "parent"])
        for family in corpus.referential.families:
            writer.writerows([family.code, tag.code, inert_in_csv(tag.label), tag.parent] for tag in family.tags)


def _versions(corpus: Corpus) -> dict:
    libraries = {name: version(name) for name in ("numpy", "pandas", "pyarrow", "pyreadstat", "xlsxwriter")}
    known = corpus.referential
    return {
        "dialogue": corpus.title, "made_at": corpus.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "kept": told(corpus.choices), "people": len(corpus.people), "contributions": len(corpus.texts),
        "referential": {"slug": known.slug, "version": corpus.version, "hash": known.hash},
        "draws": DRAWS, "seed": SEED, "python": platform.python_version(), "libraries": libraries,
    }  # fmt: skip


def _read_me(corpus: Corpus) -> str:
    """What each file is, for someone who never saw the platform."""
    meanings = {name: meaning for name, (_, meaning) in FILES.items()} | OTHERS
    lines = [f"{name} : {meaning}." for name, meaning in sorted(meanings.items())]
    who = "Les pseudonymes sont stables." if corpus.choices.stable else "Les pseudonymes sont tirés pour cet export."
    kept = f"Ce qui est gardé : {told(replace(corpus.choices, stable=False))}. {who}"
    day = written_day(corpus.made_at.date())
    heard = f"Le {day} : {len(corpus.people)} personnes, {len(corpus.texts)} contributions."
    return "\n".join([corpus.title, "", WHAT, heard, kept, "", START, "", *lines, ""])


def _write_digests(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    lines = [f"{digest}  {path.relative_to(folder)}" for digest, path in zip(digests, files, strict=True)]
    (folder / "empreintes.sha256").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _pack(folder: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(found for found in folder.rglob("*") if found.is_file()):
            archive.write(file, file.relative_to(folder).as_posix())
