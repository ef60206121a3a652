"""A real mail server for tests, and the post office of a house: its scheduler, its clock, what people received."""

import asyncio
import email
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from cafe.extensions import db, writing
from cafe.forum.models import Cafe
from cafe.messages.models import Message
from cafe.people.models import Contact, Participant, Staff
from cafe.scheduler import Scheduler
from tests.live import free_port

SENDER = "Café <cafe@exemple.fr>"
SITE = "https://cafe.exemple.fr"


@dataclass
class Mailbox:
    """What the server took. `refuse`: what it says to some addresses; `lose`: cut after the text, with no answer.

    `held`: addresses whose text is read, and answered when the test says `let`; `reached` is set when one is.
    """

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    offered: Counter = field(default_factory=Counter)
    refuse: dict[str, str] = field(default_factory=dict)
    lose: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    let: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if answer := self.refuse.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        to = envelope.rcpt_tos[0]
        self.offered[to] += 1
        if to in self.held:
            self.reached.set()
            await self._wait_for_the_test()
        if to in self.lose:
            server.transport.abort()
            return "421 gone"
        self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 taken"

    async def _wait_for_the_test(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self.let.wait)

    def take(self) -> list[EmailMessage]:
        """What came since the last time."""
        letters, self.letters = self.letters, []
        return letters

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def mail_server(port: int = 0):
    mailbox = Mailbox(port or free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    yield mailbox
    mailbox.let.set()
    controller.stop()


@dataclass
class PostOffice:
    """A house with its scheduler and a mail server."""

    house: object
    mailbox: Mailbox
    scheduler: Scheduler

    def run_pass(self) -> dict[str, str]:
        """A pass of the scheduler: the address and the subject of what came."""
        self.scheduler.run_pass()
        return {letter["To"]: letter["Subject"] for letter in self.mailbox.take()}

    def run_until(self, end, **step) -> list[tuple[str, str]]:
        """What is due recorded and sent at each step of the clock, until a moment: what came, in order."""
        came = []
        while self.house.clock.now <= end:
            with self.house.app.app_context():
                self.scheduler.record()
                self.scheduler.send()
            came += [(letter["To"], letter["Subject"]) for letter in self.mailbox.take()]
            self.house.clock.move(**step)
        return came

    def reachable(self, name: str, email: str = "", phone: str = "") -> int:
        """Give a participant or a member of staff an address, a phone, or both; returns their number."""
        with self.house.app.app_context(), writing() as session:
            number = session.scalar(select(Participant.id).where(Participant.pseudonym == name))
            who = {"participant_id": number}
            if number is None:
                number = session.scalar(select(Staff.id).where(Staff.login == name))
                who = {"staff_id": number}
            session.add(Contact(name=f"Vrai nom de {name}", email=email, phone=phone, **who))
        return number

    def change_cafe(self, **values) -> None:
        with self.house.app.app_context(), writing() as session:
            session.execute(update(Cafe).values(**values))

    def messages(self, **where) -> list[Message]:
        with self.house.app.app_context():
            return list(db.session.scalars(select(Message).filter_by(**where).order_by(Message.id)))
