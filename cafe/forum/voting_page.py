"""The pages on which one votes, put together: one statement at a time, and the list of them all."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row

from cafe.corpus.votes import SILENCES
from cafe.errors import NotFound
from cafe.forum.page import cafe_of
from cafe.forum.voting_queries import Ballot, ballots, draft_of, is_open, reasons


@dataclass
class VotingPage:
    """`open`: what one may vote on now, in order; `closed`: what is past, with one's vote.

    `here`: the statement shown, None on the list; `just_voted`: the one voted on the moment before. `draft`: words
    typed and not recorded; `correcting`: the reason that they were to replace, 0 for a new one.
    """

    cafe: tuple
    open: list[Ballot]
    closed: list[Ballot]
    here: Ballot | None = None
    just_voted: Ballot | None = None
    reasons: list[Row] = ()
    draft: str = ""
    correcting: int = 0
    silences = SILENCES

    @property
    def done(self) -> int:
        return sum(ballot.vote is not None for ballot in self.open)

    @property
    def place(self) -> int:
        """« 3 sur 20 »: the rank of the statement shown."""
        return self.open.index(self.here) + 1

    @property
    def before(self) -> Ballot | None:
        return self.open[self.place - 2] if self.place > 1 else None

    @property
    def next_unvoted(self) -> Ballot | None:
        """The first one without a vote after the one shown, then from the beginning; never the one shown."""
        start = self.place if self.here else 0
        turn = self.open[start:] + self.open[: max(start - 1, 0)]
        return next((ballot for ballot in turn if ballot.vote is None), None)


def build_list(slug: str, participant_id: int, voted: int, now: datetime) -> VotingPage:
    """Every statement that has opened; `voted`: the number of the one voted on the moment before."""
    cafe = cafe_of(slug, participant_id)
    known = ballots(cafe.id, participant_id, now)
    page = VotingPage(cafe, [], [])
    for ballot in known:
        (page.open if is_open(cafe, ballot, now) else page.closed).append(ballot)
    page.just_voted = next((ballot for ballot in known if ballot.id == voted and ballot.vote), None)
    return page


def build_statement(slug: str, statement_id: int, participant_id: int, voted: int, now: datetime) -> VotingPage:
    """One statement to vote on; `here` stays None when its vote is closed."""
    page = build_list(slug, participant_id, voted, now)
    page.here = next((ballot for ballot in page.open if ballot.id == statement_id), None)
    if page.here and page.here.vote:
        page.reasons = reasons(page.here.question_id, participant_id)
        page.draft = "" if page.reasons else draft_of(page.here.question_id, participant_id)
    return page


def find_ballot(page: VotingPage, statement_id: int) -> Ballot:
    """A statement of the page, open or closed; raises NotFound."""
    found = next((ballot for ballot in (*page.open, *page.closed) if ballot.id == statement_id), None)
    if found is None:
        raise NotFound("Cette affirmation n’existe pas, ou n’est pas encore ouverte.")
    return found
