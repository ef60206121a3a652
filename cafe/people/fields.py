"""What may be written about a person: cleaned, and refused in one sentence when it cannot be kept."""

import re
import unicodedata
from dataclasses import dataclass, fields

from cafe.errors import Refusal

LENGTHS = {
    "group": 120, "pseudonym": 60, "subgroup": 80, "profile": 80, "target": 40, "place": 80,
    "name": 120, "email": 254, "phone": 40,
}  # fmt: skip
LABELS = {
    "group": "groupe", "pseudonym": "pseudonyme", "subgroup": "sous-groupe", "profile": "profil", "target": "cible",
    "place": "lieu", "name": "nom", "email": "e-mail", "phone": "téléphone",
}  # fmt: skip
EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\.]+(\.[^\s@<>,;:\"()\[\]\\.]+)+")
PHONE = re.compile(r"\+?[\d ().\-/]+", re.ASCII)


def clean(text: str) -> str:
    """One line, composed, without what cannot be seen: a hidden character would make two pseudonyms look alike."""
    spaced = re.sub(r"\s+", " ", text)
    return unicodedata.normalize("NFC", "".join(c for c in spaced if unicodedata.category(c)[0] != "C")).strip()


def fold(text: str) -> str:
    """The text as it is compared: no capitals, no accents, no punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if c.isalnum())


def quoted(text: str) -> str:
    """What was typed, cut short enough for a sentence."""
    return f"« {text[:60]}{'…' if len(text) > 60 else ''} »"


def clean_email(typed: str) -> str:
    """An address in small letters, which is how it is compared."""
    email = clean(typed).lower()
    if email and not EMAIL.fullmatch(email):
        raise Refusal(f"L’e-mail {quoted(email)} n’est pas une adresse.")
    return email


def clean_phone(typed: str) -> str:
    phone = clean(typed)
    digits = re.sub(r"\D", "", phone)
    if phone and not (PHONE.fullmatch(phone) and 6 <= len(digits) <= 15):
        raise Refusal(f"Le téléphone {quoted(phone)} n’est pas un numéro.")
    # A spreadsheet that reads a number drops its first zero.
    return f"0{phone}" if len(digits) == 9 and phone[0] in "123456789" else phone


def phone_digits(phone: str) -> str:
    """A number as it is compared: 06 12… and +33 6 12… are the same."""
    digits = re.sub(r"\D", "", phone)
    for prefix in ("0033", "33"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 9:
            return "0" + digits.removeprefix(prefix)
    return digits


@dataclass(frozen=True)
class Person:
    """Someone to invite, as a form or a line of a file tells them."""

    group: str = ""
    pseudonym: str = ""
    subgroup: str = ""
    profile: str = ""
    target: str = ""
    place: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""

    @classmethod
    def read(cls, typed: dict[str, str]) -> "Person":
        """The person cleaned; refused when a field is too long, or is not what it should be."""
        known = {field.name: clean(typed.get(field.name, "")) for field in fields(cls)}
        for name, value in known.items():
            if len(value) > LENGTHS[name]:
                raise Refusal(f"Le champ « {LABELS[name]} » est trop long : {LENGTHS[name]} signes au plus.")
            if value.startswith("="):
                raise Refusal(f"Le champ « {LABELS[name]} » contient une formule : écrivez la valeur.")
        known["email"], known["phone"] = clean_email(known["email"]), clean_phone(known["phone"])
        return cls(**known)

    @property
    def identity(self) -> tuple[str, str] | None:
        """What this person is known by: e-mail, else phone, else name, else pseudonym."""
        marks = (
            ("email", self.email), ("phone", phone_digits(self.phone)),
            ("name", fold(self.name)), ("pseudonym", fold(self.pseudonym)),
        )  # fmt: skip
        return next((mark for mark in marks if mark[1]), None)

    @property
    def profile_fields(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in ("subgroup", "profile", "target", "place")}

    @property
    def contact_fields(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in ("name", "email", "phone")}
