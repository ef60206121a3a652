import pytest

from tests.cafe.restitution.published import SAID, Team, say


@pytest.fixture
def team(house, client_as):
    return Team(house, client_as, client_as("organiser"))


@pytest.fixture
def citizens(client_as):
    """Three people who said one thing each: of the price, of the network, of paperwork online."""
    clients = {name: client_as(name) for name in SAID}
    for name, client in clients.items():
        say(client, SAID[name])
    return clients
