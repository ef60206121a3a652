"""What the team writes: drafts that nobody loses, texts that are out only once published."""

from uuid import uuid4

import pytest

from cafe.restitution.models import Piece, PieceVersion
from cafe.restitution.pieces import LONGEST, LONGEST_TITLE
from tests.cafe.restitution.published import OWN, TEXTS, Team

READ = "/ce-qui-est-retenu"


def count(team, model) -> int:
    return team.read(lambda: model.query.count())


@pytest.fixture
def analyst(house, client_as):
    return Team(house, client_as, client_as("analyst"))


def test_before_anything_is_written_each_part_says_what_will_be_there(team, client_as):
    page = team.client.get(TEXTS).text
    assert "Aucune leçon encore" in page and "Aucune piste encore" in page and "Écrire les objectifs" in page
    assert "Rien n’est encore publié" in client_as("observer").get(TEXTS).text
    assert "Rien n’est encore publié" in client_as("citizen").get(READ).text


def test_the_same_form_makes_one_text_and_the_objectives_are_one(team):
    team.client.get(TEXTS)
    keys = [str(uuid4())] * 5 + [str(uuid4())]
    lessons = {team.client.send(f"{TEXTS}/lesson/nouveau", key=key).location for key in keys}
    goals = {team.client.send(f"{TEXTS}/objectives/nouveau", key=str(uuid4())).location for _ in range(3)}
    assert (len(lessons), len(goals), count(team, Piece)) == (2, 1, 3)
    assert team.client.send(f"{TEXTS}/rien/nouveau", key=str(uuid4())).status_code == 404


def test_a_draft_is_read_by_the_team_and_by_no_one_else_until_it_is_published(team, client_as):
    number = team.empty("lesson")
    team.write(number, "La proximité", "Il faut des lieux <b>proches</b>.\n\nEt du temps.")
    readers = [client_as(who).get(page).text for who, page in (("citizen", READ), ("observer", TEXTS))]
    assert not any("proximité" in page for page in readers)
    assert "La proximité" in client_as("moderator").get(f"{TEXTS}/{number}").text
    assert "&lt;b&gt;proches" in client_as("moderator").get(f"{TEXTS}/apercu").text
    team.write(number, "La proximité", "Il faut des lieux proches.", action="publish")
    for who, page in (("citizen", READ), ("observer", TEXTS), ("committee", TEXTS)):
        assert "des lieux proches" in client_as(who).get(page).text


def test_what_is_out_stays_as_published_while_a_draft_goes_on_then_is_taken_back(team, client_as):
    number, citizen = team.new("lesson", "Un", "Ancien texte."), client_as("citizen")
    team.write(number, "Un", "Nouveau texte.")
    assert "Ancien texte" in citizen.get(READ).text and "publié, brouillon en cours" in team.client.get(TEXTS).text
    team.client.send(f"{TEXTS}/{number}/retirer")
    assert "Ancien texte" not in citizen.get(READ).text
    assert "Nouveau texte" in team.client.get(f"{TEXTS}/{number}").text


def test_two_who_write_at_once_lose_nothing(team, analyst):
    number = team.empty("lead")
    mine, theirs = team.token(number), analyst.token(number)
    analyst.write(number, "Un tarif", "Le texte de l’analyste.", token=theirs)
    refused = team.write(number, "Un prix", "Le texte de l’organisateur.", ["freins:cout_internet"], token=mine)
    assert refused.status_code == 409
    assert "Le texte de l’analyste." in refused.text and "Le texte de l’organisateur." in refused.text
    assert 'value="freins:cout_internet" checked' in refused.text
    # Until one chooses, nothing is saved over the other's text.
    assert "hx-post" not in refused.text
    team.write(number, "Un prix", "Le texte de l’organisateur.", token=team.token(number))
    assert "Le texte de l’organisateur." in team.client.get(f"{TEXTS}/{number}").text
    assert "Le texte de l’analyste." in team.client.get(f"{TEXTS}/{number}/avant").text


def test_one_keeps_writing_from_a_page_that_saves_by_itself(team, analyst):
    number = team.empty("lesson")
    first, here = team.token(number), f"{TEXTS}/{number}/brouillon"
    asked = {"headers": {"HX-Request": "true"}}
    kept = team.client.send(here, title="Un", words="Du", token=first, **asked)
    assert kept.status_code == 200 and "Brouillon gardé" in kept.text and "<html" not in kept.text
    # Sent before the answer came, with the token of before: it is one's own text, so nothing stops.
    assert team.client.send(here, title="Un", words="Du texte", token=first).status_code == 200
    told = analyst.client.send(here, title="Un", words="Autre", token=first, **asked)
    assert told.status_code == 200 and "en même temps" in told.text
    assert analyst.client.send(here, title="Un", words="Autre", token=first).status_code == 409
    assert "Du texte" in team.client.get(f"{TEXTS}/{number}").text


