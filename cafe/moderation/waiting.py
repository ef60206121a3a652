"""What the queue reads: messages that wait for someone's decision, and why; a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy import bindparam, func, literal, select, union, union_all
from sqlalchemy.orm import aliased

from cafe.corpus.models import ALERTS, Contribution, Flag, Question
from cafe.extensions import run
from cafe.moderation.judging import JUDGEMENTS, is_standing, last_fate, mark
from cafe.moderation.lit import Piece, light
from cafe.moderation.models import Care, Decision, Note, Report
from cafe.moderation.services import colleagues
from cafe.moderation.wording import EXPLANATIONS, FLAGS, REPORTS, proposed_reason
from cafe.people.models import Participant, Staff

PAGE = 25


@dataclass(frozen=True)
class View:
    """Whose queue, and what of it: one reason or all, from the oldest or the newest, after a number.

    `own`: who this moderator is among the participants; their own words are for others to judge.
    """

    staff_id: int
    own: int | None = None
    reason: str = ""
    newest: bool = False
    after: int = 0

    def link(self, **change) -> dict:
        """The query of the same queue with one thing changed."""
        current = {"raison": self.reason, "ordre": "recent" if self.newest else "", "apres": self.after}
        return {name: value for name, value in (current | change).items() if value}


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
    flags: list[tuple[int, int, str]] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    answer: str = ""
    fate: tuple[str, str, str] | None = None

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
        return proposed_reason([kind for _, _, kind in self.flags] + self.reports)

    @property
    def explanation(self) -> str:
        return EXPLANATIONS[self.why]

    @property
    def passed_on(self) -> tuple[str, str] | None:
        """Who passed it on to whom, when that is the last word on it."""
        login, action, detail = self.fate or ("", "", "")
        return (login, detail) if action == "pass_on" and detail else None


_is_alert = Flag.kind.in_(ALERTS) & Flag.settled_at.is_(None)
_note, _word = aliased(Note), aliased(Note)
_in_care = select(Care.contribution_id).where(Care.contribution_id == Contribution.id, Care.closed_at.is_(None))
_team_wrote = select(_word.id).where(
    _word.contribution_id == _note.contribution_id, _word.audience == "author", _word.staff_id.is_not(None),
    _word.id > _note.id,
)  # fmt: skip
_team_decided = select(Decision.id).where(
    Decision.contribution_id == _note.contribution_id, Decision.action.in_((*JUDGEMENTS, "read")),
    Decision.decided_at >= _note.created_at, is_standing,
)  # fmt: skip
SOURCES = {
    "attente": select(Contribution.id.label("id")).where(Contribution.status == "waiting", ~_in_care.exists()),
    "signale": select(Report.contribution_id.label("id")).where(Report.settled_at.is_(None)),
    "repere": select(Flag.contribution_id.label("id")).where(_is_alert),
    "reponse": select(_note.contribution_id.label("id")).where(
        _note.audience == "author", _note.staff_id.is_(None), ~_team_wrote.exists(), ~_team_decided.exists()
    ),
}
# What I passed on to a colleague waits for them, not for me.
_by_me = select(Decision.id).where(
    Decision.id == last_fate, Decision.action == "pass_on", Decision.detail != "", Decision.staff_id == bindparam("me")
)
_is_for_me = (Contribution.status != "withdrawn") & (Contribution.participant_id != bindparam("own")) & ~_by_me.exists()
_parent, _parent_author = aliased(Contribution), aliased(Participant)
_cards = (
    select(
        Contribution.id, Participant.pseudonym, Question.text, Contribution.text, Contribution.status,
        Contribution.status_reason, Contribution.created_at, Contribution.edited_at, Contribution.private,
        Contribution.reply_to_id, _parent.text, _parent_author.pseudonym, last_fate,
    )
    .join(Participant, Participant.id == Contribution.participant_id)
    .join(Question, Question.id == Contribution.question_id)
    .outerjoin(_parent, _parent.id == Contribution.reply_to_id)
    .outerjoin(_parent_author, _parent_author.id == _parent.participant_id)
)  # fmt: skip
_one_card = _cards.where(Contribution.id == bindparam("id"))


@lru_cache
def _page(reason: str, newest: bool, bounded: bool):
    """The statement of one page of the queue."""
    found = union(*([SOURCES[reason]] if reason else SOURCES.values())).subquery()
    query = _cards.where(Contribution.id.in_(select(found.c.id)), _is_for_me)
    if bounded:
        bound = bindparam("after")
        query = query.where(Contribution.id < bound if newest else Contribution.id > bound)
    return query.order_by(Contribution.id.desc() if newest else Contribution.id).limit(PAGE + 1)


@lru_cache
def _counts():
    """How many messages wait, in all (« tout ») and for each reason."""
    all_of_them = union_all(*(query.add_columns(literal(name).label("why")) for name, query in SOURCES.items()))
    found = all_of_them.subquery()
    mine = (
        select(found.c.id, found.c.why).join(Contribution, Contribution.id == found.c.id).where(_is_for_me).subquery()
    )
    by_reason = select(mine.c.why, func.count(mine.c.id.distinct())).group_by(mine.c.why)
    return union_all(by_reason, select(literal("tout"), func.count(mine.c.id.distinct())))


_ids = bindparam("ids", expanding=True)
_flags = (
    select(Flag.contribution_id, Flag.start, Flag.end, Flag.kind)
    .where(Flag.contribution_id.in_(_ids), _is_alert)
    .order_by(Flag.start)
)
_reports = (
    select(Report.contribution_id, Report.reason)
    .where(Report.contribution_id.in_(_ids), Report.settled_at.is_(None))
    .order_by(Report.created_at)
)
_answers = select(_note.contribution_id, _note.text).where(
    _note.contribution_id.in_(_ids), _note.id.in_(
        SOURCES["reponse"].with_only_columns(func.max(_note.id)).group_by(_note.contribution_id)
    ),
)  # fmt: skip
_fates = (
    select(Decision.contribution_id, Staff.login, Decision.action, Decision.detail)
    .join(Staff, Staff.id == Decision.staff_id)
    .where(Decision.id.in_(_ids))
)


def waiting_cards(view: View) -> tuple[list[Card], bool]:
    """One page of the queue, and whether more wait after it."""
    query = _page(view.reason, view.newest, view.after > 0)
    rows = run(query, {"me": view.staff_id, "own": view.own or 0, "after": view.after}).all()
    return _filled([Card(*row) for row in rows[:PAGE]]), len(rows) > PAGE


def find_card(contribution_id: int) -> Card | None:
    """One message as the queue would show it, whether it waits or not."""
    found = _filled([Card(*row) for row in run(_one_card, {"id": contribution_id})])
    return found[0] if found else None


def _filled(cards: list[Card]) -> list[Card]:
    by_id = {card.id: card for card in cards}
    if not by_id:
        return cards
    here = {"ids": list(by_id)}
    for number, start, end, kind in run(_flags, here):
        by_id[number].flags.append((start, end, kind))
    for number, reason in run(_reports, here):
        by_id[number].reports.append(reason)
    for number, text in run(_answers, here):
        by_id[number].answer = text
    fates = [card.fate_id for card in cards if card.fate_id]
    for number, *fate in run(_fates, {"ids": fates}) if fates else ():
        by_id[number].fate = tuple(fate)
    return cards


def waiting_counts(view: View) -> dict[str, int]:
    """How many messages wait for this moderator: « tout », then by reason."""
    found = dict(run(_counts(), {"me": view.staff_id, "own": view.own or 0}).tuples().all())
    return {name: found.get(name, 0) for name in ("tout", *SOURCES)}


def others_than(login: str) -> list[str]:
    """The colleagues to whom a message may be passed on."""
    return [other for other in run(colleagues()).scalars() if other != login]
