"""A small dialogue for tests: one café whose third day is open, three citizens, one member of staff a role."""

import os
import re
import shutil
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import event, update

from cafe import create_app, tries
from cafe.extensions import db
from cafe.forum.definition import CafeDefinition
from cafe.forum.services import create_cafe
from cafe.keys import write_keys
from cafe.people import services as people
from cafe.people.models import Staff
from cafe.setup import initialise
from config import read_config
from tests.server_base import ServerBase, on_server

NOON = datetime(2026, 1, 7, 11, 0, tzinfo=UTC)
CITIZENS = ("Tilleul", "Garance", "Mésange")
PASSWORD = "une-longue-phrase"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# Each process that runs tests fills its own.
TEMPLATE = f"cafe_template_{os.getpid()}"
# Passwords are hashed as the site does, with the least work: they are given hundreds of times.
people.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
QUESTIONS = [
    {"day": 1, "n": 1, "text": "Quel lien avec Internet ?", "visibility": "after_own", "feeds": ["freins"]},
    {"day": 1, "n": 2, "text": "Et le téléphone ?", "visibility": "at_once"},
    {"day": 2, "n": 1, "text": "À dire à l’équipe ?", "visibility": "never"},
    {"day": 3, "n": 1, "text": "Qu’est-ce qui bloque ?", "host": "Bonjour.", "feeds": ["freins"]},
    {"day": 4, "n": 1, "text": "Et demain ?"},
]


def pytest_collection_modifyitems(config, items):
    """The long walks first, so that no process ends on one alone while the other waits.

    On a server's base, only the tests that meet it: the others would say there what they said before.
    """
    items.sort(key=lambda item: "browser" not in item.path.parts and "crash" not in item.path.name)
    if os.environ.get("TEST_DATABASE_URL"):
        met = [item for item in items if "template" in item.fixturenames]
        config.hook.pytest_deselected(items=[item for item in items if item not in met])
        items[:] = met


class Clock:
    """The application's clock, stopped; a test moves it."""

    def __init__(self, now: datetime):
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by) -> None:
        self.now += timedelta(**by)


@dataclass
class House:
    """An application with its dialogue, and what opens its doors."""

    app: object
    clock: Clock
    cards: dict[str, str] = field(default_factory=dict)


def definition(**changes) -> CafeDefinition:
    known = {"slug": "essai", "title": "Café numérique", "first_day": date(2026, 1, 5), "questions": QUESTIONS}
    return CafeDefinition.model_validate(known | changes)


def _fill(app) -> dict[str, str]:
    """The dialogue's people; returns each citizen's card."""
    cards, key = {}, app.config["KEYS"]["cards"]
    people.create_group("grand_public", "Grand public")
    for name in CITIZENS:
        citizen = people.create_participant(name, "grand_public", NOON, subgroup="Aidants", target="seniors")
        cards[name] = people.issue_card(citizen.id, key, NOON)
    for role in people.ROLES:
        people.create_staff(role, role, PASSWORD, NOON)
    db.session.execute(update(Staff).values(totp_secret=SECRET))
    db.session.commit()
    create_cafe(definition())
    return cards


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A base filled once; each test gets a copy of it."""
    folder = tmp_path_factory.mktemp("template")
    server = os.environ.get("TEST_DATABASE_URL")
    if server:
        on_server(server, f"DROP DATABASE IF EXISTS {TEMPLATE}", f"CREATE DATABASE {TEMPLATE}")
    address = f"{server}{TEMPLATE}" if server else ""
    config = read_config({"CAFE_DATA": str(folder), "DATABASE_URL": address})
    write_keys(config.data)
    app = create_app(config, Clock(NOON))
    initialise(app, "Dialogue d’essai")
    with app.app_context():
        cards = _fill(app)
        db.session.remove()
        db.engine.dispose()
    return folder, cards


class Lodging:
    """A folder, a base's address and the application on them, made once: each test finds them filled anew.

    An application takes longer to make than most tests to run.
    """

    def __init__(self, template, data):
        self.template, self.cards = template
        self.data, server = data, os.environ.get("TEST_DATABASE_URL")
        self.base = ServerBase(server, TEMPLATE) if server else None
        shutil.copytree(self.template, data)
        address = self.base.address if self.base else ""
        self.app = create_app(read_config({"CAFE_DATA": str(data), "DATABASE_URL": address}))
        self.config, self.extensions = deepcopy(dict(self.app.config)), dict(self.app.extensions)

    def fill(self) -> House:
        """The template's people and nothing else, whatever the test before did to the folder, the base or the app."""
        shutil.rmtree(self.data)
        shutil.copytree(self.template, self.data)
        if self.base:
            self.base.fill()
        clock = Clock(NOON)
        self.app.config.clear()
        self.app.config.update(deepcopy(self.config), TESTING=True, CLOCK=clock)
        self.app.extensions.clear()
        self.app.extensions.update(self.extensions)
        tries.kept.reset()
        return House(self.app, clock, self.cards)

    def empty(self) -> None:
        """Long work that a page began ends before its base goes."""
        for thread in self.app.extensions.get("works", []):
            thread.join()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    @contextmanager
    def lived_in(self):
        yield self.fill()
        self.empty()


@pytest.fixture(scope="session")
def lodgings(template, tmp_path_factory):
    """Two of them: a test may carry something from one house to the other."""
    return [Lodging(template, tmp_path_factory.mktemp("lodging") / "data") for _ in range(2)]


@pytest.fixture
def house(lodgings):
    with lodgings[0].lived_in() as made:
        yield made


@pytest.fixture
def fresh_house(lodgings):
    """Another one, with the same people and nothing said."""
    with lodgings[1].lived_in() as made:
        yield made


@pytest.fixture
def app(house):
    """The application, inside its context."""
    with house.app.app_context():
        yield house.app


@pytest.fixture
def clock(house):
    return house.clock


class Browser(FlaskClient):
    """A test client that fills the token of the forms it has seen, as a browser does."""

    token = ""

    def open(self, *args, **kwargs):
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and (found := TOKEN.search(answer.text)):
            self.token = found[1]
        return answer

    def send(self, path: str, **fields):
        """POST a form with its token."""
        return self.post(path, data={"csrf_token": self.token} | fields, headers=fields.pop("headers", None))


@pytest.fixture
def visitor(house) -> Browser:
    house.app.test_client_class = Browser
    client = house.app.test_client()
    client.get("/entrer")
    return client


def _give_code(house, client, who):
    """Give the second factor; a code opens once, while here several clients come at the same stopped moment."""
    with house.app.app_context():
        db.session.execute(update(Staff).where(Staff.login == who).values(totp_step=0))
        db.session.commit()
    client.get("/equipe/code")
    client.send("/equipe/code", code=pyotp.TOTP(SECRET).at(house.clock.now))


@pytest.fixture
def client_as(house):
    """Sign in, through the real doors: a role of staff, or a citizen's pseudonym (« citizen » is the first).

    Those who may export also give their code, unless told otherwise.
    """
    house.app.test_client_class = Browser

    def enter(who: str, code: bool = True) -> Browser:
        client = house.app.test_client()
        client.get("/entrer")
        if who in people.ROLES:
            client.send("/equipe/entrer", login=who, password=PASSWORD)
            client.get("/equipe")
            if code and who in ("organiser", "analyst"):
                _give_code(house, client, who)
        else:
            client.send("/entrer", words=house.cards[CITIZENS[0] if who == "citizen" else who])
            client.get("/accord")
            client.send("/accord", version="1")
            client.get("/accord")
        return client

    return enter


@contextmanager
def counted_queries(app):
    """The statements that the base receives meanwhile."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
