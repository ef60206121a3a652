"""`cafe tag` on files as people bring them."""

import csv

import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from analysis.csvfile import LONGEST_CELL
from analysis.errors import BadInput
from cafe.referential.cluster import STATUS_PAGE
from cafe.referential.commands import tag_file

TEXTS = 'id,text,question\n7,"Le wifi, l’été,\ncoûte cher 😀",\n8,"Trop compliqué.",Que pensez-vous du site ?\n9,,\n'
OTHER = """
slug: pain
label: Le pain
version: 1
families: {gouts: {label: Goûts, tags: {sel: {label: Sel, rules: [sel|salé]}}}}
"""


@pytest.fixture
def run(tmp_path):
    def tag(content, *options):
        source, output = tmp_path / "textes.csv", tmp_path / "tags.csv"
        source.write_bytes(content if isinstance(content, bytes) else content.encode())
        arguments = [str(source), "-o", str(output), *map(str, options)]
        result = CliRunner().invoke(tag_file, arguments, catch_exceptions=True)
        return result, _read(output)

    return tag


def _read(output):
    if not output.exists():
        return None
    with output.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tags_come_with_spans_of_the_text_as_given(run):
    result, rows = run(TEXTS)
    assert result.exit_code == 0
    assert list(rows[0]) == ["id", "family", "tag", "start", "end", "rule"]
    text = "Le wifi, l’été,\ncoûte cher 😀"
    assert [row["id"] for row in rows if row["tag"] == "navigation"] == []
    assert all(text[int(row["start"]) : int(row["end"])] for row in rows if row["id"] == "7")


def test_explaining_adds_columns_and_never_rows(run):
    plain, explained = run(TEXTS)[1], run(TEXTS, "--explain")[1]
    assert [{key: row[key] for key in plain[0]} for row in explained] == plain
    assert {"matched", "negated", "weight"} <= set(explained[0])


def test_a_question_puts_a_text_on_the_subject(run):
    asked = "id,text,question\n1,Il faut former les bénévoles et les accompagner,Et le numérique ?\n"
    assert run(asked)[1]
    assert not run("id,text\n1,Il faut former les bénévoles et les accompagner\n")[1]


def test_a_cluster_writes_what_one_process_writes(run, monkeypatch):
    rows = "".join(f"{number},Le wifi coûte cher à {number} personnes âgées,\n" for number in range(60))
    monkeypatch.setattr("analysis.batches.SIZE", 7)
    alone = run("id,text,question\n" + rows)[1]
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=STATUS_PAGE) as cluster:
        result, tags = run("id,text,question\n" + rows, "--engine", "dask", "--dask-address", cluster.scheduler_address)
    assert result.exit_code == 0
    assert tags == alone
    assert [int(row["id"]) for row in tags] == sorted(int(row["id"]) for row in tags)


def test_a_cluster_that_is_not_there_is_told_and_nothing_is_written(run, monkeypatch):
    monkeypatch.setattr("cafe.referential.cluster.PATIENCE", "200ms")
    result, rows = run(TEXTS, "--engine", "dask", "--dask-address", "tcp://127.0.0.1:9")
    assert isinstance(result.exception, BadInput)
    assert "ne répond pas" in str(result.exception)
    assert rows is None


def test_an_address_without_its_engine_is_refused(run):
    assert "--engine dask" in str(run(TEXTS, "--dask-address", "tcp://127.0.0.1:9")[0].exception)


def test_another_referential_brings_its_own_tags(run, tmp_path):
    other = tmp_path / "autre.yaml"
    other.write_text(OTHER, encoding="utf-8")
    assert [row["tag"] for row in run("id,text\n1,Trop salé\n", "--referential", other)[1]] == ["sel"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("id,texte\n1,a\n", "Il manque la colonne « text »"),
        ("text\na\n", "Il manque la colonne « id »"),
        ("", "Il manque la colonne"),
        ("id,text\n1,é\n".encode("latin-1"), "UTF-8"),
        ("id,text\n1,a\0b\n", "caractère nul"),
        ("id,text\n1,a,b\n", "nombre de colonnes"),
        ("id,text\n1," + "a" * (LONGEST_CELL + 1) + "\n", "trop longue"),
        ('id,text\n1,"' + "a\n" * (LONGEST_CELL // 2 + 1) + '"\n', "CSV lisible"),
    ],
    ids=["no text", "no id", "empty", "latin-1", "nul", "columns", "long line", "long cell"],
)
def test_a_bad_file_is_refused_in_one_sentence_and_nothing_is_written(run, content, told):
    result, rows = run(content)
    assert isinstance(result.exception, BadInput)
    assert told in str(result.exception)
    assert str(result.exception).count("\n") == 0
    assert rows is None


def test_a_refusal_leaves_what_was_there(run, tmp_path):
    (tmp_path / "tags.csv").write_text("id\nancien\n", encoding="utf-8")
    result, rows = run("id\n1\n")
    assert isinstance(result.exception, BadInput)
    assert rows == [{"id": "ancien"}]


def test_progress_goes_to_stderr_and_leaves_no_file_aside(run, tmp_path):
    result, _ = run(TEXTS)
    assert "textes" in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"textes.csv", "tags.csv"}


def test_help_is_french_and_shows_an_example():
    told = CliRunner().invoke(tag_file, ["--help"]).output
    assert "Exemple : cafe tag" in told
