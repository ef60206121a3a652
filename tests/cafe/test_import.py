"""Contributions held elsewhere: in once, or not at all."""

import pytest
from sqlalchemy import func, select

from analysis.errors import BadInput
from cafe.cli import cafe as command
from cafe.corpus.models import Contribution, Question, Tag
from cafe.errors import Refusal
from cafe.extensions import db

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
    assert "2 contributions ajoutées" in _import(app, path).output


@pytest.mark.parametrize("told", BAD)
def test_a_bad_file_is_refused_in_one_sentence_and_changes_nothing(told, app, tmp_path):
    path = tmp_path / "textes.csv"
    if BAD[told] is not None:
        path.write_bytes(BAD[told])
    before = [_count(model) for model in (Contribution, Question)]
    result = _import(app, path)
    assert isinstance(result.exception, Refusal | BadInput)
    assert told in str(result.exception) and "\n" not in str(result.exception)
    assert [_count(model) for model in (Contribution, Question)] == before


def test_an_unknown_cafe_is_refused(app, good):
    assert "n’existe pas" in str(_import(app, good, "ailleurs").exception)