def test_publishing_again_adds_no_version(team):
    number = team.new("lesson", "Un", "Texte.")
    for _ in range(4):
        team.write(number, "Un", "Texte.", action="publish")
    assert count(team, PieceVersion) == 1


TOO_LONG = [("x" * (LONGEST_TITLE + 1), "Texte", "titre est trop long"), ("Un", "x" * (LONGEST + 1), "trop long")]


@pytest.mark.parametrize(("title", "words", "said"), [*TOO_LONG, ("", "Texte", "un titre"), ("Un", " ", "vide")])
def test_what_cannot_be_published_is_said_in_a_sentence_and_kept_in_the_page(team, title, words, said):
    refused = team.write(team.empty("lesson"), title, words, action="publish")
    assert refused.status_code == 400 and said in refused.text and words in refused.text


def test_a_subject_that_the_referentiel_lacks_is_refused(team):
    assert team.write(team.empty("lead"), "Un", "Texte", ["freins:rien"]).status_code == 400


def titles(team) -> list[str]:
    page = team.client.get(TEXTS).text
    return sorted(("Un", "Deux", "Trois"), key=lambda title: page.index(f">{title}</a>"))


def test_texts_are_put_in_order_and_the_same_tap_twice_moves_once(team, client_as):
    numbers = [team.new("lesson", title, "Texte.") for title in ("Un", "Deux", "Trois")]
    for _ in range(3):
        team.client.send(f"{TEXTS}/{numbers[2]}/place", to="2")
    assert titles(team) == ["Un", "Trois", "Deux"]
    page = client_as("citizen").get(READ).text
    assert page.index(">Trois<") < page.index(">Deux<")


def test_a_text_taken_out_of_the_list_can_be_put_back_and_one_that_is_out_stays(team):
    number = team.new("lesson", "Un", "Texte.")
    assert team.client.send(f"{TEXTS}/{number}/enlever").status_code == 400
    team.client.send(f"{TEXTS}/{number}/retirer")
    team.client.send(f"{TEXTS}/{number}/enlever")
    assert "Hors de la liste : 1" in team.client.get(TEXTS).text
    team.client.send(f"{TEXTS}/{number}/remettre")
    assert "Hors de la liste" not in team.client.get(TEXTS).text


def test_a_lead_says_how_many_people_spoke_of_what_it_rests_on(team, citizens):
    number = team.empty("lead")
    team.write(number, "Un tarif", "Texte.", ["freins:acces"])
    # Of the price, of the network: both stand under « accès ».
    assert "<strong>2 personnes</strong> ont parlé" in team.client.get(f"{TEXTS}/{number}").text


def test_readers_write_nothing(team, client_as):
    number, moderator = team.new("lesson", "Un", "Texte."), client_as("moderator")
    assert "<textarea" not in moderator.get(f"{TEXTS}/{number}").text
    assert moderator.send(f"{TEXTS}/{number}", title="Un", words="Autre").status_code == 403
    assert client_as("analyst").send(f"{TEXTS}/{number}/suite", words="x").status_code == 403


def test_what_becomes_of_a_lead_is_added_never_replaced(team, citizens):
    number, key = team.new("lead", "Un tarif", "Baisser le prix.", ["freins:cout_internet"]), str(uuid4())
    for _ in range(5):
        team.tell(number, "Un tarif à deux euros.", key=key)
    again = team.tell(number, "Autre chose", key=key)
    assert again.status_code == 409 and "Autre chose" in again.text
    team.tell(number, "Le tarif arrive en mars.", on="2026-01-07")
    page = citizens["Tilleul"].get(OWN).text
    assert page.index("arrive en mars") < page.index("deux euros") and page.count("deux euros") == 1
    assert "7 janvier 2026" in page


@pytest.mark.parametrize(
    ("words", "on"),
    [("", "2026-01-06"), ("x" * 2001, "2026-01-06"), ("Oui", ""), ("Oui", "32/13"),
     ("Oui", "2026-01-08"), ("Oui", "2099-01-01")],
)
def test_an_outcome_needs_words_and_a_day_that_has_come(team, words, on):
    refused = team.tell(team.new("lead", "Un", "Texte."), words, on)
    assert refused.status_code == 400 and words in refused.text


def test_an_outcome_waits_for_its_lead_to_be_out(team):
    number = team.empty("lead")
    assert team.tell(number, "Oui").status_code == 400 and team.tell(team.empty("lesson"), "Oui").status_code == 404
