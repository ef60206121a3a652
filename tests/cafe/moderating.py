"""What the tests of moderation share: someone who posts, someone who decides, rows laid by hand."""

import re
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from cafe.corpus.models import Contribution, Flag
from cafe.extensions import db, writing
from cafe.moderation.models import Decision

OPEN, AFTER_OWN, NEVER = "/cafe/essai/jour/1/2", "/cafe/essai/jour/1/1", "/cafe/essai/jour/2/1"
QUEUE = "/moderation/file"
MAIL = "Écrivez-moi à paul@exemple.fr pour en parler."
PICK = re.compile(r'name="pick" form="bulk" value="(\d+):([\d.]+)"')


@dataclass
class Desk:
    """A moderator before the queue."""

    house: object
    client: object

    def queue(self, **query) -> str:
        return self.client.get(QUEUE, query_string=query).text

    def picks(self, page: str = QUEUE) -> dict[int, str]:
        """Each message of a page, with the mark of what it shows."""
        return {int(number): seen for number, seen in PICK.findall(self.client.get(page).text)}

    def decide(self, number: int, action: str, **fields):
        fields = {"seen": self.picks().get(number, ""), "message": number} | fields
        return self.client.send(f"/moderation/{number}/decider", action=action, **fields)

    def undo(self, answer):
        """Take back what an answer's address says was done."""
        return self.client.send("/moderation/annuler", decision=answer.location.partition("fait=")[2].partition("#")[0])

    def post(self, number: int) -> Contribution:
        return self.read(lambda: db.session.get(Contribution, number))

    def state(self, number: int) -> tuple[str, str]:
        return self.post(number).status, self.post(number).status_reason

    def read(self, ask):
        with self.house.app.app_context():
            found = ask()
            db.session.expunge_all()
            return found

    def decisions(self, number: int) -> list[Decision]:
        query = select(Decision).where(Decision.contribution_id == number).order_by(Decision.id)
        return self.read(lambda: list(db.session.scalars(query)))

    def flags(self, number: int) -> list[tuple[str, int, int, bool]]:
        """The flags of a message: kind, place, dealt with or not."""
        query = select(Flag).where(Flag.contribution_id == number).order_by(Flag.start)
        rows = self.read(lambda: list(db.session.scalars(query)))
        return [(flag.kind, flag.start, flag.end, flag.settled_at is not None) for flag in rows]

    def lay(self, *rows) -> None:
        with self.house.app.app_context(), writing() as session:
            session.add_all(rows)

    def flag(self, number: int, kind: str, passage: str) -> None:
        start = self.post(number).text.index(passage)
        self.lay(Flag(contribution_id=number, kind=kind, start=start, end=start + len(passage)))


def say(client, text: str, place: str = OPEN, **fields) -> int:
    answer = client.send(place, key=str(uuid4()), text=text, **fields)
    return int(answer.location.rpartition("#m")[2])
