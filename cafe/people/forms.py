"""What the forms of entry send, read from the request."""

from dataclasses import dataclass


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
