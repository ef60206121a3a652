"""The grid's page: who is where, and a nudge in two taps."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from cafe.extensions import db, writing
from cafe.forum.models import Cafe, CafeGroup
from cafe.messages.models import Message
from cafe.people import services as people
from cafe.people.models import Contact, Participant
from tests.conftest import counted_queries

GRID, TODAY = "/participation/essai", "/cafe/essai/jour/3/1"


@pytest.fixture
def numbers(house):
    with house.app.app_context():
        return dict(db.session.execute(select(Participant.pseudonym, Participant.id)).tuples().all())


def _reach(house, number, **contact):
    with house.app.app_context(), writing() as session:
        session.add(Contact(participant_id=number, **contact))


def test_the_grid_shows_everyone_and_filters(client_as):
    client_as("Tilleul").send(TODAY, key=str(uuid4()), text="bonjour")
    moderator = client_as("moderator")
    page = moderator.get(GRID).text
    assert "Jour 3 : <strong>1 ont répondu</strong>" in page and "Mésange" in page
    page = moderator.get(f"{GRID}?etat=answered").text
    assert "Tilleul" in page and "Mésange" not in page
    assert "Personne ne correspond" in moderator.get(f"{GRID}?mots=introuvable").text


def test_a_nudge_is_one_message_however_often_it_is_tapped(client_as, house, numbers):
    _reach(house, numbers["Garance"], email="g@exemple.fr")
    _reach(house, numbers["Mésange"], phone="06 39 98 00 01")
    moderator = client_as("moderator")
    moderator.get(GRID)
    for name, told in (
        ("Garance", "Un e-mail part à Garance"), ("Mésange", "sur la liste à appeler"), ("Tilleul", "ni adresse"),
    ):  # fmt: skip
        for _ in range(2):
            moderator.send(f"{GRID}/relancer/{numbers[name]}")
        page = moderator.get(GRID).text
        assert told in page and "06 39" not in page and "exemple.fr" not in page
    with house.app.app_context():
        assert sorted(db.session.scalars(select(Message.channel))) == ["email", "hand"]
    assert moderator.send(f"{GRID}/relancer/999").status_code == 404


def test_those_of_another_group_are_not_in_the_grid(client_as, house):
    with house.app.app_context(), writing() as session:
        people.create_group("operateur", "Opérateur")
        people.create_participant("Sureau", "operateur", house.clock.now)
        session.add(CafeGroup(cafe_id=session.scalar(select(Cafe.id)), group_code="operateur"))
    assert "Tilleul" not in client_as("moderator").get(GRID).text


def test_queries_do_not_grow_with_people(client_as, house):
    moderator, counts = client_as("moderator"), []
    for more in (1, 60):
        with house.app.app_context():
            for n in range(more):
                made = people.create_participant(f"P{more}-{n}", "grand_public", house.clock.now)
                people.issue_card(made.id, house.app.config["KEYS"]["cards"], house.clock.now)
        with counted_queries(house.app) as seen:
            moderator.get(GRID)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12
