"""The grid person × day."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from cafe.extensions import db
from cafe.forum.attendance import attendance
from cafe.forum.models import Cafe
from tests.conftest import counted_queries

TODAY = "/cafe/essai/jour/3/1"


@pytest.fixture
def grid(house):
    def read(**filters):
        with house.app.app_context():
            return attendance(db.session.scalar(select(Cafe)), house.clock.now, **filters)

    return read


def _states(found) -> dict:
    return {line.pseudonym: line.states for line in found.lines}


def test_each_state_is_seen_and_the_strongest_wins(grid, client_as):
    answered, drafted = client_as("Tilleul"), client_as("Garance")
    for client in (answered, drafted):
        client.get(TODAY)
    answered.send(TODAY, key=str(uuid4()), text="bonjour")
    drafted.send(f"{TODAY}/brouillon", text="je comm")
    drafted.get("/cafe/essai/jour/1/1")
    found = grid()
    assert _states(found) == {
        "Tilleul": ("never", "never", "answered"),
        "Garance": ("read", "never", "draft"),
        "Mésange": ("never", "never", "never"),
    }
    assert found.counts == {"answered": 1, "draft": 1, "read": 0, "never": 1}
    assert found.day == 3


def test_filters_by_state_group_and_words(grid, client_as):
    client_as("Tilleul").send(TODAY, key=str(uuid4()), text="bonjour")
    assert _states(grid(state="answered")).keys() == {"Tilleul"}
    assert _states(grid(state="never")).keys() == {"Garance", "Mésange"}
    assert _states(grid(state="answered", day=1)) == {}
    assert _states(grid(words="gara")).keys() == {"Garance"}
    assert grid(group="ailleurs").found == 0


def test_a_withdrawn_answer_is_none(grid, client_as):
    client = client_as("Tilleul")
    number = client.send(TODAY, key=str(uuid4()), text="bonjour").location.rpartition("#m")[2]
    client.send(f"{TODAY}/message/{number}", action="withdraw")
    assert grid().counts["answered"] == 0


def test_last_seen_is_told_and_costs_no_write_a_page(grid, client_as, clock, house):
    client = client_as("Tilleul")
    client.get(TODAY)
    clock.move(hours=1)
    client.get(TODAY)
    seen = {line.pseudonym: line.seen_at for line in grid().lines}
    assert seen["Tilleul"] == clock.now and seen["Garance"] is None
    with counted_queries(house.app) as statements:
        client.get(TODAY)
    assert not [statement for statement in statements if statement.startswith(("UPDATE", "INSERT"))]


def test_before_the_first_day_there_is_nothing_to_show(grid, clock):
    clock.move(days=-10)
    found = grid()
    assert found.day == 0 and all(line.states == () for line in found.lines)
