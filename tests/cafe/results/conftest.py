from uuid import uuid4

import pytest
from sqlalchemy import select

from cafe.corpus.models import Question
from cafe.corpus.services import NewContribution, record
from cafe.extensions import writing
from cafe.moderation.models import Retained
from cafe.people import services as people
from cafe.people.models import Staff
from cafe.referential.services import current_tagger
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


def wait(client) -> None:
    """Let the long work that a page began end."""
    for thread in client.application.extensions.pop("works", []):
        thread.join()


@pytest.fixture
def crowd(house) -> None:
    """Six more people in the group, one in a small one: each says that the price blocks; one is kept to be quoted."""
    with house.app.app_context(), writing() as session:
        question = session.scalar(select(Question.id).where(Question.code == "essai.j3.1"))
        people.create_group("operateur", "Opérateur")
        for n in range(7):
            person = people.create_participant(f"Voix {n}", "operateur" if n == 6 else "grand_public", NOON)
            new = NewContribution(str(uuid4()), person.id, question, f"Internet est trop cher, dit le {n}.")
            number = record(new, current_tagger(), "k", NOON).number
            if n in (0, 6):
                staff = session.scalar(select(Staff.id).where(Staff.role == "moderator"))
                kept = {"contribution_id": number, "section": "freins:cout_internet", "staff_id": staff}
                session.add(Retained(**kept, created_at=NOON))


@pytest.fixture
def opened(crowd, frozen, client_as) -> int:
    """The crowd's results, frozen and open to citizens."""
    client_as("organiser").send(
        "/resultats/ouvrir/citoyens", key=str(uuid4()), action="open", dataset=frozen, page=["freins", "raisons"]
    )
    return frozen
