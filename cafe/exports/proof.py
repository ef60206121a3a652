"""What an export holds, kept beside its file without a word of it: whether its words may still be read."""

import json
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select

from cafe.corpus.models import Contribution
from cafe.corpus.words import text_digest
from cafe.exports.reading import CHUNK
from cafe.extensions import run
from cafe.people.models import Participant

SHORT = 16


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
    """The digest of each text that is read today."""
    heard = (
        select(Contribution.id, Contribution.text)
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(Contribution.status == "published", Participant.erased_at.is_(None))
    )
    found = {}
    for start in range(0, len(numbers), CHUNK):
        rows = run(heard.where(Contribution.id.in_(numbers[start : start + CHUNK])))
        found |= {str(number): text_digest(text, key)[:SHORT] for number, text in rows}
    return found
