"""The guide's paper twin: printed with its numbers, entered by them, wrong lines told and right ones kept."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from cafe.corpus.models import Answer, Contribution, Question
from cafe.errors import Refusal
from cafe.extensions import db
from cafe.guide import paper, paper_entry
from cafe.guide.steps import Given
from tests.cafe.guide.interviewed import begin
from tests.cafe.guide.small import ranked, shipped_guide

SHEET = {
    "codes:titre": "2", "text:liens": "Sans Internet, rien.\n\nOn perd ses droits.", "codes:freins.enjeux": "4 1",
    "codes:freins.champs.acces": "1 0", "other:freins.champs.acces": "Pas de prise", "codes:raisons": "x",
    "codes:usages.dependance": "5 4 - 3 - - - - - 1", "head:freins.champs#0": "a1",
    "text:essentiels#0": "Un forfait social",
}  # fmt: skip


@pytest.fixture
def entered(house, client_as):
    """An interview, and a way to send its sheet of paper."""
    client = client_as("interviewer")
    page = f"{begin(client)}/saisie"

    def send(**fields):
        client.get(page)
        return client.send(page, **({"key": str(uuid4())} | fields))

    return send


def lines() -> dict:
    return {row.field: row.line for row in paper_entry.rows_of(paper_entry.layout(shipped_guide(), {}))}


def answers(app) -> list[tuple]:
    with app.app_context():
        query = select(Question.code, Answer.option, Answer.value).join(Question).order_by(Answer.id)
        return [tuple(row) for row in db.session.execute(query)]


def test_every_question_is_printed_with_its_code_for_each_way(client_as):
    client = client_as("interviewer")
    page = client.get("/entretiens/papier").text
    assert [question.code for question in shipped_guide().questions() if question.code not in page] == []
    assert "Quand on a peu d’argent" in client.get("/entretiens/papier?facon=alone").text
    assert client.get("/entretiens/papier?facon=x").status_code == 404


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("freins.enjeux", ranked("autonomie", "acces")),
        ("usages.dependance", Given("rate", (("emploi", "5"), ("education", "1")))),
        ("titre", Given("choice", state="nsp")),
        ("regnier.offre_sociale", Given("statement", (("dilemme", "1"),))),
    ],
)
def test_what_was_answered_is_written_as_numbers_that_read_back(field, given):
    line = lines()[field]
    assert paper.read_codes(line, paper.written_as(line, given, "autre"), "", "autre") == given


@pytest.mark.parametrize(("field", "written"), [("titre", "12"), ("titre", "a"), ("usages.dependance", "5 4")])
def test_what_stands_for_nothing_is_refused(field, written):
    with pytest.raises(Refusal):
        paper.read_codes(lines()[field], written, "", "autre")


def test_a_whole_sheet_is_entered_at_once_and_again_adds_nothing(house, entered):
    key = str(uuid4())
    assert entered(key=key, **SHEET).status_code == 303
    known = answers(house.app)
    assert ("freins.champs.acces", "autre.acces", "2") in known and ("raisons", "refus", "1") in known
    assert [row for row in known if row[0] == "usages.dependance"] == [
        ("usages.dependance", "emploi", "5"), ("usages.dependance", "demarches_administratives", "4"),
        ("usages.dependance", "education", "3"), ("usages.dependance", "achats_loisirs", "1"),
    ]  # fmt: skip
    entered(key=key, **SHEET)
    assert answers(house.app) == known
    with house.app.app_context():
        texts = select(Contribution.text, Contribution.about).order_by(Contribution.id)
        assert [tuple(row) for row in db.session.execute(texts)] == [
            ("Sans Internet, rien.", ""), ("On perd ses droits.", ""), ("Un forfait social", "cout_internet"),
        ]  # fmt: skip


def test_wrong_lines_come_back_with_their_reason_and_the_right_ones_are_kept(house, entered):
    wrong = {"codes:titre": "99", "text:essentiels#3": "Sans champ", "head:freins.champs#1": "z9"}
    page = entered(**SHEET | wrong)
    assert page.status_code == 400
    for words in ("« 99 » n’est pas une réponse", "Sans champ</textarea>", "Écrivez d’abord le code", 'value="z9"'):
        assert words in page.text, words
    assert ("freins.enjeux", "acces", "2") in answers(house.app)
