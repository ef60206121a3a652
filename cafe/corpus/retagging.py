"""Tags laid again on much that was said, in batches that whoever posts meanwhile does not feel."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from time import sleep

from sqlalchemy import delete, insert, select

from cafe.corpus.asked import told
from cafe.corpus.models import Contribution, Question, Tag
from cafe.corpus.services import tag_values
from cafe.extensions import writing

BATCH = 25
# A writer that waits for SQLite asks again every tenth of a second, no sooner: without a pause it would never find the
# lock free, and be refused.
PAUSE = 0.12


def retag_by_batches(numbers: Sequence[int], tagger) -> Iterator[int]:
    """Lay the tags of a version on these contributions; before each batch says how many are done."""
    for start in range(0, len(numbers), BATCH):
        yield start
        if start:
            sleep(PAUSE)
        retag(numbers[start : start + BATCH], tagger)


def retag(numbers: Sequence[int], tagger) -> None:
    """Lay the tags of a new version; what a person added, confirmed or removed stays as they decided."""
    with writing() as session:
        session.execute(delete(Tag).where(Tag.contribution_id.in_(numbers), Tag.state == "laid"))
        decided = defaultdict(set)
        for number, *code in session.execute(_codes.where(Tag.contribution_id.in_(numbers))):
            decided[number].add(tuple(code))
        laid = [
            tag_values(number, found, tagger.version)
            for number, text, asked, about in session.execute(_texts.where(Contribution.id.in_(numbers)))
            for found in tagger.tag(text, told(tagger, asked, about))
            if (found.family, found.tag) not in decided[number]
        ]
        if laid:
            session.execute(insert(Tag), laid)


_codes = select(Tag.contribution_id, Tag.family, Tag.code)
_texts = (
    select(Contribution.id, Contribution.text, Question.context, Contribution.about)
    .join(Question, Question.id == Contribution.question_id)
    .order_by(Contribution.id)
)
