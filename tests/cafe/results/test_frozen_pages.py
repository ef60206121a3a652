"""The team freezes from the screen, reads what was frozen, compares, names, deletes; forms sent again do it once."""

import io
import re
import zipfile
from uuid import uuid4

import pytest

from cafe.results.freezing import find, frozen_list
from tests.cafe.results.conftest import say, wait


@pytest.fixture
def analyst(client_as):
    return client_as("analyst")


def test_freezing_from_the_screen_says_how_far_it_is_and_ends_on_the_dataset(spoken, analyst, house):
    analyst.get("/resultats/jeux")
    key = str(uuid4())
    for _ in range(5):
        place = analyst.send("/resultats/jeux", key=key, title="Mi-parcours").location
    wait(analyst)
    page = analyst.get(place).text
    assert "Le jeu est figé" in page
    shown = analyst.get(re.search(r'href="(/resultats/jeux/\d+)"', page)[1]).text
    with house.app.app_context():
        (dataset,) = frozen_list()
        assert dataset.sha256 in shown and "référentiel v1" in shown and "2 paroles" in shown


@pytest.mark.parametrize("title", ["", "x" * 81])
def test_a_bad_title_comes_back_with_one_sentence(title, analyst):
    answer = analyst.send("/resultats/jeux", key=str(uuid4()), title=title)
    assert answer.status_code == 400 and f'value="{title}"' in answer.text


def test_an_empty_dialogue_has_nothing_to_freeze_yet_it_is_kept(analyst):
    analyst.send("/resultats/jeux", key=str(uuid4()), title="Avant")
    wait(analyst)
    assert "Avant" in analyst.get("/resultats/jeux").text


def test_pages_read_on_a_dataset_say_so_and_their_links_stay_on_it(frozen, analyst, client_as):
    say(client_as("Mésange"), "Internet est trop cher.")
    page = analyst.get(f"/resultats/freins?jeu={frozen}").text
    assert "Jeu figé «&nbsp;Mi-parcours&nbsp;»" in page and "n = 2\u00a0personnes" in page
    links = re.findall(r'href="(/resultats/freins\?[^"]*mesure[^"]*)"', page)
    assert links and all(f"jeu={frozen}" in link for link in links)
    assert f"/resultats/paroles/freins/cout_internet?jeu={frozen}" in page
    assert "n = 2\u00a0personnes" in analyst.get(links[0].replace("&amp;", "&")).text


def test_the_words_behind_a_bar_are_those_of_then_that_still_stand(frozen, spoken, analyst, client_as):
    say(client_as("Mésange"), "Internet est trop cher, dit plus tard.")
    there = f"/resultats/paroles/freins/acces?jeu={frozen}"
    page = analyst.get(there).text
    assert "<mark>Internet est trop cher</mark>, zanzibar." in page and "plus tard" not in page
    client_as("moderator").send(f"/moderation/{spoken['Garance']}/masquer", reason="x")
    assert "Le débit est mauvais" not in analyst.get(there).text


def test_the_banner_counts_what_was_taken_back_and_the_figures_stay(frozen, spoken, analyst, client_as):
    client_as("Tilleul").send(f"/mes-mots/{spoken['Tilleul']}/retirer")
    page = analyst.get(f"/resultats/freins?jeu={frozen}").text
    assert "0 personne, 1 parole retirée depuis" in page and "n = 2\u00a0personnes" in page and "zanzibar" not in page


def test_an_unknown_dataset_is_not_found(analyst):
    assert analyst.get("/resultats/freins?jeu=9").status_code == 404


def test_what_moved_since_is_read_in_one_glance(frozen, analyst, client_as):
    for text in ("Internet est trop cher.", "Le forfait est trop cher."):
        say(client_as("Mésange"), text)
    analyst.get(f"/resultats/jeux/{frozen}/comparer")
    wait(analyst)
    page = analyst.get(f"/resultats/jeux/{frozen}/comparer").text
    assert "2 personnes alors, 3 aujourd’hui" in page and "▲ +" in page


def test_the_tables_leave_as_they_are_hashed_and_the_log_says_who_took_them(frozen, analyst, house):
    answer = analyst.get(f"/resultats/jeux/{frozen}/tables.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert sorted(archive.namelist()) == [
            "answers.csv", "contributions.csv", "groups.csv", "participants.csv", "tags.csv",
        ]  # fmt: skip
        assert "Tilleul" not in archive.read("participants.csv").decode()
    assert "tables téléchargées" in analyst.get("/resultats/jeux").text


def test_the_organiser_gives_another_title_and_deletes(frozen, client_as, house):
    organiser, key, key_of_deletion = client_as("organiser"), str(uuid4()), str(uuid4())
    organiser.get("/resultats/jeux")
    for _ in range(3):
        organiser.send(f"/resultats/jeux/{frozen}/titre", key=key, title="Fin")
    with house.app.app_context():
        assert find(frozen).title == "Fin"
        folder = house.app.config["HOUSE"].data / "frozen"
        assert any(folder.iterdir())
    for _ in range(3):
        assert organiser.send(f"/resultats/jeux/{frozen}/supprimer", key=key_of_deletion).status_code == 303
    assert organiser.get(f"/resultats/jeux/{frozen}").status_code == 404 and not any(folder.iterdir())
    log = organiser.get("/resultats/jeux").text
    assert "jeu supprimé" in log and log.count("nouveau titre") == 1
