"""What the queue reads: messages that wait for someone's decision, and why; a fixed number of queries."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import bindparam, func, literal, literal_column, select, union, union_all
from sqlalchemy.orm import aliased

from cafe.corpus.models import Contribution, Flag
from cafe.extensions import db, run
from cafe.moderation.cards import Card, is_alert, is_unanswered, read_cards, reply
from cafe.moderation.judging import FATES
from cafe.moderation.models import Care, Decision, Report
from cafe.moderation.services import colleagues

PAGE = 25
# Beyond this many, a reason's messages are not counted one by one.
MOST = 50


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


_in_care = select(Care.contribution_id).where(Care.contribution_id == Contribution.id, Care.closed_at.is_(None))
# Said in the statement itself: bound, SQLite would plan it anew at each call, for want of knowing which index holds it.
_waits = Contribution.status == literal_column("'waiting'")
# Where each reason is found: the column that names the message, and what makes it wait.
SOURCES = {
    "attente": (Contribution.id, _waits & ~_in_care.exists()),
    "signale": (Report.contribution_id, Report.settled_at.is_(None)),
    "repere": (Flag.contribution_id, is_alert),
    "reponse": (reply.contribution_id, is_unanswered),
}
# What I passed on to a colleague waits for them, not for me.
_later = aliased(Decision)
_settled_since = select(_later.id).where(
    _later.contribution_id == Decision.contribution_id, _later.id > Decision.id, _later.action.in_(FATES)
)
_by_me = select(Decision.id).where(
    Decision.contribution_id == Contribution.id, Decision.action == "pass_on", Decision.detail != "",
    Decision.staff_id == bindparam("me"), ~_settled_since.exists(),
)  # fmt: skip
_is_for_me = (Contribution.status != "withdrawn") & (Contribution.participant_id != bindparam("own")) & ~_by_me.exists()


@lru_cache
def _found(newest: bool, bounded: bool, dialect):
    """Rows of what, reason, number: the first messages of each reason, and how many there are, in all and by reason.

    Each is read in the order of an index and no further than it is counted: 50,000 messages cost no more than 500.
    Compiled once, since SQLAlchemy would read the whole statement again at each call.
    """
    found = {name: _first_of(name, newest, bounded) for name in SOURCES}
    rows = [_heads(name, one, newest) for name, one in found.items()]
    rows += [select(literal("count"), literal(name), func.count()).select_from(one) for name, one in found.items()]
    in_all = union(*(select(one.c.id) for one in found.values())).subquery()
    rows.append(select(literal("count"), literal("tout"), func.count()).select_from(in_all))
    return union_all(*rows).compile(dialect=dialect)


def _heads(name: str, found, newest: bool):
    first = select(found.c.id).order_by(found.c.id.desc() if newest else found.c.id).limit(PAGE + 1).subquery()
    return select(literal("id"), literal(name), first.c.id)


def _first_of(name: str, newest: bool, bounded: bool):
    number, waits = SOURCES[name]
    query = select(number.label("id")).distinct().where(waits, _is_for_me)
    if number is not Contribution.id:
        query = query.join(Contribution, Contribution.id == number)
    if bounded:
        query = query.where(number < bindparam("after") if newest else number > bindparam("after"))
    return query.order_by(number.desc() if newest else number).limit(MOST + 1).cte(name)


@dataclass
class Queue:
    """A page of the queue, whether more follows it, and how many wait in all (« tout ») and for each reason."""

    cards: list[Card]
    more: bool
    counts: dict[str, str]


def read_queue(view: View) -> Queue:
    first, counts = _by_reason(view, 0)
    found = _by_reason(view, view.after)[0] if view.after else first
    wanted = found[view.reason] if view.reason else set().union(*found.values())
    numbers = sorted(wanted, reverse=view.newest)
    cards = read_cards(numbers[:PAGE])
    return Queue(cards[::-1] if view.newest else cards, len(numbers) > PAGE, counts)


def _by_reason(view: View, after: int) -> tuple[dict[str, set[int]], dict[str, str]]:
    """The first messages of each reason, and the counts, said up to a bound."""
    found, counts = {name: set() for name in SOURCES}, {}
    values = {"me": view.staff_id, "own": view.own or 0, "after": after}
    for what, name, number in run(_found(view.newest, after > 0, db.engine.dialect), values).all():
        if what == "id":
            found[name].add(number)
        else:
            counts[name] = number
    is_more = max(counts[name] for name in SOURCES) > MOST
    said = {name: f"plus de {MOST}" if count > MOST else str(count) for name, count in counts.items()}
    return found, said | ({"tout": f"plus de {MOST}"} if is_more else {"tout": str(counts["tout"])})


def others_than(login: str) -> list[str]:
    """The colleagues to whom a message may be passed on."""
    return [other for other in colleagues() if other != login]
