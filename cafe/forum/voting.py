"""What a citizen may do with a statement: vote, change their vote, take it back, say why."""

from datetime import datetime

from sqlalchemy import select

from cafe.corpus import services as corpus
from cafe.corpus.answers import put_vote, take_vote_back
from cafe.corpus.votes import is_vote
from cafe.errors import Conflict, Refusal
from cafe.extensions import run, writing
from cafe.forum.services import forget_draft
from cafe.forum.voting_models import Statement
from cafe.forum.voting_queries import Ballot, is_open
from cafe.referential.services import current_tagger

CLOSED = "Le vote sur cette affirmation est fermé."
CLOSED_WORDS = f"{CLOSED} Votre texte est gardé ici : vous pouvez le copier."
CHANGED = "Cette affirmation vient de changer. Relisez-la, puis votez."


def vote(cafe, ballot: Ballot, participant_id: int, value: str, edition: int, now: datetime) -> None:
    """Record a vote in the place of the one before; sent twice it is the same vote.

    `edition`: that of the words that were read.
    """
    if not is_vote(ballot.scale, value):
        raise Refusal("Cet avis n’est pas dans la liste. Choisissez-en un autre.")
    if not is_open(cafe, ballot, now):
        raise Conflict(CLOSED)
    # Shared by all who vote at once, but not with whoever rewrites the statement.
    held = select(Statement.edition).where(Statement.id == ballot.id).with_for_update(read=True)
    with writing():
        if run(held).scalar() != edition:
            raise Conflict(CHANGED)
        put_vote(participant_id, ballot.question_id, value, now)


def take_back(ballot: Ballot, participant_id: int) -> None:
    """A vote is its author's: it may be taken back even once the statement is closed."""
    take_vote_back(participant_id, ballot.question_id)


def say_why(cafe, ballot: Ballot, participant_id: int, key: str, text: str, digest_key: str, now: datetime) -> None:
    """Record why, once; the statement named the subject, so that nothing of it is spontaneous."""
    if not is_open(cafe, ballot, now):
        raise Conflict(CLOSED_WORDS)
    new = corpus.NewContribution(
        key, participant_id, ballot.question_id, text, ballot.context, prompted=True,
        status="waiting" if cafe.moderation == "before" else "published",
    )  # fmt: skip
    with writing():
        corpus.record(new, current_tagger(), digest_key, now)
        forget_draft(ballot.question_id, participant_id)


def correct_why(cafe, ballot: Ballot, participant_id: int, number: int, text: str, now: datetime) -> None:
    if not is_open(cafe, ballot, now):
        raise Conflict(CLOSED_WORDS)
    corpus.correct(number, participant_id, text, current_tagger(), now, waits=cafe.moderation == "before")
