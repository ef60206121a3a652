"""What an export holds, kept beside its file without a word of it: whether its words may still be read."""

import json
from collections.abc import Iterable
from hashlib import blake2b
from itertools import chain
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


def write_proof(people: Iterable[int], texts: Iterable[int], path: Path, key: str) -> None:
    """The people, and a keyed digest of each text, as they are now; written before the export reads them."""
    proof = {"people": sorted(people), "texts": _digests(sorted(texts), key)}
    path.write_text(json.dumps(proof), encoding="utf-8")


def still_holds(path: Path, key: str) -> bool:
    """Whether nothing that the export holds was withdrawn, hidden, erased, corrected or masked since."""
    proof = json.loads(path.read_text(encoding="utf-8"))
    alive = set(run(select(Participant.id).where(Participant.erased_at.is_(None))).scalars())
    if not alive.issuperset(proof["people"]):
        return False
    return _digests([int(number) for number in proof["texts"]], key) == proof["texts"]


def _digests(numbers: list[int], key: str) -> dict[str, str]:
    """The digest of each text that is read today, keyed, so that no guess at its words can be checked."""
    keyed = blake2b(key=key.encode(), digest_size=SHORT)
    rows = chain.from_iterable(map(_heard.rows, chunks(numbers)))
    return {str(number): _digest(keyed, text) for number, text in rows}


def _digest(keyed: blake2b, text: str) -> str:
    # A copy has read the key already: that is half of the work on a short text.
    digest = keyed.copy()
    digest.update(text.encode())
    return digest.hexdigest()
