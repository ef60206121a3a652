"""What the forms of entry and of the organiser's desk send, read from the request."""

import re
from dataclasses import dataclass

from cafe.errors import Refusal
from cafe.people.accounts import Account
from cafe.people.fields import clean
from cafe.people.printing import EVERYONE, MISSING
from cafe.people.queries import Search


@dataclass(frozen=True)
class EntryForm:
    words: str
    shared_phone: bool

    @classmethod
    def read(cls, sent):
        return cls(sent.get("words", "")[:200], sent.get("shared_phone") == "1")


@dataclass(frozen=True)
class SignInForm:
    login: str
    password: str

    @classmethod
    def read(cls, sent):
        return cls(sent.get("login", "").strip()[:60].replace("\0", ""), sent.get("password", "")[:200])


@dataclass(frozen=True)
class PasswordForm:
    current: str
    new: str

    @classmethod
    def read(cls, sent):
        new = sent.get("new", "")[:200]
        if new != sent.get("again", ""):
            raise Refusal("Les deux nouveaux mots de passe ne sont pas les mêmes.")
        return cls(sent.get("current", "")[:200], new)


@dataclass(frozen=True)
class GroupForm:
    label: str
    side: str
    in_total: bool
    subgroups: list[str]

    @classmethod
    def read(cls, sent):
        lines = sent.get("subgroups", "")[:10_000].splitlines()
        return cls(sent.get("label", "")[:300], sent.get("side", ""), sent.get("in_total") == "1", lines)


def read_account(sent) -> Account:
    """An account as the organiser describes it."""
    login, role, email = (sent.get(name, "")[:300].replace("\0", "").strip() for name in ("login", "role", "email"))
    return Account(login, role, email, sent.get("cares") == "1", sent.get("pseudonym", "")[:100])


def read_search(args, by_name: bool) -> Search:
    page = args.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    words, group = clean(args.get("mots", "")[:100]), clean(args.get("groupe", "")[:40])
    return Search(words, group, max(number, 1), by_name)


LOCAL = re.compile(r"/([^\s\\/\x00-\x1f][^\s\\\x00-\x1f]*)?")


def read_next(sent: str) -> str:
    """Where to go on to: a path of this site, or the team's home."""
    return sent if LOCAL.fullmatch(sent) else "/equipe"


def read_whom(sent) -> str | int:
    """Whom to print cards for: everyone, those who have none, or one person by number."""
    whom = sent.get("whom", "")
    if whom in (EVERYONE, MISSING):
        return whom
    if whom.isascii() and whom.isdigit() and len(whom) < 10:
        return int(whom)
    raise Refusal("Dites pour qui imprimer les cartes.")
