"""After a version is published: every text retagged in batches, what people decided kept, under codes that go on."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select, update

from cafe.coding.corpus import merged_pairs
from cafe.corpus.answers import rename_option
from cafe.corpus.models import Contribution
from cafe.corpus.retagging import retag_by_batches
from cafe.corpus.tagging import rename_tag
from cafe.extensions import run, writing
from cafe.referential.models import Proposal
from cafe.referential.services import VersionedTagger, current_tagger

NO_TAG = "-"
_numbers = select(Contribution.id).where(Contribution.status != "withdrawn").order_by(Contribution.id)


def retag_all(tell: Callable[[int, int], None], now: Callable[[], datetime]) -> dict:
    """Lay the version in force on everything said; returns its number and how many texts were read."""
    tagger = current_tagger()
    _carry_on(tagger)
    numbers = list(run(_numbers).scalars())
    for done in retag_by_batches(numbers, tagger):
        tell(done, len(numbers))
    return {"version": tagger.version, "texts": len(numbers), "ended": now().isoformat()}


def _carry_on(tagger: VersionedTagger) -> None:
    """Bring what people decided, and what they added to a list, under the codes of this version."""
    for (family, gone), (_, kept) in merged_pairs(tagger.referential).items():
        rename_tag(family, gone, kept)
    known = {(family.code, tag.code) for family in tagger.referential.families for tag in family.tags}
    for proposal in run(select(*Proposal.__table__.columns).where(Proposal.became.not_in(["", NO_TAG]))):
        if (proposal.family, proposal.became) in known:
            rename_option(proposal.participant_id, proposal.question, _other_code(proposal.parent), proposal.became)


def _other_code(parent: str) -> str:
    return f"autre.{parent}" if parent else "autre"


def decide_proposals(proposals: Sequence[int], code: str) -> None:
    """Say which tag these words of one's own became; an empty code says that they make none."""
    with writing():
        run(update(Proposal).where(Proposal.id.in_(proposals)).values(became=code or NO_TAG))
