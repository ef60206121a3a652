"""One e-mail handed to the mail server, and what became of it: taken, refused, to be tried again, or nobody knows."""

import hashlib
import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from cafe.errors import Refusal
from cafe.messages.wording import one_line

PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
# Python folds a long link in a header, or encodes it, and mail programs then read none.
WIDE = SMTP.clone(max_line_length=998)
PATIENCE = 30
BAD_URL = "SMTP_URL ne se lit pas. Écrivez par exemple smtp://nom:secret@serveur:587?starttls=1."


class NotTaken(Exception):
    """The server did not take it: it may be tried again."""


class Unreachable(NotTaken):
    """No server to speak to."""


class Rejected(Exception):
    """The server will never take it."""


class Uncertain(Exception):
    """All was said and no answer came: it may have been sent."""


@dataclass(frozen=True)
class Letter:
    """An e-mail ready to leave. `link`: where it leads; `stop`: the address that stops messages."""

    key: str
    to: str
    subject: str
    body: str
    link: str
    stop: str


def compose(letter: Letter, sender: str, now: datetime) -> bytes:
    """The e-mail as bytes; its identifier depends on the message's key alone."""
    name, address = parseaddr(sender)
    mail = EmailMessage(SMTP)
    mail["Subject"] = one_line(letter.subject)
    mail["From"] = Address(one_line(name), addr_spec=address)
    mail["To"] = Address(addr_spec=letter.to)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{hashlib.sha256(letter.key.encode()).hexdigest()[:32]}@{_host(address)}>"
    mail["List-Unsubscribe"] = f"<{letter.stop}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Auto-Submitted"] = "auto-generated"
    text = f"{letter.body}\n\n{letter.link}\n\n-- \nPour ne plus recevoir ces messages :\n{letter.stop}\n"
    mail.set_content(text, cte="quoted-printable")
    return mail.as_bytes(policy=WIDE)


def _host(address: str) -> str:
    return address.rpartition("@")[2]


class Mailer:
    """A conversation with the mail server that SMTP_URL names, opened when there is something to send."""

    def __init__(self, url: str, sender: str):
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise Refusal(BAD_URL)
        if not PLAIN_ADDRESS.fullmatch(parseaddr(sender)[1]):
            raise Refusal("MAIL_FROM n’est pas une adresse. Écrivez par exemple cafe@exemple.fr.")
        self.parts, self.sender, self.address = parts, sender, parseaddr(sender)[1]
        self.starttls = parse_qs(parts.query).get("starttls") == ["1"]
        self.server = None

    def open(self) -> None:
        """Make sure that the server is there and listens; raises Unreachable otherwise."""
        if self.server is not None and not self._listens():
            self.close()
        try:
            self.server = self.server or self._connect()
        except OSError as error:
            raise Unreachable(type(error).__name__) from None

    def _listens(self) -> bool:
        try:
            return self.server.noop()[0] == 250
        except OSError:
            return False

    def _connect(self) -> smtplib.SMTP:
        secure = self.parts.scheme == "smtps"
        port = self.parts.port or (465 if secure else 587 if self.starttls else 25)
        settings = {"local_hostname": _host(self.address), "timeout": PATIENCE}
        if secure:
            settings["context"] = ssl.create_default_context()
        server = (smtplib.SMTP_SSL if secure else smtplib.SMTP)(self.parts.hostname, port, **settings)
        try:
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            if self.parts.username:
                server.login(unquote(self.parts.username), unquote(self.parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def close(self) -> None:
        if self.server is not None:
            self.server.close()
        self.server = None

    def send(self, letter: Letter, now: datetime) -> None:
        """Hand one e-mail over; raises NotTaken, Rejected or Uncertain when it is not known to be taken."""
        if not PLAIN_ADDRESS.fullmatch(letter.to):
            raise Rejected("L’adresse n’est pas lisible.")
        try:
            said = compose(letter, self.sender, now)
        except (ValueError, HeaderParseError):
            raise Rejected("L’adresse n’est pas lisible.") from None
        self._offer(letter.to)
        self._hand_over(said)

    def _offer(self, to: str) -> None:
        """All that comes before the message itself: nothing is sent yet, whatever breaks."""
        try:
            self.server.ehlo_or_helo_if_needed()
            _expect(self.server.mail(self.address), 250, lasting=NotTaken)
            _expect(self.server.rcpt(to), 250, 251)
            _expect(self.server.docmd("DATA"), 354)
        except (NotTaken, Rejected):
            self._start_again()
            raise
        except OSError as error:
            self.close()
            raise NotTaken(type(error).__name__) from None

    def _hand_over(self, said: bytes) -> None:
        try:
            self.server.send(re.sub(rb"(?m)^\.", b"..", said) + b".\r\n")
            answer = self.server.getreply()
        except OSError:
            self.close()
            raise Uncertain from None
        _expect(answer, 250)

    def _start_again(self) -> None:
        try:
            self.server.rset()
        except OSError:
            self.close()


def _expect(answer: tuple[int, bytes], *good: int, lasting: type[Exception] = Rejected) -> None:
    """Read the server's code; its words are not kept, since they may hold the address."""
    code = answer[0]
    if code not in good:
        if 500 <= code < 600:
            raise lasting(f"Refusé par le serveur de messagerie (code {code}).")
        raise NotTaken(f"Le serveur de messagerie demande d’attendre (code {code}).")
