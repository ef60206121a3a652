"""Notes beside an output: signed, dated, kept when figures change, never overwritten."""

import re
from uuid import uuid4

import pytest

from cafe.extensions import db
from cafe.results.models import ResultsNote
from tests.cafe.results.conftest import say, wait

THERE = "/resultats/notes/freins.enjeux"


@pytest.fixture
def analyst(spoken, client_as):
    """An analyst before figures that are computed."""
    client = client_as("analyst")
    client.get("/resultats/freins")
    wait(client)
    return client


def write(client, text: str, path: str = THERE, **fields):
    return client.send(path, **({"key": str(uuid4()), "text": text} | fields))


def numbers(house) -> list[int]:
    with house.app.app_context():
        return list(db.session.scalars(db.select(ResultsNote.id).order_by(ResultsNote.id)))


def test_a_note_stands_beside_its_output_and_says_on_which_figures_it_was_written(analyst, client_as):
    write(analyst, "Le prix <b>domine</b>.")
    for _ in range(2):
        page = analyst.get("/resultats/freins").text
        wait(analyst)
        assert "Le prix &lt;b&gt;domine&lt;/b&gt;." in page and "analyst, mercredi 7 janvier à 12\u00a0h" in page
        assert "sur les chiffres calculés mercredi 7 janvier à 12\u00a0h, référentiel v1" in page
        say(client_as("Mésange"), "Le débit est mauvais.")


def test_a_note_of_a_dataset_stays_with_it(analyst, frozen):
    write(analyst, "Sur le jeu.", f"{THERE}?jeu={frozen}")
    assert "Sur le jeu." in analyst.get(f"/resultats/freins?jeu={frozen}").text
    assert "Sur le jeu." not in analyst.get("/resultats/freins").text


def test_the_committee_reads_what_is_ticked_for_it_alone(analyst, client_as):
    write(analyst, "Pour nous.")
    write(analyst, "Pour eux aussi.", committee="1")
    page = client_as("committee").get("/resultats/freins").text
    assert "Pour eux aussi." in page and "Pour nous." not in page and "Écrire" not in page


def test_written_anew_the_former_stays_in_the_history(analyst, house):
    write(analyst, "Un.")
    (first,) = numbers(house)
    write(analyst, "Deux.", reprend=str(first))
    assert "Un." not in analyst.get("/resultats/freins").text
    page = analyst.get(THERE).text
    assert "L’historique, 2 écrits" in page and "Un." in page
    assert write(analyst, "Trois.", reprend=str(first)).status_code == 409
    write(analyst, "", reprend=str(numbers(house)[-1]))
    assert "Deux." not in analyst.get("/resultats/freins").text


def test_its_author_alone_or_the_organiser_rewrites_it(analyst, client_as, house):
    organiser = client_as("organiser")
    organiser.get("/resultats/jeux")
    write(organiser, "De l’organisation.")
    (number,) = numbers(house)
    assert write(analyst, "À moi.", reprend=str(number)).status_code == 403
    write(analyst, "De l’analyste.")
    assert write(organiser, "Récrite.", reprend=str(numbers(house)[-1])).status_code == 303


def test_sent_again_it_is_one_note_and_other_words_are_refused_and_kept(analyst, house):
    key = str(uuid4())
    for _ in range(5):
        assert write(analyst, "Une fois.", key=key).status_code == 303
    refused = write(analyst, "Autres mots.", key=key)
    assert refused.status_code == 409 and "Autres mots.</textarea>" in refused.text
    assert len(numbers(house)) == 1


@pytest.mark.parametrize("text", ["  ", "x" * 4_001])
def test_a_note_that_is_empty_or_too_long_comes_back_with_its_words(text, analyst, house):
    answer = write(analyst, text)
    assert answer.status_code == 400 and text.strip() in answer.text and numbers(house) == []


def test_what_was_begun_is_found_again_until_it_is_kept(analyst):
    assert analyst.send(f"{THERE}/brouillon", text="Commencé").status_code == 204
    assert "Commencé</textarea>" in analyst.get(THERE).text
    key = re.search(r'name="key" value="([^"]+)"', analyst.get(THERE).text)[1]
    write(analyst, "Commencé, fini.", key=key)
    assert "Commencé</textarea>" not in analyst.get(THERE).text


def test_an_unknown_place_is_not_found(analyst):
    assert analyst.get("/resultats/notes/rien").status_code == 404
