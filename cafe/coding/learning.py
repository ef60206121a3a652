"""What corrections teach: terms to add to a tag, terms beside which a rule is wrong, rules that people remove."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from sys import intern

from sqlalchemy import case, delete, func, select, update

from analysis.learned_words import is_by_words
from analysis.learning import telling_terms, terms_of
from cafe.coding.corpus import Pair, Text, read_texts
from cafe.coding.models import TermProposal
from cafe.corpus.models import Question, Tag
from cafe.errors import NotFound
from cafe.extensions import run, writing

# A rule that people removed more often than they let it stand, and at least so many times.
OFTEN = 3


@dataclass(frozen=True)
class RuleRecord:
    """How often a rule's tags stand, were confirmed, were removed."""

    rule: str
    laid: int
    confirmed: int
    removed: int

    @property
    def is_contested(self) -> bool:
        return self.removed >= OFTEN and self.removed > self.confirmed


def rule_records(family: str, code: str) -> dict[str, RuleRecord]:
    """The record of each rule that laid a tag, by the rule's code."""
    states = [func.sum(case((Tag.state == state, 1), else_=0)) for state in ("laid", "confirmed", "removed")]
    here = Tag.family == family, Tag.code == code, Tag.rule != ""
    rows = run(select(Tag.rule, *states).where(*here).group_by(Tag.rule))
    return {rule: RuleRecord(rule, *map(int, counts)) for rule, *counts in rows}


def learn(tell: Callable[[int, int], None], now: Callable[[], datetime]) -> dict:
    """Read every correction and put its proposals in the place of those that no one decided on."""
    texts = read_texts()
    corrected = _corrections(texts)
    made, read = [], cache(_terms)
    for place, ((family, code, rule), (apart, others)) in enumerate(sorted(corrected.items())):
        tell(place, len(corrected))
        terms = telling_terms([text.text for text in apart], [text.text for text in others], read)[:5]
        touched = _touched([term.term for term in terms], (family, code), bool(rule), texts, read)
        made += [(family, code, rule, term, touched[term.term]) for term in terms]
    return {"proposals": _save(made, now())}


Corrected = dict[tuple[str, str, str], tuple[list[Text], list[Text]]]


def _corrections(texts: list[Text]) -> Corrected:
    """By tag, the texts where people added it and those that lack it; by rule, those where its tag was removed."""
    found: Corrected = {}
    added = defaultdict(list)
    for text in texts:
        for pair, stands in text.decided.items():
            if stands and pair in text.added:
                added[pair].append(text)
    for (family, code), apart in added.items():
        others = [text for text in texts if not text.carries((family, code))]
        found[family, code, ""] = apart, others
    return found | _removed(texts)


def _removed(texts: list[Text]) -> Corrected:
    by_number = {text.id: text for text in texts}
    rows = run(select(Tag.family, Tag.code, Tag.rule, Tag.state, Tag.contribution_id).where(Tag.rule != ""))
    found: Corrected = defaultdict(lambda: ([], []))
    for family, code, rule, state, number in rows:
        # Learnt words are no rule that could be limited: they are hushed for a whole tag, on its page.
        if number in by_number and not is_by_words(rule):
            found[family, code, rule][state != "removed"].append(by_number[number])
    return {place: (apart, others) for place, (apart, others) in found.items() if len(apart) >= OFTEN}


def _terms(text: str) -> tuple[str, ...]:
    """A text's terms: each text is read once for all the tags, and a term held once for all the texts."""
    return tuple(map(intern, terms_of(text)))


def _touched(terms: list[str], pair: Pair, carrying: bool, texts: Iterable[Text], read) -> Counter:
    """How many texts would gain the tag by each term, or lose the rule's word for it."""
    reached = (text for text in texts if text.carries(pair) == carrying)
    return Counter(term for text in reached for term in read(text.text) if term in terms)


def _save(made: list, now: datetime) -> int:
    with writing() as session:
        session.execute(delete(TermProposal).where(TermProposal.state == "open"))
        known = set(session.execute(
            select(TermProposal.family, TermProposal.code, TermProposal.rule, TermProposal.term)
        ).tuples())  # fmt: skip
        fresh = [
            TermProposal(
                family=family, code=code, rule=rule, term=term.term, z=term.z, support=term.support,
                precision=term.precision, touches=touches, made_at=now,
            )
            for family, code, rule, term, touches in made
            if (family, code, rule, term.term) not in known
        ]  # fmt: skip
        session.add_all(fresh)
    return len(fresh)


def open_proposals() -> list:
    """The proposals that wait for someone, the most telling first."""
    waiting = select(*TermProposal.__table__.columns).where(TermProposal.state == "open")
    return run(waiting.order_by(TermProposal.z.desc(), TermProposal.id)).all()


def find_proposal(proposal_id: int):
    """A proposal; raises NotFound."""
    row = run(select(*TermProposal.__table__.columns).where(TermProposal.id == proposal_id)).first()
    if row is None:
        raise NotFound("Cette proposition n’est plus là.")
    return row


def decide(proposal_id: int, state: str, staff_id: int, now: datetime) -> None:
    """Note what someone decided of a proposal; decided once, it comes back no more."""
    with writing():
        values = {"state": state, "staff_id": staff_id, "decided_at": now}
        run(update(TermProposal).where(TermProposal.id == proposal_id).values(values))


def question_words(codes: Collection[str]) -> dict[str, str]:
    """What these questions ask, by code."""
    return dict(run(select(Question.code, Question.text).where(Question.code.in_(codes))).all())
