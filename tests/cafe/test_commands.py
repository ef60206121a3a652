"""The command line, as a person runs it: exit 0, or 1 and one sentence on stderr."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cafe.cli import cafe, import_group

CAFE = Path(sys.executable).with_name("cafe")


def _run(*arguments, **environment):
    return subprocess.run([CAFE, *map(str, arguments)], capture_output=True, text=True, env=os.environ | environment)


@pytest.fixture
def texts(tmp_path):
    path = tmp_path / "textes.csv"
    path.write_text("id,text\n1,Internet est trop cher 😀 pour ma grand-mère\n2,Bonjour\n", encoding="utf-8")
    return path


def test_tag_writes_the_spans_of_each_text(texts, tmp_path):
    output = tmp_path / "tags.csv"
    assert _run("tag", texts, "-o", output, "--explain").returncode == 0
    with output.open(encoding="utf-8") as file:
        rows = {row["tag"]: row for row in csv.DictReader(file)}
    text = "Internet est trop cher 😀 pour ma grand-mère"
    assert set(rows) == {"cout_internet", "seniors"}
    seniors = rows["seniors"]
    assert text[int(seniors["start"]) : int(seniors["end"])] == seniors["matched"] == "grand-mère"


def test_score_writes_its_tables_and_what_their_columns_mean(tmp_path):
    (tmp_path / "participants.csv").write_text("participant,group\np,g\nq,g\n")
    (tmp_path / "contributions.csv").write_text("contribution,participant,text\n1,p,x\n2,q,y\n")
    (tmp_path / "tags.csv").write_text("contribution,family,tag\n1,freins,cout_internet\n2,freins,navigation\n")
    assert _run("score", tmp_path, "-o", tmp_path / "out").returncode == 0
    for table in ("scores", "gaps", "regnier", "materiality"):
        head = (tmp_path / "out" / f"{table}.csv").read_text(encoding="utf-8").split("\n")[0]
        with (tmp_path / "out" / f"{table}.dictionary.csv").open(encoding="utf-8") as file:
            assert [row["column"] for row in csv.DictReader(file)] == head.split(",")
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert (summary["participants"], summary["coverage"]["freins"]["texts_without"]) == (2, 0)
    (row,) = [r for r in rows if (r["measure"], r["view"], r["option"]) == ("cited", "total", "navigation")]
    assert (row["value"], row["n"]) == ("0.5", "2")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("tag", "rien.csv", "-o", "x.csv"), "ne peut pas être lu"),
        (("score", "rien", "-o", "x"), "participants.csv"),
        (("serve",), "cafe init"),
        (("new-cafe", "rien.yaml"), "cafe init"),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_1(arguments, told, tmp_path):
    done = _run(*arguments, CAFE_DATA=str(tmp_path / "vide"))
    assert done.returncode == 1
    assert told in done.stderr and "Traceback" not in done.stderr


COMMANDS = [
    "init", "demo", "serve", "scheduler", "organiser", "new-cafe", "cards", "tag", "score", "export",
    "import contributions", "import tags",
]  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_shows_an_example(name):
    assert "Exemple" in CliRunner().invoke(cafe, [*name.split(), "--help"]).output


def test_the_help_says_of_each_command_what_its_own_help_begins_with():
    for group in (cafe, import_group):
        told = " ".join(CliRunner().invoke(group, ["--help"]).output.split())
        for name in group.list_commands(None):
            command = group.get_command(None, name)
            begun = " ".join(command.help.splitlines()[0].split())
            assert command.hidden or f" {name} {begun}" in told
            assert not command.hidden or name not in told


def test_an_export_starts_without_the_libraries_that_draw_pages():
    heavy = {"pandas", "numpy", "matplotlib", "pptx", "reportlab", "xlsxwriter", "alembic", "cafe.pages"}
    loaded = "import sys, cafe.cli, cafe.exports.commands, cafe.exports.csv_file"
    asked = f"{loaded}; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True).stdout == "[]\n"


def test_init_makes_an_empty_dialogue_that_takes_a_cafe(tmp_path):
    home = {"CAFE_DATA": str(tmp_path / "data")}
    definition = tmp_path / "cafe.yaml"
    text = "slug: a\ntitle: Café\nfirst_day: 2026-01-05\nquestions: [{day: 1, text: Q}]"
    definition.write_text(text, encoding="utf-8")
    assert _run("init", "--title", "Essai", **home).returncode == 0
    assert (tmp_path / "data" / "keys.json").stat().st_mode & 0o077 == 0
    assert _run("new-cafe", definition, **home).returncode == 0
    again = _run("new-cafe", definition, **home)
    assert (again.returncode, "existe déjà" in again.stderr) == (1, True)
