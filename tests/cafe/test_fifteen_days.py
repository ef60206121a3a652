"""A café of fifteen days lived through: made from screens, thirty-one invited, opened, moderated, reminded, closed."""

import io
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from cafe.corpus.models import Contribution
from cafe.extensions import db
from cafe.results.frames import frames_from_base
from tests.conftest import Browser

BEFORE = datetime(2026, 1, 26, 9, tzinfo=UTC)
DAYS, PEOPLE, ACTIVE = 15, 31, 4
DESK, HERE = "/organisation", "/organisation/cafe/hiver"
SETTINGS = {
    "title": "Café d’hiver", "slug": "hiver", "first_day": "2026-02-02", "days": str(DAYS), "opening_hour": "8",
    "timezone": "Europe/Paris", "late_answers": "1", "moderation": "before", "quiet_from": "20", "quiet_to": "8",
    "reminder_hour": "18",
}  # fmt: skip
FACE = re.compile(r"<h2>([^<]+)</h2>\s*<ul class=\"words\">((?:<li>[a-z]+</li>){3})</ul>")


def _upload(client, path: str, name: str, text: str):
    fields = {"csrf_token": client.token, "file": (io.BytesIO(text.encode()), name)}
    return client.post(path, data=fields, content_type="multipart/form-data")


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)[1]
    return found.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")


class Season:
    """The café's people as they use it: the organiser, a moderator, thirty-one citizens with their phones."""

    def __init__(self, house, client_as, office):
        self.house, self.clock, self.office = house, house.clock, office
        self.client_as = client_as
        self.cards: dict[str, str] = {}

    def prepare(self) -> None:
        desk = self.client_as("organiser")
        desk.get(f"{DESK}/cafe/nouveau")
        assert desk.send(f"{DESK}/cafe/nouveau", **SETTINGS).status_code == 303
        self._bring_questions(desk)
        assert "Question du jour 7" in desk.get(f"{HERE}/jour/7/1/apercu").text
        desk.get(f"{DESK}/accord")
        version = _hidden(desk.get(f"{DESK}/accord").text, "version")
        desk.send(f"{DESK}/accord", text="Vos mots sont gardés un an.", version=version, act="publish")
        self._invite(desk)
        self._print(desk)

    def _bring_questions(self, desk) -> None:
        days = range(1, DAYS + 1)
        lines = [f"{day};1;Question du jour {day} ?;Bonjour du jour {day}.;tout de suite;" for day in days]
        file = "\n".join(["jour;numéro;question;message;visibilité;familles", *lines])
        page = _upload(desk, f"{HERE}/importer", "questions.csv", file).text
        packed = {name: _hidden(page, name) for name in ("questions", "digest")}
        assert desk.send(f"{HERE}/importer/confirmer", **packed).status_code == 303

    def _invite(self, desk) -> None:
        """A third gave an address, a third a phone, the rest nothing; two lines are refused."""
        lines = ["pseudonyme;groupe;nom;e-mail;téléphone"]
        for n in range(PEOPLE):
            reach = (f"c{n}@exemple.fr;", f";06 39 98 01 {n:02}", ";")[n % 3]
            lines.append(f"Voix {n:02};Grand public;Nom {n};{reach}")
        lines += ["Perdu;Groupe inconnu;;;", "Raté;Grand public;;pas une adresse;"]
        desk.get(f"{DESK}/participants/invitation")
        page = _upload(desk, f"{DESK}/participants/invitation", "invites.csv", "\n".join(lines)).text
        assert f"{PEOPLE} personnes ajoutées" in page and "Perdu" not in self._pseudonyms()
        again = _upload(desk, f"{DESK}/participants/invitation", "invites.csv", "\n".join(lines)).text
        assert f"{PEOPLE} personnes ajoutées" not in again

    def _pseudonyms(self) -> set[str]:
        with self.house.app.app_context():
            return set(frames_from_base().participants["participant"])

    def _print(self, desk) -> None:
        desk.get(f"{DESK}/cartes")
        sheet = desk.send(f"{DESK}/cartes/feuille", whom="missing", key=str(uuid4()), format="html").text
        self.cards = {name: " ".join(re.findall("<li>([a-z]+)</li>", items)) for name, items in FACE.findall(sheet)}
        assert len(self.cards) == PEOPLE

    def enter(self, name: str) -> Browser:
        """Someone with their card: the consent is asked once, then the day is there."""
        self.house.app.test_client_class = Browser
        client = self.house.app.test_client()
        client.get("/entrer")
        client.send("/entrer", words=self.cards[name])
        page = client.get("/accord").text
        assert "Vos mots sont gardés un an." in page
        client.send("/accord", version=_hidden(page, "version"))
        return client


