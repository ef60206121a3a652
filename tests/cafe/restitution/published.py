"""What the tests of the restitution share: people who speak, results computed, an edition announced, a lead told."""

import re
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from cafe.corpus.models import Contribution
from cafe.extensions import db
from cafe.people.models import Participant

OPEN = "/cafe/essai/jour/1/2"
QUOTES, TEXTS, OWN = "/paroles-citees", "/lecons", "/mes-paroles"
LAST_DAY, AFTER = "2026-01-21", {"days": 15}
SAID = {
    "Tilleul": "Internet est trop cher pour ma mère.",
    "Garance": "Le débit est mauvais chez nous.",
    "Mésange": "Les démarches en ligne sont trop compliquées.",
}
TOKEN = re.compile(r'name="token" value="([^"]+)"')


def say(client, text: str, place: str = OPEN) -> int:
    return int(client.send(place, key=str(uuid4()), text=text).location.rpartition("#m")[2])


@dataclass
class Team:
    """The organiser before the pages of the restitution, and the house to look into."""

    house: object
    enter: object
    client: object

    def page(self, path: str = QUOTES) -> str:
        """A page once its figures are computed beside the requests."""
        self.client.get(path)
        for thread in self.house.app.extensions.pop("works", []):
            thread.join()
        return self.client.get(path).text

    def later(self, **by) -> None:
        """Let time pass; the team's sessions are short, so one comes in again."""
        self.house.clock.move(**by)
        self.client = self.enter("organiser")

    def announce(self, until: str = LAST_DAY, **fields):
        self.page()
        return self.client.send(f"{QUOTES}/annoncer", **({"key": str(uuid4()), "until": until} | fields))

    def publish(self, edition_id: int = 1):
        return self.client.send(f"{QUOTES}/{edition_id}/publier")

    def new(self, kind: str, title: str, words: str, subjects: tuple[str, ...] = ()) -> int:
        """A text, written and published; returns its number."""
        number = self.empty(kind)
        self.write(number, title, words, subjects, "publish")
        return number

    def empty(self, kind: str) -> int:
        self.client.get(TEXTS)
        made = self.client.send(f"{TEXTS}/{kind}/nouveau", key=str(uuid4()))
        return int(made.location.rpartition("/")[2])

    def token(self, number: int) -> str:
        return TOKEN.search(self.client.get(f"{TEXTS}/{number}").text)[1]

    def write(self, number: int, title: str, words: str, subjects=(), action: str = "save", token: str = ""):
        token = token or self.token(number)
        fields = {"title": title, "words": words, "subject": list(subjects), "action": action, "token": token}
        return self.client.send(f"{TEXTS}/{number}", **fields)

    def tell(self, number: int, words: str, on: str = "2026-01-06", key: str = ""):
        self.client.get(f"{TEXTS}/{number}")
        return self.client.send(f"{TEXTS}/{number}/suite", key=key or str(uuid4()), words=words, decided_on=on)

    def read(self, ask):
        with self.house.app.app_context():
            return ask()

    def numbers(self) -> dict[str, int]:
        """The first contribution of each person, by pseudonym."""
        query = select(Participant.pseudonym, Contribution.id).join(Contribution).order_by(Contribution.id.desc())
        return self.read(lambda: dict(db.session.execute(query).tuples().all()))
