"""« Ce que vos paroles sont devenues »: where they count, beside whom, and what was decided."""

import pytest
from sqlalchemy import insert, update

from cafe.corpus.models import Answer, Question
from cafe.extensions import writing
from cafe.people.models import Participant
from tests.cafe.restitution.published import OPEN, OWN, say
from tests.conftest import counted_queries
from tests.crowd import fill

NEWS = "ce que devient une idée"


def test_whoever_said_nothing_reads_what_will_be_there(client_as):
    page = client_as("citizen").get(OWN).text
    assert "Vous n’avez encore rien dit" in page and "Où elles comptent" not in page


def test_words_without_a_subject_are_still_said_to_be_read(client_as):
    citizen = client_as("citizen")
    say(citizen, "Bonjour tout le monde")
    page = citizen.get(OWN).text
    assert "1 de vos messages compte." in page and "Aucun sujet n’est encore reconnu" in page
    assert "Rien n’est encore décidé. Revenez plus tard" in page


def test_subjects_are_counted_beside_others_and_few_people_are_not_counted(team, citizens):
    say(citizens["Tilleul"], "Internet coûte trop cher pour nous.")
    page = citizens["Tilleul"].get(OWN).text
    assert "Coût d’accès à Internet</strong>&nbsp;: 2 messages de vous. Peu d’autres personnes en parlent." in page
    team.read(lambda: fill(5, 10, team.house.clock.now))
    assert "5 autres personnes en parlent aussi." in citizens["Tilleul"].get(OWN).text


def test_words_count_where_their_question_feeds_and_nowhere_else(team, citizens):
    def starve():
        with writing() as session:
            session.execute(update(Question).values(feeds="usages"))

    team.read(starve)
    assert "Coût d’accès à Internet" not in citizens["Tilleul"].get(OWN).text


def test_a_lead_comes_to_those_who_spoke_of_it_and_a_strip_tells_them_once(team, citizens):
    number = team.new("lead", "Un tarif juste", "Baisser le prix.", ["freins:cout_internet"])
    assert "Rien n’est encore décidé sur cette piste" in citizens["Tilleul"].get(OWN).text
    assert NEWS not in citizens["Tilleul"].get(OPEN).text
    team.house.clock.move(minutes=1)
    team.tell(number, "Un tarif à deux euros arrive.")
    assert NEWS in citizens["Tilleul"].get(OPEN).text and NEWS not in citizens["Garance"].get(OPEN).text
    page = citizens["Tilleul"].get(OWN).text
    assert "Un tarif à deux euros arrive." in page and "6 janvier 2026" in page
    assert NEWS not in citizens["Tilleul"].get(OPEN).text
    other = citizens["Garance"].get(OWN).text
    assert "Aucune piste ne repose sur vos sujets" in other and "Tout ce qui est retenu" in other


def test_choosing_an_option_is_speaking_of_it_and_rating_all_is_not(team, client_as):
    def answer():
        with writing() as session:
            row = {"created_at": team.house.clock.now, "participant_id": 1}
            for code, kind, option in (("freins.champs.acces", "rank", "cout_internet"), ("usages.x", "rate", "sante")):
                question = session.scalar(
                    insert(Question).values(code=code, text="?", context="").returning(Question.id)
                )
                session.add(Answer(question_id=question, kind=kind, option=option, value="1", **row))

    team.read(answer)
    team.new("lead", "Le prix", "Texte.", ["freins:cout_internet"])
    team.new("lead", "La santé", "Texte.", ["usages:sante"])
    page = client_as("Tilleul").get(OWN).text
    assert "<h3>Le prix</h3>" in page and "<h3>La santé</h3>" not in page
    assert "2 questions à choix" in page


def test_it_is_reached_from_ones_own_words_and_once_the_cafe_is_over(team, citizens):
    assert OWN in citizens["Tilleul"].get("/mes-mots").text and OWN not in citizens["Tilleul"].get(OPEN).text
    team.house.clock.move(days=16)
    for page in ("/merci", "/cafe/essai/jour/1/2"):
        assert OWN in citizens["Tilleul"].get(page).text


def test_what_is_typed_is_escaped_everywhere(team, client_as):
    hostile, citizen = '<img src=x onerror="alert(1)">', client_as("Tilleul")
    say(citizen, f"Internet est trop cher {hostile}")
    number = team.new("lead", hostile, hostile, ["freins:cout_internet"])
    team.tell(number, hostile)
    team.announce()
    pages = [citizen.get(page).text for page in (OWN, "/ce-qui-est-retenu")]
    pages += [team.page(page) for page in ("/lecons", f"/lecons/{number}", "/lecons/apercu", "/paroles-citees")]
    assert not any("<img" in page for page in pages)


@pytest.mark.parametrize("page", [OWN, OPEN, "/ce-qui-est-retenu"])
def test_the_page_costs_the_same_however_much_is_said(team, citizens, page):
    number = team.new("lead", "Un tarif juste", "Baisser le prix.", ["freins:cout_internet"])
    team.tell(number, "Un tarif à deux euros arrive.")
    team.announce()
    counts = []
    for people, posts in ((5, 20), (50, 2_000)):
        team.read(lambda people=people, posts=posts: fill(people, posts, team.house.clock.now))
        citizens["Tilleul"].get(OWN)
        citizens["Tilleul"].get(page)
        with counted_queries(team.house.app) as seen:
            citizens["Tilleul"].get(page)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 16


def test_the_strip_asks_nothing_while_there_is_nothing_to_tell(team, client_as):
    citizen = client_as("Tilleul")
    say(citizen, "Bonjour")
    citizen.get(OPEN)
    with counted_queries(team.house.app) as seen:
        citizen.get(OPEN)
    assert not [statement for statement in seen if "edition" in statement or "outcome" in statement]


def test_someone_who_came_by_a_link_and_is_gone_is_no_more_counted(team, citizens):
    def erase():
        with writing() as session:
            session.execute(update(Participant).filter_by(pseudonym="Garance").values(erased_at=team.house.clock.now))

    number = team.new("lead", "Le réseau", "Texte.", ["freins:acces"])
    assert "<strong>2 personnes</strong>" in team.client.get(f"/lecons/{number}").text
    team.read(erase)
    assert "<strong>1 personne</strong> a parlé" in team.client.get(f"/lecons/{number}").text
