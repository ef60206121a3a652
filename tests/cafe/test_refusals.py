"""Bad input, on every door: a French sentence, never a crash."""

import pytest

from cafe.errors import Refusal
from cafe.forum.definition import read_definition
from tests.conftest import NOON, Browser, definition

NASTY = ["\0", "٣", "9" * 30, str(2**63), "-1", "\ufffd\u202e", "%", "'" * 50]
QUESTION = "/cafe/essai/jour/1/1"


@pytest.mark.parametrize("bad", NASTY)
def test_citizens_pages_stand_bad_input(bad, client_as):
    client = client_as("citizen")
    for name in ("apres", "avant", "repondre", "autre"):
        assert client.get(QUESTION, query_string={name: bad}).status_code == 200
    for fields in ({"key": bad, "text": "x"}, {"text": bad, "key": bad}, {"text": "x", "key": "", "reply_to": bad}):
        assert client.send(QUESTION, **fields).status_code == 400
    assert client.send(f"{QUESTION}/brouillon", text=bad).status_code == 204
    assert client.send(f"{QUESTION}/message/1/reaction", kind=bad).status_code in (400, 404)
    assert client.send("/accord", version=bad).status_code == 400


@pytest.mark.parametrize("bad", NASTY)
def test_staff_pages_stand_bad_input(bad, client_as):
    client = client_as("organiser")
    for name in ("etat", "mots", "question", "avant", "mesure", "cible"):
        for page in ("/moderation", "/resultats", "/resultats/paroles/freins/navigation"):
            assert client.get(page, query_string={name: bad}).status_code == 200
    for page in ("tag", "lu", "ajouter", "masquer", "republier"):
        answer = client.send(f"/moderation/1/{page}", tag=bad, state=bad, reason=bad, passage=bad)
        assert answer.status_code in (400, 404)


@pytest.mark.parametrize("bad", NASTY)
def test_doors_stand_bad_input(bad, visitor):
    assert visitor.send("/entrer", words=bad).status_code == 403
    visitor.get("/equipe/entrer")
    assert visitor.send("/equipe/entrer", login=bad, password=bad).status_code == 403


LOST = ["/cafe/essai/jour/٣", f"/cafe/essai/jour/{2**63}", "/cafe/x/jour/1", "/cafe/essai/jour/99", "/rien"]


@pytest.mark.parametrize("path", LOST)
def test_what_does_not_exist_is_a_page_with_a_way_back(path, client_as):
    answer = client_as("citizen").get(path)
    assert answer.status_code == 404
    assert "Revenir à l’accueil" in answer.text


def test_a_form_without_its_token_is_refused(client_as, house):
    client = client_as("citizen")
    assert Browser.post(client, QUESTION, data={"text": "x"}).status_code == 400


def test_an_endless_form_is_refused(client_as):
    assert client_as("citizen").send(QUESTION, text="x" * 300_000).status_code == 413


FAULTS = {
    "« slug »": "title: x\nfirst_day: 2026-01-05\nquestions: [{day: 1, text: Q}]",
    "« first_day »": "slug: a\ntitle: x\nfirst_day: lundi\nquestions: [{day: 1, text: Q}]",
    "même jour": "slug: a\ntitle: x\nfirst_day: 2026-01-05\nquestions: [{day: 1, text: Q}, {day: 1, text: R}]",
    "après le dernier jour": "slug: a\ntitle: x\nfirst_day: 2026-01-05\ndays: 2\nquestions: [{day: 3, text: Q}]",
    "fuseau": "slug: a\ntitle: x\nfirst_day: 2026-01-05\ntimezone: Mars\nquestions: [{day: 1, text: Q}]",
    "ligne 3": "slug: a\ntitle: [x\nfirst_day",
    "n’est pas un champ connu": "slug: a\ncolour: red\ntitle: x\nfirst_day: 2026-01-05\nquestions: [{day: 1, text: Q}]",
}


@pytest.mark.parametrize("told", FAULTS)
def test_a_faulty_cafe_is_refused_naming_the_place(told, tmp_path):
    path = tmp_path / "cafe.yaml"
    path.write_text(FAULTS[told], encoding="utf-8")
    with pytest.raises(Refusal, match=told):
        read_definition(path)


def test_a_cafe_reads_back_as_it_was_written():
    made = definition(opening_hour=0)
    assert (made.opening_hour, made.questions[0].feeds_text, made.questions[1].feeds_text) == (0, "freins", "*")
    assert made.first_day <= NOON.date()
