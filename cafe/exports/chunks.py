"""Rows read by their numbers, a few thousand at a time, so that memory stays flat."""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import Select, String, bindparam, select

from cafe.corpus.models import Contribution
from cafe.exports.sql import is_listed
from cafe.people.models import Participant
from cafe.statements import Ready

# The more numbers at once, the more rows of one page of the base are read together.
CHUNK = 10_000
# The contributions that may leave now; each export chooses its columns.
still_heard = (
    select(Contribution.id)
    .join(Participant, Participant.id == Contribution.participant_id)
    .where(Contribution.status == "published", Participant.erased_at.is_(None))
)


def chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """The numbers, a chunk at a time."""
    return (numbers[start : start + CHUNK] for start in range(0, len(numbers), CHUNK))


class ByNumber:
    """A statement whose rows are asked for by the numbers of a column; its SQL is written once."""

    def __init__(self, statement: Select, column):
        self._ready = Ready(statement.where(is_listed(column, bindparam("numbers", type_=String))))

    def rows(self, numbers: Sequence[int]) -> list:
        """The rows of these numbers, without names, in no order that counts."""
        return self._ready.tuples(numbers=json.dumps(numbers))
