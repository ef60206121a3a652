"""How a proposition is held in what someone said: incontournable, souhaitable, dilemme, contre; or not said yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from analysis.materiality import FAMILIES, propositions
from cafe.corpus import tagging
from cafe.corpus.votes import SCALES
from cafe.errors import Refusal
from cafe.extensions import writing
from cafe.moderation.judging import find_judged, is_standing
from cafe.moderation.models import Decision

STANCES = {level.code: level for level in SCALES["words"]}
# One key each: the first letter of its word.
KEYS = {code: code[0].upper() for code in STANCES}


@dataclass(frozen=True)
class Held:
    """A proposition tagged on a message, and how it is held; `stance` is empty while nobody said."""

    tag: str
    label: str
    stance: str

    @property
    def said(self) -> str:
        return f"{STANCES[self.stance].sign} {self.stance}" if self.stance else "position à noter"


def held_in(tags: list[tuple[str, str, str]], families) -> list[Held]:
    """Of these tags (family, code, stance), the propositions, each once."""
    known = {family.code: family for family in families if family.code in FAMILIES}
    found = {}
    for family, code, stance in tags:
        if family in known and code in propositions(known[family]):
            label = next(tag.label for tag in known[family].tags if tag.code == code)
            found.setdefault((family, code), Held(f"{family}:{code}", label, stance))
    return list(found.values())


def set_stance(contribution_id: int, tag: str, stance: str, tagger, staff_id: int, now: datetime) -> int | None:
    """Say how a proposition is held, or that nobody knows (empty); returns the decision's number.

    None when it was held so already: the same gesture sent twice is one decision.
    """
    family, _, code = tag.partition(":")
    if stance and stance not in STANCES:
        raise Refusal("Cette position n’existe pas. Rechargez la page.")
    if not held_in([(family, code, "")], tagger.referential.families):
        raise Refusal("Seule une proposition a une position.")
    with writing() as session:
        contribution = find_judged(session, contribution_id, staff_id)
        if tagging.stance_of(contribution_id, family, code) == stance:
            return None
        before, state = tagging.hold(contribution_id, family, code, stance, staff_id, now)
        contribution.read_at = contribution.read_at or now
        decision = Decision(
            contribution_id=contribution_id, staff_id=staff_id, action="stance", detail=f"{tag} {stance}",
            status_before=state, reason_before=before, decided_at=now,
        )  # fmt: skip
        session.add(decision)
        session.flush()
    return decision.id


def stance_said(detail: str, labels: Mapping[str, str]) -> str:
    """A decision on a stance in words: « Guichet unique, incontournable »."""
    tag, _, stance = detail.partition(" ")
    return f"{labels.get(tag, tag)}, {stance or 'aucune'}"


def is_last(session, decision: Decision) -> bool:
    """Whether the tag still stands as this decision left it, and no later one speaks of it."""
    tag, _, stance = decision.detail.partition(" ")
    later = select(Decision.id).where(
        Decision.contribution_id == decision.contribution_id, Decision.id > decision.id, Decision.action == "stance",
        Decision.detail.startswith(f"{tag} ", autoescape=True), is_standing,
    )  # fmt: skip
    standing = tagging.stance_of(decision.contribution_id, *tag.split(":"))
    return standing == stance and session.scalar(later.limit(1)) is None


def put_back(decision: Decision) -> None:
    family, code = decision.detail.partition(" ")[0].split(":")
    before = decision.reason_before, decision.status_before
    tagging.put_stance_back(decision.contribution_id, family, code, *before)
