"""A message to decide on: why it waits, its passages lit, what is proposed."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter, itemgetter

from sqlalchemy import bindparam, literal, select, union_all
from sqlalchemy.orm import aliased

from analysis.materiality import FAMILIES
from cafe.corpus.models import ALERTS, Contribution, Flag, Question, Tag
from cafe.extensions import run
from cafe.moderation.judging import JUDGEMENTS, is_standing, last_fate, mark
from cafe.moderation.lit import Piece, light
from cafe.moderation.models import Decision, Note, Report
from cafe.moderation.wording import EXPLANATIONS, FLAGS, REPORTS, proposed_reason
from cafe.people.models import Participant, Staff


@dataclass
class Card:
    """A message to decide on: why it waits, its passages lit, what is proposed."""

    id: int
    author: str
    question: str
    text: str
    status: str
    status_reason: str
    created_at: datetime
    edited_at: datetime | None
    private: bool
    reply_to_id: int | None
    parent: str | None
    parent_author: str | None
    fate_id: int | None
    fate: str | None
    fate_detail: str | None
    decider: str | None
    flags: list[tuple[int, int, str]] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    answer: str = ""
    # The tags that may have a stance: family, code, stance.
    propositions: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def content(self) -> tuple:
        """All that shows of it, as a key."""
        return (*_columns(self), tuple(self.flags), tuple(self.reports), self.answer, tuple(self.propositions))

    @property
    def seen(self) -> str:
        return mark(self.fate_id, self.edited_at)

    @property
    def pieces(self) -> list[Piece]:
        return light(self.text, ((start, end, FLAGS[kind]) for start, end, kind in self.flags))

    @property
    def flagged(self) -> list[str]:
        return list(dict.fromkeys(FLAGS[kind] for _, _, kind in self.flags))

    @property
    def reported(self) -> list[str]:
        """What citizens said of it, each reason once with how often it came."""
        counts = {reason: self.reports.count(reason) for reason in dict.fromkeys(self.reports)}
        return [f"{REPORTS[reason]}{f' × {n}' if n > 1 else ''}" for reason, n in counts.items()]

    @property
    def why(self) -> str:
        return proposed_reason([*(kind for _, _, kind in self.flags), *self.reports])

    @property
    def explanation(self) -> str:
        return EXPLANATIONS[self.why]

    @property
    def passed_on(self) -> tuple[str, str] | None:
        """Who passed it on to whom, when that is the last word on it."""
        return (self.decider, self.fate_detail) if self.fate == "pass_on" and self.fate_detail else None


_columns = attrgetter(*(column.name for column in fields(Card)[:-4]))
is_alert = Flag.kind.in_(ALERTS) & Flag.settled_at.is_(None)
reply, _word = aliased(Note), aliased(Note)
_team_wrote = select(_word.id).where(
    _word.contribution_id == reply.contribution_id, _word.audience == "author", _word.staff_id.is_not(None),
    _word.id > reply.id,
)  # fmt: skip
_team_decided = select(Decision.id).where(
    Decision.contribution_id == reply.contribution_id, Decision.action.in_((*JUDGEMENTS, "read")),
    Decision.decided_at >= reply.created_at, is_standing,
)  # fmt: skip
is_unanswered = (
    (reply.audience == "author") & reply.staff_id.is_(None) & ~_team_wrote.exists() & ~_team_decided.exists()
)
_parent, _parent_author = aliased(Contribution), aliased(Participant)
_fate, _decider = aliased(Decision), aliased(Staff)
_cards = (
    select(
        Contribution.id, Participant.pseudonym, Question.text, Contribution.text, Contribution.status,
        Contribution.status_reason, Contribution.created_at, Contribution.edited_at, Contribution.private,
        Contribution.reply_to_id, _parent.text, _parent_author.pseudonym, _fate.id, _fate.action, _fate.detail,
        _decider.login,
    )
    .join(Participant, Participant.id == Contribution.participant_id)
    .join(Question, Question.id == Contribution.question_id)
    .outerjoin(_parent, _parent.id == Contribution.reply_to_id)
    .outerjoin(_parent_author, _parent_author.id == _parent.participant_id)
    .outerjoin(_fate, _fate.id == last_fate)
    .outerjoin(_decider, _decider.id == _fate.staff_id)
)  # fmt: skip
_ids = bindparam("ids", expanding=True)
_some_cards = _cards.where(Contribution.id.in_(_ids))


# What is laid on each message: rows of its number, what it is (for a proposition, its family), its kind or words, and
# where.
_marks = union_all(
    select(Flag.contribution_id, literal("flag"), Flag.kind, Flag.start, Flag.end).where(
        Flag.contribution_id.in_(_ids), is_alert
    ),
    select(Report.contribution_id, literal("report"), Report.reason, literal(0), literal(0)).where(
        Report.contribution_id.in_(_ids), Report.settled_at.is_(None)
    ),
    select(reply.contribution_id, literal("answer"), reply.text, reply.id, literal(0)).where(
        reply.contribution_id.in_(_ids), is_unanswered
    ),
    select(Tag.contribution_id, Tag.family, Tag.code + " " + Tag.stance, Tag.start, Tag.end).where(
        Tag.contribution_id.in_(_ids), Tag.family.in_(FAMILIES), Tag.state != "removed"
    ),
)


def read_cards(numbers: list[int]) -> list[Card]:
    """These messages as the queue shows them, in the order of their numbers."""
    rows = run(_some_cards, {"ids": numbers}).all() if numbers else ()
    return _filled(sorted((Card(*row) for row in rows), key=attrgetter("id")))


def find_card(contribution_id: int) -> Card | None:
    """One message as the queue would show it, whether it waits or not."""
    found = read_cards([contribution_id])
    return found[0] if found else None


def _filled(cards: list[Card]) -> list[Card]:
    by_id = {card.id: card for card in cards}
    rows = run(_marks, {"ids": list(by_id)}).all() if cards else ()
    for number, what, words, start, end in sorted(rows, key=itemgetter(3)):
        card = by_id[number]
        if what == "flag":
            card.flags.append((start, end, words))
        elif what == "report":
            card.reports.append(words)
        elif what == "answer":
            card.answer = words
        elif (held := (what, *words.split(" "))) not in card.propositions:
            card.propositions.append(held)
    return cards
