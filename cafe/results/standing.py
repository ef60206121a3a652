"""What still stands in the base of what a file rests on: the words that may be read, those that were taken back."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from cafe.corpus.models import Contribution
from cafe.corpus.words import text_digest
from cafe.extensions import run
from cafe.guide.models import Sitting
from cafe.people.models import Participant
from cafe.results.shelf import Names
from cafe.results.state import once_a_write

CHUNK, SHORT = 5_000, 16
_said = select(Contribution.id, Contribution.text, Contribution.status, Participant.erased_at).join(
    Participant, Participant.id == Contribution.participant_id
)


@dataclass(frozen=True)
class Standing:
    """By name: `texts`, the words that may be read; `lost`: the texts whose words were taken back or changed for good.

    `people`: those who are still there; `silent`: those of them who took their answers back.
    """

    texts: dict[str, str]
    lost: set[str]
    people: set[str]
    silent: set[str]


def losses_mark() -> str:
    """It changes whenever something that was said may no longer be read as it was; not when something is added."""
    return once_a_write("losses", _read_losses)


def _read_losses() -> str:
    edited = Contribution.edited_at.is_not(None)
    queries = (
        select(*_counted(Contribution.status != "published"), *_counted(edited), func.max(Contribution.edited_at)),
        select(func.count(), func.sum(Participant.id)).where(Participant.erased_at.is_not(None)),
        select(func.count(), func.sum(Sitting.id)).where(Sitting.erased_at.is_not(None)),
    )
    rows = [tuple(map(str, row)) for query in queries for row in run(query)]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _counted(condition) -> tuple:
    """How many contributions are so, and which, as far as a sum says."""
    return func.count().filter(condition), func.sum(Contribution.id).filter(condition)


def digest_of(text: str, key: str) -> str:
    return text_digest(text, key)[:SHORT]


def read_words(names: Names, wanted: Collection[str], key: str) -> tuple[dict[str, str], set[str]]:
    """By name, the words that may be read today; and the names of those lost for good, a hidden one being neither."""
    here = {names.texts[name][0]: (name, names.texts[name][1]) for name in wanted if name in names.texts}
    texts, lost = {}, set(wanted) - names.texts.keys()
    found = {row.id: row for part in _parts(sorted(here)) for row in run(_said.where(Contribution.id.in_(part)))}
    for number, (name, digest) in here.items():
        row = found.get(number)
        if row is None or row.erased_at or row.status == "withdrawn" or digest_of(row.text, key) != digest:
            lost.add(name)
        elif row.status == "published":
            texts[name] = row.text
    return texts, lost


def read_standing(names: Names, made_at: datetime, key: str) -> Standing:
    """What stands of everything that these names name."""
    texts, lost = read_words(names, names.texts, key)
    erased = select(Participant.id).where(Participant.erased_at.is_not(None))
    took_back = select(Sitting.participant_id).where(Sitting.erased_at >= made_at)
    gone, without = set(run(erased).scalars()), set(run(took_back).scalars())
    people = {name for name, number in names.people.items() if number not in gone}
    silent = {name for name in people if names.people[name] in without} | (names.silent & people)
    return Standing(texts, lost, people, silent)


def _parts(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), CHUNK):
        yield numbers[start : start + CHUNK]
