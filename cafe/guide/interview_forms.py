"""What the interviewer's forms send, read from the request."""

from cafe.guide.interviewing import Beginning
from cafe.guide.notes import NewNote
from cafe.guide.services import Sent
from cafe.guide.steps import Given
from cafe.people.fields import Person
from cafe.web import read_key, read_number

PERSON = ("group", "subgroup", "profile", "place")
CONTACT = ("name", "email", "phone")


def read_beginning(sent, staff_id: int) -> Beginning:
    return Beginning(read_key(sent), sent.get("heard") == "1", read_number(sent.get("version", "")), staff_id)


def read_person(sent, with_contact: bool) -> Person:
    """Someone to meet; names and contacts are read only from those who may keep them."""
    fields = PERSON + (CONTACT if with_contact else ())
    return Person.read({name: sent.get(name, "") for name in fields})


def read_answer(sent) -> Sent:
    """A step's answer as its card sends it."""
    given = Given(
        sent.get("kind", ""), _options(sent), others=tuple(filter(None, [sent.get("other", "")])),
        state=sent.get("state", ""),
    )  # fmt: skip
    return Sent(read_key(sent), sent.get("replaces", "")[:64], given, tuple(sent.get("offered", "").split()))


def _options(sent) -> tuple[tuple[str, str], ...]:
    """A ranking's and a rating's fields carry the option in their names, which hold no answer when left blank."""
    kind = sent.get("kind", "")
    if kind in ("rank", "rate"):
        start = f"{kind}."
        fields = [(name.removeprefix(start), value.strip()) for name, value in sent.items() if name.startswith(start)]
        return tuple((code, value) for code, value in fields if value)
    return tuple((code, "1") for code in sent.getlist("option"))


def read_note(sent) -> NewNote:
    place = read_number(sent.get("place", ""))
    return NewNote(read_key(sent), sent.get("step", "")[:120], place, sent.get("text", ""), sent.get("reworded") == "1")
