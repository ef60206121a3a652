"""What an export holds, kept beside its file without a word of it: whether its words may still be read."""

import json
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import select

from cafe.corpus.models import Contribution
from cafe.exports.chunks import ByNumber, chunks
from cafe.extensions import run
from cafe.people.models import Participant

# Bytes of a digest.
SHORT = 8
_heard = ByNumber(
    select(Contribution.id, Contribution.text)
    .join(Participant, Participant.id == Contribution.participant_id)
    .where(Contribution.status == "published", Participant.erased_at.is_(None)),
    Contribution.id,
)


class Proof:
    """The people, and a keyed digest of each text: of what is read now, or of what was read for the file itself."""

    def __init__(self, people: Iterable[int], key: str):
        self._people, self._texts = sorted(people), {}
        # A copy has read the key already: that is half of the work on a short text.
        self._keyed = blake2b(key=key.encode(), digest_size=SHORT)

    def note(self, read: Iterable[tuple[int, str]]) -> None:
        """Keep the digests of these texts, by their numbers."""
        for number, text in read:
            digest = self._keyed.copy()
            digest.update(text.encode())
            self._texts[str(number)] = digest.hexdigest()

    def read(self, texts: Iterable[int]) -> "Proof":
        """Note those of these texts that are read today."""
        for numbers in chunks(sorted(texts)):
            self.note(_heard.rows(numbers))
        return self

    def write(self, path: Path) -> None:
        path.write_text(json.dumps({"people": self._people, "texts": self._texts}), encoding="utf-8")

    def equals(self, kept: dict) -> bool:
        return self._texts == kept["texts"]


def still_holds(path: Path, key: str) -> bool:
    """Whether nothing that the export holds was withdrawn, hidden, erased, corrected or masked since."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    alive = set(run(select(Participant.id).where(Participant.erased_at.is_(None))).scalars())
    if not alive.issuperset(kept["people"]):
        return False
    return Proof(kept["people"], key).read(map(int, kept["texts"])).equals(kept)
