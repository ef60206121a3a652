"""What is new for one person: words of theirs that will be quoted, what became of a lead that they spoke of."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, bindparam, func, select

from analysis.referential import Referential
from cafe.corpus.models import Contribution
from cafe.extensions import run
from cafe.people.models import Participant
from cafe.restitution.models import Outcome, Piece, Quote, Reader
from cafe.restitution.quotable import current_edition, stands
from cafe.restitution.subjects import Pair, expand, read_subjects, spoke_of
from cafe.statements import Ready


class Told(NamedTuple):
    """What there is to tell to anyone: the edition whose quotes may be objected to, what was said of leads and when."""

    edition: Row | None
    outcomes: tuple[tuple[datetime, frozenset[Pair]], ...]

    def is_something(self, now: datetime) -> bool:
        return bool(self.outcomes or self.edition_open(now))

    def edition_open(self, now: datetime) -> int:
        """The number of the edition that may still be objected to, 0 for none."""
        edition = self.edition
        return edition.id if edition and edition.published_at is None and now < edition.objects_until else 0


class News(NamedTuple):
    """For one person: how many quotes they have not seen announced, whether a lead of theirs has news."""

    quotes: int
    decided: bool


def what_there_is(referential: Referential) -> Told:
    """What there is to tell, whoever asks."""
    query = select(Outcome.written_at, Piece.published_subjects).join(Piece, Piece.id == Outcome.piece_id)
    is_read = Piece.published_at.is_not(None) & Piece.removed_at.is_(None)
    rows = run(query.where(is_read).order_by(Outcome.written_at.desc()))
    outcomes = ((row.written_at, expand(read_subjects(row.published_subjects), referential)) for row in rows)
    return Told(current_edition(), tuple(outcomes))


_seen = select(Reader.seen_at).where(Reader.participant_id == bindparam("participant")).scalar_subquery()
_own = (
    select(func.count(Quote.contribution_id), func.max(Quote.listed_at))
    .join(Contribution, Contribution.id == Quote.contribution_id)
    .join(Participant, Participant.id == Contribution.participant_id)
    .where(Participant.id == bindparam("participant"), Quote.edition_id == bindparam("edition"), stands())
)
_state = Ready(
    select(
        _seen.label("seen_at"),
        _own.with_only_columns(func.count(Quote.contribution_id)).scalar_subquery().label("quotes"),
        _own.with_only_columns(func.max(Quote.listed_at)).scalar_subquery().label("listed_at"),
    )
)


def news_for(participant_id: int, told: Told, now: datetime) -> News:
    """What of it concerns one person, and came since they last opened their page."""
    state = _state.first(participant=participant_id, edition=told.edition_open(now))
    fresh = state.quotes and (state.seen_at is None or state.listed_at > state.seen_at)
    newer = [pairs for written_at, pairs in told.outcomes if state.seen_at is None or written_at > state.seen_at]
    return News(state.quotes if fresh else 0, bool(newer) and _spoke(participant_id, frozenset().union(*newer)))


def _spoke(participant_id: int, pairs: frozenset[Pair]) -> bool:
    spoke = spoke_of(pairs, participant_id)
    return bool(pairs) and run(select(spoke.subquery().c.participant_id).limit(1)).first() is not None
