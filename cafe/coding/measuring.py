"""The rules in force against the gold: by tag, by spelling, by group, so that poor spellers are not heard less."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from analysis.quality import SPELLINGS, Quality, quality, spelling
from cafe.coding.models import GoldLabel
from cafe.corpus.asked import told
from cafe.corpus.models import Contribution, Question
from cafe.extensions import run
from cafe.people.models import Group, Participant
from cafe.referential.services import current_tagger


@dataclass(frozen=True)
class Measured:
    """A family's figures: whole and by tag, by spelling, by group; `texts`: the gold texts still published."""

    family: str
    texts: int
    by_tag: list[Quality]
    by_spelling: list[tuple[str, int, Quality]]
    by_group: list[tuple[str, int, Quality]]


_gold = (
    select(GoldLabel.family, GoldLabel.codes, Contribution.text, Question.context, Contribution.about, Group.label)
    .join(Contribution, Contribution.id == GoldLabel.contribution_id)
    .join(Question, Question.id == Contribution.question_id)
    .join(Participant, Participant.id == Contribution.participant_id)
    .join(Group, Group.code == Participant.group_code)
    .where(Contribution.status == "published", Participant.erased_at.is_(None))
    .order_by(GoldLabel.contribution_id)
)


def gold_rows() -> Iterator[tuple[str, set[str], set[str], str, str]]:
    """Each gold text: its family, what the rules find, what people settled, its words and its group."""
    tagger = current_tagger()
    for family, codes, text, asked, about, group in run(_gold):
        found = {tag.tag for tag in tagger.tag(text, told(tagger, asked, about)) if tag.family == family}
        yield family, found, set(codes.split()), text, group


def measure() -> list[Measured]:
    """Every family that has gold, in the référentiel's order."""
    by_family = defaultdict(list)
    for family, found, settled, text, group in gold_rows():
        by_family[family].append((found, settled, spelling(text), group))
    families = {family.code: family for family in current_tagger().referential.families}
    return [_measured(family, rows) for code, family in families.items() if (rows := by_family.get(code))]


def _measured(family, rows: list[tuple]) -> Measured:
    codes = [tag.code for tag in family.tags]
    by_tag = [line for line in _quality(rows, codes) if not line.code or line.n or line.precision is not None]
    groups = sorted({row[3] for row in rows})
    return Measured(family.code, len(rows), by_tag, _by(rows, codes, 2, SPELLINGS), _by(rows, codes, 3, groups))


def _by(rows: list[tuple], codes: list[str], column: int, values) -> list[tuple[str, int, Quality]]:
    """The whole family's figures for each value of a column of the rows."""
    kept = ((value, [row for row in rows if row[column] == value]) for value in values)
    return [(value, len(own), _quality(own, codes)[0]) for value, own in kept if own]


def _quality(rows: list[tuple], codes: list[str]) -> list[Quality]:
    return quality([row[0] for row in rows], [row[1] for row in rows], codes)
