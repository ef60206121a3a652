"""Contributions held elsewhere: in once, or not at all."""

import pytest
from sqlalchemy import func, select

from analysis.errors import BadInput
from cafe.cli import cafe as command
from cafe.corpus.models import Contribution, Question, Tag
from cafe.errors import Refusal
from cafe.extensions import db
from cafe.people.models import Participant

GOOD = (
    "id,participant,question,created_at,text\n"
    '1,A,Et le prix ?,2026-01-05T18:30,"Internet est trop cher,\nvraiment"\n'
    "2,A,Et le prix ?,2026-01-05T18:40:00+00:00,=1+1\n"
    "3,B,,,Le débit est mauvais\n"
)
BAD = {
    "« text »": b"id,texte\n1,a\n",
    "n’est pas une date": b"text,created_at\nbonjour,hier\n",
    "caractère nul": b"text\nbon\0jour\n",
    "trop longue": b"text\n" + b"x" * 40_000_000,
    "UTF-8": "text\nété\n".encode("latin-1"),
    "le texte est vide": b"text,id\n,1\n",
    "et 2 autres": b"text,id\n,1\n,2\n,3\n,4\n,5\n",
    "nombre de colonnes": b"text,id\na,b,c\n",
    "100000 au plus": b"text\n" + b"x" * 100_001,
    "Il manque la colonne": b"",
    "ligne 5 :": b'text,created_at\n"un\ndeux\r\ntrois",\nbonjour,hier\n',
    "ligne 6 :": b"text,created_at\n\n\r\nun,\n\nbonjour,hier\n",
    "« 7 » est déjà": b"id,text\n7,bonjour\n7,bonsoir\n",
    "ne peut pas": None,
}


def _import(app, path, cafe="essai"):
    return app.test_cli_runner().invoke(command, ["import", "contributions", str(path), "--cafe", cafe])


def _count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "textes.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_rows_come_in_with_their_question_moment_and_tags(app, good):
    result = _import(app, good)
    assert result.exit_code == 0 and "3 contributions ajoutées, 0 déjà connues" in result.output
    first = db.session.scalar(select(Contribution).order_by(Contribution.id))
    assert first.text == "Internet est trop cher,\nvraiment"
    assert first.created_at.isoformat() == "2026-01-05T17:30:00+00:00"
    assert "Et le prix ?" in db.session.scalars(select(Question.text)).all()
    assert {"cout_internet", "couverture_reseau"} <= set(db.session.scalars(select(Tag.code)))
    assert len(set(db.session.scalars(select(Contribution.participant_id)))) == 2


def test_importing_again_adds_nothing(app, good):
    _import(app, good)
    before = [_count(model) for model in (Contribution, Question, Tag)]
    result = _import(app, good)
    assert "0 contributions ajoutées, 3 déjà connues" in result.output
    assert [_count(model) for model in (Contribution, Question, Tag)] == before


def test_without_number_a_row_is_known_by_its_text(app, tmp_path):
    path = tmp_path / "textes.csv"
    path.write_text("text\nbonjour\nbonjour\nbonsoir\n", encoding="utf-8")
    assert "2 contributions ajoutées, 0 déjà connues, 1 en double" in _import(app, path).output
    people = db.session.scalars(select(Contribution.participant_id)).all()
    assert len(set(people)) == 2
    assert {db.session.get(Participant, number).group_code for number in people} == {"grand_public"}


def test_a_number_is_never_taken_for_a_text(app, tmp_path):
    path = tmp_path / "textes.csv"
    path.write_text("id,text\nbonjour,salut\n,bonjour\n", encoding="utf-8")
    assert "2 contributions ajoutées" in _import(app, path).output


def test_a_known_question_is_taken_by_its_code(app, tmp_path):
    path = tmp_path / "textes.csv"
    path.write_text("text,question\nTrop cher,essai.j3.1\n", encoding="utf-8")
    before = _count(Question)
    _import(app, path)
    assert _count(Question) == before
    number = db.session.scalar(select(Contribution.question_id))
    assert db.session.get(Question, number).code == "essai.j3.1"


@pytest.mark.parametrize("told", BAD)
def test_a_bad_file_is_refused_in_one_sentence_and_changes_nothing(told, app, tmp_path):
    path = tmp_path / "textes.csv"
    if BAD[told] is not None:
        path.write_bytes(BAD[told])
    before = [_count(model) for model in (Contribution, Question, Participant, Tag)]
    result = _import(app, path)
    assert isinstance(result.exception, Refusal | BadInput)
    assert told in str(result.exception) and "\n" not in str(result.exception)
    assert [_count(model) for model in (Contribution, Question, Participant, Tag)] == before


def test_an_unknown_cafe_is_refused(app, good):
    assert "n’existe pas" in str(_import(app, good, "ailleurs").exception)
