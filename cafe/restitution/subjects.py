"""What a lead rests on: options of the référentiel, « family:tag »; and who spoke of them."""

from collections.abc import Iterable

from sqlalchemy import CompoundSelect, and_, or_, select, true, tuple_, union

from analysis.referential import Referential
from cafe.corpus.models import Answer, Contribution, Question, Tag
from cafe.errors import Refusal
from cafe.people.models import Participant

# Everyone ranks the four enjeux, and rates or votes on all that is shown: that is no speaking of one of them.
ASKED_OF_ALL = ("rate", "regnier")
ENJEUX = "freins.enjeux"
Pair = tuple[str, str]


def checked_subjects(sent: Iterable[str], referential: Referential) -> tuple[str, ...]:
    """The options sent, sorted, once each; refused when the référentiel has one of them no more."""
    known, wanted = set(labels(referential)), {_pair(one) for one in sent}
    if not wanted <= known:
        raise Refusal("Un des sujets n’est plus dans le référentiel. Rechargez la page, puis choisissez.")
    return tuple(sorted(":".join(pair) for pair in wanted))


def read_subjects(kept: str) -> set[Pair]:
    """The options as a row keeps them."""
    return {_pair(one) for one in kept.split()}


def _pair(sent: str) -> Pair:
    family, _, code = sent.partition(":")
    return family, code


def labels(referential: Referential) -> dict[Pair, str]:
    """The French of each option of a référentiel."""
    return {(family.code, tag.code): tag.label for family in referential.families for tag in family.tags}


def expand(subjects: Iterable[Pair], referential: Referential) -> frozenset[Pair]:
    """The options, and those under them: who speaks of « coût » speaks of « accès »."""
    chosen = set(subjects)
    under = {
        (family.code, tag.code)
        for family in referential.families
        for tag in family.tags
        if (family.code, tag.parent) in chosen
    }
    return frozenset(chosen | under)


def spoke_of(pairs: frozenset[Pair], participant_id: int | None = None) -> CompoundSelect:
    """The participants whose words that count bear one of these tags, or who chose or ranked one of these options.

    `participant_id`: only this one.
    """
    alive = Participant.erased_at.is_(None) & (Participant.id == participant_id if participant_id else true())
    words = (
        select(Contribution.participant_id)
        .join(Tag, Tag.contribution_id == Contribution.id)
        .join(Participant, Participant.id == Contribution.participant_id)
        .where(tuple_(Tag.family, Tag.code).in_(sorted(pairs)), Tag.state != "removed")
        .where(Contribution.status == "published", alive)
    )
    answers = (
        select(Answer.participant_id)
        .join(Question, Question.id == Answer.question_id)
        .join(Participant, Participant.id == Answer.participant_id)
        .where(or_(False, *(_answers(family, pairs) for family in sorted({family for family, _ in pairs}))))
        .where(Answer.kind.not_in(ASKED_OF_ALL), Question.code != ENJEUX, alive)
    )
    return union(words, answers)


def _answers(family: str, pairs: frozenset[Pair]):
    codes = sorted(code for known, code in pairs if known == family)
    asked = or_(Question.code == family, Question.code.startswith(f"{family}."))
    return and_(asked, Answer.option.in_(codes))
