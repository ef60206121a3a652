from uuid import uuid4

import pytest

from cafe.results.freezing import freeze
from tests.conftest import NOON

QUESTION = "/cafe/essai/jour/1/2"


def say(client, text: str, path: str = QUESTION) -> int:
    """Post words; returns their number."""
    return int(client.send(path, key=str(uuid4()), text=text).location.rpartition("#m")[2])


@pytest.fixture
def spoken(client_as) -> dict[str, int]:
    """Two citizens have spoken: of the price, and of the network."""
    texts = (("Tilleul", "Internet est trop cher, zanzibar."), ("Garance", "Le débit est mauvais."))
    return {name: say(client_as(name), text) for name, text in texts}


@pytest.fixture
def frozen(spoken, house) -> int:
    """What was spoken, frozen."""
    with house.app.app_context():
        return freeze("Mi-parcours", str(uuid4()), None, NOON, lambda *_: None)
