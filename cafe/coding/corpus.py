"""The corpus as two versions of the référentiel read it: each text, its question's context, what people decided."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from analysis.referential import Referential
from cafe.corpus.models import Contribution, Question, Tag
from cafe.extensions import run
from cafe.people.models import Participant

Pair = tuple[str, str]


@dataclass(frozen=True)
class Text:
    """A published contribution: its words, what it answers, the tags laid by rules, and those that people decided.

    `decided` says of a (family, code) whether it stands; `renamed` is the same under the codes that took others over;
    `added` are those that people laid where no rule had.
    """

    id: int
    text: str
    asked: str
    about: str
    group: str
    laid: frozenset[Pair]
    decided: dict[Pair, bool]
    renamed: dict[Pair, bool]
    added: frozenset[Pair]

    def before(self) -> set[Pair]:
        """What the text carries now."""
        return set(self.laid) | _standing(self.decided)

    def carries(self, pair: Pair) -> bool:
        """Whether it carries this one now."""
        return self.decided.get(pair, False) or pair in self.laid

    def after(self, found: frozenset[Pair]) -> set[Pair]:
        """What it would carry if rules found these: people's decisions hold."""
        return {pair for pair in found if pair not in self.renamed} | _standing(self.renamed)


def _standing(decided: dict[Pair, bool]) -> set[Pair]:
    return {pair for pair, kept in decided.items() if kept}


def merged_pairs(referential: Referential) -> dict[Pair, Pair]:
    """The tags that another one took over, by family and code."""
    return {
        (family.code, gone): (family.code, kept) for family in referential.families for gone, kept in family.merged
    }


_texts = (
    select(Contribution.id, Contribution.text, Question.context, Contribution.about, Participant.group_code)
    .join(Question, Question.id == Contribution.question_id)
    .join(Participant, Participant.id == Contribution.participant_id)
    .where(Contribution.status == "published", Participant.erased_at.is_(None))
    .order_by(Contribution.id)
)
_tags = select(Tag.contribution_id, Tag.family, Tag.code, Tag.state, Tag.origin)


def read_texts(merged: Mapping[Pair, Pair] | None = None) -> list[Text]:
    """Every text that counts, in the order of the base; two queries. `merged`: the codes that others took over."""
    laid, decided, renamed, added = (defaultdict(kind) for kind in (set, dict, dict, set))
    for number, family, code, state, origin in run(_tags):
        pair = family, code
        if state == "laid":
            laid[number].add(pair)
            continue
        if origin == "human":
            added[number].add(pair)
        # Of one code on several passages, one that stands is enough.
        _keep(decided[number], pair, state)
        _keep(renamed[number], (merged or {}).get(pair, pair), state)
    return [
        Text(*row, frozenset(laid[row.id]), decided[row.id], renamed[row.id], frozenset(added[row.id]))
        for row in run(_texts)
    ]


def _keep(decided: dict[Pair, bool], pair: Pair, state: str) -> None:
    decided[pair] = decided.get(pair, False) or state == "confirmed"


def find_texts(numbers: list[int]) -> dict[int, str]:
    """The words of some contributions, by number; those withdrawn or hidden since are left out."""
    return {row.id: row.text for row in run(_texts.where(Contribution.id.in_(numbers)))}
