"""Each format read back with another library, over a corpus made to break it."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet as pq
import pyreadstat
import pytest
from lxml import etree
from pyrefiqda import RefiCodebook, RefiProject
from sqlalchemy import update

from analysis.cells import inert_in_csv
from cafe.corpus.models import Contribution
from cafe.exports.choices import Choices
from cafe.exports.formats import FORMATS
from cafe.exports.kept import Vault
from cafe.exports.services import corpus_of
from cafe.exports.xml_file import fit
from cafe.extensions import writing
from tests.conftest import NOON
from tests.exporting import HOSTILE, KEY, Exporter, fill_hostile, tags_in_base

REFI = Path(sys.prefix) / "refi"
SOURCE = "pyrefiqda==0.3.1"


@pytest.fixture
def export(app, tmp_path):
    fill_hostile()
    return Exporter(tmp_path)


@pytest.fixture(scope="session")
def schemas():
    """The standard's schemas, which the source package of pyrefiqda holds; fetched once into the environment."""
    folder = REFI / "pyrefiqda-0.3.1" / "refi-qda-standard"
    if not folder.is_dir():
        fetch = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", REFI, SOURCE]
        if subprocess.run(fetch, capture_output=True).returncode:
            pytest.skip("les schémas REFI-QDA n’ont pas pu être téléchargés")
        subprocess.run(["tar", "-xzf", REFI / "pyrefiqda-0.3.1.tar.gz", "-C", REFI], check=True)
    return {name: etree.XMLSchema(file=str(folder / f"{name}.xsd")) for name in ("Project", "Codebook")}


