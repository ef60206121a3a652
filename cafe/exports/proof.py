"""What an export holds, kept beside its file without a word of it: whether its words may still be read."""

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import select

from cafe.corpus.models import Contribution
from cafe.exports.chunks import ByNumber, chunks, still_heard
from cafe.extensions import run
from cafe.people.models import Participant

_heard = ByNumber(still_heard.with_only_columns(Contribution.id, Contribution.text), Contribution.id)


class Proof:
    """The people, and a keyed digest of some thousands of texts at a time: no guess at a text's words can be checked.

    The texts are those read now, or those that were read for the file itself.
    """

    def __init__(self, people: Iterable[int], key: str):
        self._people, self._key, self._runs = sorted(people), key.encode(), []

    def note(self, read: Sequence[tuple[int, str]]) -> None:
        """Keep the numbers of these texts, in their order, and their digest."""
        self._runs.append({"texts": [number for number, _text in read], "digest": _digest(read, self._key)})

    def read(self, texts: Iterable[int]) -> "Proof":
        """Note those of these texts that are read today."""
        for numbers in chunks(sorted(texts)):
            self.note(_heard.rows(numbers))
        return self

    def write(self, path: Path, **more) -> None:
        """Keep it, with what else its file rests on."""
        path.write_text(json.dumps({"people": self._people, "runs": self._runs, **more}), encoding="utf-8")


def still_holds(path: Path, key: str) -> bool:
    """Whether nothing that the export holds was withdrawn, hidden, erased, corrected or masked since."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    alive = set(run(select(Participant.id).where(Participant.erased_at.is_(None))).scalars())
    # A proof in another version's words tells nothing.
    return (
        "runs" in kept
        and alive.issuperset(kept["people"])
        and all(_digest(_read_again(noted["texts"]), key.encode()) == noted["digest"] for noted in kept["runs"])
    )


def _read_again(numbers: list[int]) -> list[tuple[int, str]]:
    found = dict(_heard.rows(numbers))
    return [(number, found[number]) for number in numbers if number in found]


def _digest(read: Sequence[tuple[int, str]], key: bytes) -> str:
    # No text holds a NUL: what follows one is a number.
    whole = "\0".join(f"{number} {text}" for number, text in read)
    return blake2b(whole.encode(), key=key).hexdigest()
