"""The expert committee: it reads the results and leaves its light on each phase, dated, signed, never rewritten."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from cafe.extensions import db
from cafe.people.models import Light

HERE = "/comite"


@pytest.fixture
def member(client_as):
    client = client_as("committee")
    client.get(f"{HERE}/analysis")
    return client


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Light))


def test_a_light_is_kept_once_dated_and_signed_for_those_who_read_results(member, client_as):
    key = str(uuid4())
    for _ in range(5):
        assert member.send(f"{HERE}/analysis", key=key, text="Lisez <b>tout</b>").location == HERE
    for role in ("committee", "analyst", "organiser"):
        page = client_as(role).get(HERE).text
        assert page.count("<article") == 1 and "Lisez &lt;b&gt;tout&lt;/b&gt;" in page
        assert "committee, mercredi 7 janvier à 12\u00a0h" in page
    assert "Donner mon avis" not in page


def test_a_light_said_anew_stands_beside_the_former(member, house, app):
    member.send(f"{HERE}/analysis", key=str(uuid4()), text="Premier")
    house.clock.move(hours=1)
    assert "Premier</textarea>" in member.get(f"{HERE}/analysis").text
    member.send(f"{HERE}/analysis", key=str(uuid4()), text="Second")
    page = member.get(HERE).text
    assert _count() == 2 and page.index("Second") < page.index("1 avis plus ancien") < page.index("Premier")


def test_a_form_sent_again_with_other_words_is_refused_and_they_stay(member, app):
    key = str(uuid4())
    member.send(f"{HERE}/analysis", key=key, text="Premier")
    answer = member.send(f"{HERE}/analysis", key=key, text="Second")
    assert answer.status_code == 409 and "Second</textarea>" in answer.text and _count() == 1
    assert f'name="key" value="{key}"' not in answer.text


def test_an_empty_light_and_an_unknown_phase_are_refused(member, app):
    assert "Écrivez votre avis" in member.send(f"{HERE}/analysis", key=str(uuid4()), text=" \n ").text
    assert member.get(f"{HERE}/autre").status_code == member.send(f"{HERE}/autre", key=str(uuid4())).status_code == 404
    assert _count() == 0


def test_the_committee_reads_results_and_takes_no_table_away(member, app):
    assert member.get("/resultats").status_code == 200 and "Données" not in member.get("/equipe").text
    assert member.get("/donnees").status_code == member.get("/moderation").status_code == 403


def test_the_committee_does_not_read_what_was_said_to_the_team_alone(member, client_as):
    citizen = client_as("citizen")
    citizen.get("/cafe/essai/jour/2/1")
    citizen.send("/cafe/essai/jour/2/1", key=str(uuid4()), text="Internet coûte trop cher, dites-le à l’équipe")
    citizen.send("/cafe/essai/jour/3/1", key=str(uuid4()), text="Internet coûte trop cher pour tous")
    page = "/resultats/paroles/freins/cout_internet"
    assert "dites-le à l’équipe" in client_as("analyst").get(page).text.replace("<mark>", "").replace("</mark>", "")
    seen = member.get(page).text.replace("<mark>", "").replace("</mark>", "")
    assert "dites-le à l’équipe" not in seen and "pour tous" in seen