def test_cells_are_inert_in_csv_and_xlsx_and_csv_keeps_texts_whole(export):
    with export("csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(HOSTILE)
    assert not [cell for row in rows for cell in row.values() if re.match(r"[=+\-@\t\r＝＋－＠]", cell)]
    assert {row["text"] for row in rows} == set(map(inert_in_csv, HOSTILE))
    book = openpyxl.load_workbook(export("xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if re.match(r"[=+\-@＝＋－＠]", cell.value)]
    assert book["contributions"].max_row == 1 + len(HOSTILE)


def test_json_and_parquet_give_the_words_as_they_were_said_with_their_spans(export):
    found = json.loads(export("json").read_text(encoding="utf-8"))
    table = pq.read_table(export("parquet"))
    for rows in (found["contributions"], table.to_pylist()):
        assert {row["text"] for row in rows} == set(HOSTILE)
        spans = {(r["text"], t["start"], t["end"], f"{t['family']}:{t['code']}") for r in rows for t in r["tags"]}
        assert spans == tags_in_base()
    assert set(found["contributions"][0]) <= set(found["dictionary"])
    assert table.schema.field("day").metadata[b"meaning"].decode().startswith("Jour du café")


def test_the_table_says_the_moment_and_the_tags_that_the_json_says(export):
    with writing() as session:
        moment = NOON + timedelta(seconds=59, microseconds=999_999)
        session.execute(update(Contribution).where(Contribution.id == 1).values(created_at=moment))
    said = {one["contribution"]: one for one in json.loads(export("json", stable=True).read_text())["contributions"]}
    with export("csv", stable=True).open(encoding="utf-8-sig", newline="") as file:
        rows = {row["contribution"]: row for row in csv.DictReader(file)}
    assert len(rows) == len(HOSTILE) and rows.keys() == said.keys()
    for name, row in rows.items():
        assert row["created_at"] == said[name]["created_at"]
        assert row["tags"].split() == sorted({f"{tag['family']}:{tag['code']}" for tag in said[name]["tags"]})


@pytest.mark.parametrize("name", FORMATS)
def test_the_progress_ends_where_it_said(app, tmp_path, name):
    fill_hostile()
    told, corpus = [], corpus_of(name, Choices(), Vault(tmp_path, KEY), NOON)
    FORMATS[name].write(replace(corpus, progress=told.append), tmp_path / name)
    assert sum(told) == FORMATS[name].passes * len(HOSTILE)


def test_sav_reads_back_with_french_labels(export):
    table, meta = pyreadstat.read_sav(export("sav"))
    assert meta.column_names_to_labels["freins_cout_internet"] == "Freins : Coût d’accès à Internet"
    assert meta.variable_value_labels["freins_cout_internet"] == {0.0: "non", 1.0: "oui"}
    assert next(iter(meta.variable_value_labels["group"].values())).startswith("=cmd")
    assert table["freins_cout_internet"].sum() == len(HOSTILE)
    assert {text for text in HOSTILE if len(text) < 20_000} <= set(table["text"])


def _codings(project) -> list[tuple[str, int, int]]:
    return [
        (source.guid, selection.start_position, selection.end_position)
        for source in project.sources.text_source
        for selection in source.plain_text_selection
        for _coding in selection.coding
    ]


def test_qdpx_is_valid_and_another_library_finds_the_same_codings(export, schemas, tmp_path):
    path = export("qdpx")
    with zipfile.ZipFile(path) as archive:
        schemas["Project"].assertValid(etree.fromstring(archive.read("project.qde")))
        texts = {name[8:-4]: archive.read(name).decode() for name in archive.namelist() if name.startswith("sources/")}
    project = RefiProject.load(path, str(tmp_path / "x"))
    found = _codings(project)
    assert sorted((texts[guid], start, end) for guid, start, end in found) == sorted(t[:3] for t in tags_in_base())
    _check_users_codes_and_cases(project)


def _check_users_codes_and_cases(project) -> None:
    assert {user.name for user in project.users.user} == {"Règles du référentiel v1", "Équipe 1"}
    (freins,) = [code for code in project.code_book.codes.code if code.name == "Freins"]
    assert "Coût d’accès à Internet" in [champ.name for champ in freins.code[0].code]
    groups = {value.text_value for case in project.cases.case for value in case.variable_value}
    assert any(fit('=cmd|"/c calc"') in (group or "") for group in groups)


def test_qdc_is_valid_and_keeps_its_identifiers(export, schemas):
    first, second = export("qdc"), export("qdc")
    schemas["Codebook"].assertValid(etree.parse(first))
    assert first.read_bytes() == second.read_bytes()
    assert RefiCodebook.load(first).codes.code[0].name == "Freins"


def _read_iramuteq(text: str) -> list[tuple[dict[str, str], str]]:
    """By the format’s own rules: a line of stars opens a text; a mark « *name_value » is split at its first « _ »."""
    found = []
    for line in text.split("\n"):
        if line.startswith("****"):
            marks = [mark.lstrip("*").split("_", 1) for mark in line.split()[1:]]
            found.append((dict(marks), []))
        elif line:
            found[-1][1].append(line)
    return [(marks, "\n".join(lines)) for marks, lines in found]


def test_iramuteq_reads_one_text_a_contribution_and_no_mark_in_its_words(export):
    read = _read_iramuteq(export("iramuteq").read_text(encoding="utf-8"))
    assert len(read) == len(HOSTILE)
    assert {marks["groupe"] for marks, _ in read} == {"grandpublic"} and {m["jour"] for m, _ in read} == {"1"}
    assert not [value for marks, _ in read for value in marks.values() if not re.fullmatch("[a-z0-9]+", value)]
    assert not re.search(r"[*_]", "".join(words for _, words in read))


def test_the_bundles_notebook_finds_a_published_figure_again(export, tmp_path):
    with zipfile.ZipFile(export("bundle")) as archive:
        archive.extractall(tmp_path / "lot")
    cells = json.loads((tmp_path / "lot" / "carnet.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    run = subprocess.run([sys.executable, "-I", "-c", code], cwd=tmp_path / "lot", capture_output=True, text=True)
    assert "Retrouvé : 19 parts" in run.stdout, run.stderr
    check = subprocess.run(["sha256sum", "-c", "--quiet", "empreintes.sha256"], cwd=tmp_path / "lot")
    assert check.returncode == 0


def test_the_bundle_says_what_every_column_of_its_tables_means(export, tmp_path):
    with zipfile.ZipFile(export("bundle")) as archive:
        words = archive.read("dictionnaire-tables.csv").decode("utf-8-sig")
        told = {(row["fichier"], row["colonne"]) for row in csv.DictReader(io.StringIO(words)) if row["définition"]}
        tables = [name for name in archive.namelist() if name.startswith(("tables/", "resultats/", "codes.csv"))]
        heads = {name: next(csv.reader([archive.read(name).decode("utf-8-sig").splitlines()[0]])) for name in tables}
    assert len(tables) == 7 and told == {(name, column) for name, columns in heads.items() for column in columns}


def test_an_empty_dialogue_leaves_in_every_format(app, tmp_path, schemas):
    export = Exporter(tmp_path)
    for format in ("csv", "xlsx", "parquet", "json", "sav", "frames", "iramuteq", "bundle"):
        assert export(format).stat().st_size >= 0
    with zipfile.ZipFile(export("qdpx")) as archive:
        schemas["Project"].assertValid(etree.fromstring(archive.read("project.qde")))
    assert ElementTree.parse(export("qdc"))
