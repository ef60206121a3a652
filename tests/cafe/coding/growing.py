"""A moderator who makes the référentiel grow, as their browser would; each look at the base is on its own."""

import re
from uuid import uuid4

from sqlalchemy import select

from cafe.coding import drafts
from cafe.corpus import services as corpus
from cafe.corpus import tagging
from cafe.corpus.models import Question, Tag
from cafe.extensions import db
from cafe.referential.services import current_tagger
from cafe.referential.versions import publish
from tests.conftest import NOON

# Small, so that each change of it is quick.
SMALL = """\
slug: petit
label: Petit
version: 1
families:
  freins:
    label: Freins
    tags:
      acces:
        label: Accès
        tags:
          cout_internet: {label: Coût d’Internet, rules: [internet .. cher]}
          cout_equipement: {label: Coût de l’équipement, rules: [ordinateur .. cher]}
          lieu_acces: {label: Lieu d’accès, rules: [mairie & internet]}
"""
# With words that were learnt, and a rule that they know.
LEARNED = """\
slug: petit
label: Petit
version: 1
learned: {words: precarite-numerique-1, subject: outil}
notions:
  outil: [ordinateur]
families:
  freins:
    label: Freins
    tags:
      moyens_aidants:
        label: Moyens des aidants
        rules:
          - médiateur|médiation|écrivain|animateur|référent|ambassadeur|conseiller|accompagnateur
            public|numérique|informatique
"""
CHEQUE = "/referentiel/freins/cheque_energie"
DRAFT = "/referentiel/brouillon"


class Grower:
    """A moderator's browser beside the base that it changes."""

    def __init__(self, house, client):
        self.house, self.client = house, client
        client.get("/equipe")

    def begin(self, source: str = SMALL) -> "Grower":
        """Put the small référentiel in force, as the second version."""
        self.inside(publish, source, NOON)
        return self

    def inside(self, look, *args):
        """What `look` finds in the base."""
        with self.house.app.app_context():
            found = look(*args)
            db.session.remove()
            return found

    def token(self) -> str:
        """The token of the draft that the moderator's page showed."""
        return self.inside(drafts.find).token

    def send(self, path: str, **fields):
        """Send a form of the référentiel with the draft's token and a key of its own."""
        return self.client.send(path, **({"token": self.token(), "key": str(uuid4())} | fields))

    def read(self, path: str) -> str:
        return self.client.get(path).text

    def work(self, path: str, **fields) -> str:
        """Send a form that begins long work, wait for its end; returns the page that tells of it."""
        answer = self.send(path, **fields)
        assert answer.status_code == 303, re.sub(r"\s+", " ", answer.text)[-500:]
        self.wait()
        return answer.location

    def wait(self) -> None:
        for thread in self.house.app.extensions.pop("works", []):
            thread.join()

    def add_cheque(self):
        return self.send(
            "/referentiel/freins/nouveau-tag", label="Chèque énergie", code="cheque_energie", parent="acces",
            pattern="chèque énergie",
        )  # fmt: skip

    def publish(self) -> str:
        """Publish the draft and wait until everything is retagged; returns the page that says so."""
        return self.read(self.work(f"{DRAFT}/publier"))

    def say(self, text: str) -> int:
        """A message of the café, tagged as it arrives."""
        return self.inside(_say, text)

    def codes(self, number: int) -> set[str]:
        """The tags that stand on a message."""
        standing = select(Tag.code).where(Tag.contribution_id == number, Tag.state != "removed")
        return set(self.inside(lambda: db.session.scalars(standing).all()))

    def remove(self, number: int, code: str) -> None:
        self.inside(tagging.decide, number, "freins", code, "removed", 1, NOON)

    def add(self, number: int, code: str) -> None:
        self.inside(lambda: tagging.add(number, "freins", code, "", current_tagger(), 1, NOON))

    def version(self) -> int:
        return self.inside(current_tagger).version


def _say(text: str) -> int:
    question = db.session.scalar(select(Question.id).order_by(Question.id))
    new = corpus.NewContribution(str(uuid4()), 1, question, text, "Internet et vous")
    return corpus.record(new, current_tagger(), "secret", NOON).number