@pytest.fixture
def season(house, client_as, office):
    house.clock.now = BEFORE
    season = Season(house, client_as, office)
    season.prepare()
    return season


def _day(day: int, hour: int) -> datetime:
    """A moment of the café, whose clocks are an hour ahead of UTC in winter."""
    return datetime(2026, 2, 1 + day, hour - 1, tzinfo=UTC)


def test_fifteen_days_from_the_first_screen_to_the_last_word(season, client_as):
    came, clock = Counter(), season.clock
    active = {name: season.enter(name) for name in sorted(season.cards)[:ACTIVE]}
    assert active["Voix 00"].get("/cafe/hiver/jour/1").text.count("Cette journée ouvre") == 1
    for day in range(1, DAYS + 1):
        clock.now = _day(day, 8)
        came.update(season.office.run_pass().items())
        for name, client in active.items():
            place = f"/cafe/hiver/jour/{day}/1"
            posted = client.send(place, key=str(uuid4()), text=f"{name} parle le jour {day}")
            assert posted.status_code == 303 and "en attente d’un animateur" in client.get(place).text
        _publish_all(client_as("moderator"))
        assert f"Voix 01 parle le jour {day}" in active["Voix 00"].get(f"/cafe/hiver/jour/{day}/1").text
        came.update(season.office.run_until(_day(day, 23), hours=5))
    _check_messages(came)
    _check_the_end(season, active["Voix 00"])


def _publish_all(moderator) -> None:
    """Clear the queue, one decision a post."""
    page = moderator.get("/moderation/file").text
    posts = re.findall(r'action="(/moderation/\d+/decider)".*?name="seen" value="([^"]*)"', page, re.DOTALL)
    for action, seen in posts:
        assert moderator.send(action, action="publish", seen=seen, back="file").status_code == 303
    assert "Tout est décidé" in moderator.get("/moderation/file").text


def _check_messages(came: Counter) -> None:
    """Each address: fifteen openings, a reminder a day unless they answered, each once."""
    assert set(came.values()) == {1}
    kinds = Counter(("rappel" if "attend" in subject else "jour", address) for address, subject in came)
    silent = [f"c{n}@exemple.fr" for n in range(ACTIVE, PEOPLE) if n % 3 == 0]
    assert all(kinds["rappel", address] == kinds["jour", address] == DAYS for address in silent)
    assert kinds["rappel", "c0@exemple.fr"] == 0 and kinds["jour", "c0@exemple.fr"] == DAYS


def _check_the_end(season, citizen) -> None:
    season.clock.now = _day(DAYS + 1, 9)
    thanked = season.office.run_pass()
    assert "c0@exemple.fr" in thanked and season.office.run_pass() == {}
    assert citizen.get("/").location == "/merci"
    assert citizen.send("/cafe/hiver/jour/15/1", key=str(uuid4()), text="encore").status_code == 409
    words = citizen.get("/mes-mots").text
    assert words.count("Voix 00 parle le jour") == DAYS
    number = re.search(r"/mes-mots/(\d+)/retirer", words)[1]
    citizen.send(f"/mes-mots/{number}/retirer")
    with season.house.app.app_context():
        frames = frames_from_base()
        assert len(frames.contributions) == DAYS * ACTIVE - 1
        assert not frames.contributions["text"].str.contains("exemple.fr").any()
        stored = db.session.scalar(select(func.count()).select_from(Contribution))
        assert stored == DAYS * ACTIVE
    desk = season.client_as("organiser")
    desk.get(HERE)
    assert desk.send(f"{HERE}/archive", action="archive").status_code == 303
    season.clock.move(**{"hours": 1})
    assert season.office.run_pass() == {}


def test_only_those_who_hold_a_card_come_in_and_a_lost_one_dies(season):
    name, words = next(iter(season.cards.items()))
    desk = season.client_as("organiser")
    people = desk.get(f"{DESK}/participants", query_string={"mots": name}).text
    number = re.search(r"/organisation/participants/(\d+)", people)[1]
    desk.get(f"{DESK}/participants/{number}")
    assert desk.send(f"{DESK}/participants/{number}/carte", key=str(uuid4())).status_code == 200
    visitor = season.house.app.test_client()
    visitor.get("/entrer")
    assert visitor.send("/entrer", words=words).status_code == 403


def test_reminders_by_hand_are_ticked_off(season):
    season.clock.now = _day(1, 8)
    season.office.run_pass()
    season.clock.now += timedelta(hours=10)
    season.office.run_pass()
    desk = season.client_as("organiser")
    page = desk.get("/messages/a-faire").text
    assert "06 39 98 01 01" in page and "Nom 1" in page
    action = re.search(r'action="(/messages/a-faire/\d+/fait)"', page)[1]
    desk.send(action)
    assert action not in desk.get("/messages/a-faire").text
