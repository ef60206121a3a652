"""What an export holds, kept beside its file without a word of it: whether its words may still be read."""

import json
from collections.abc import Iterable
from functools import partial
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
    rows, digest = chain.from_iterable(map(_heard.rows, chunks(numbers))), partial(blake2b, digest_size=SHORT)
    secret = key.encode()
    return {str(number): digest(text.encode(), key=secret).hexdigest() for number, text in rows}
