"""What corrected tags would change: computed for the preview, and again when it is applied."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import select

from analysis.cells import inert_in_csv
from analysis.referential import Referential
from cafe.corpus.models import Contribution, Tag
from cafe.exports.chunks import chunks
from cafe.exports.names import number_of
from cafe.exports.tag_files import Coded, TagFile
from cafe.extensions import run
from cafe.people.models import Participant


@dataclass(frozen=True)
class Change:
    """One tag to lay, hold or take away; `tag_id`: the row that is there already, None for a new one."""

    kind: str
    contribution_id: int
    name: str
    key: str
    start: int
    end: int
    tag_id: int | None


@dataclass
class Plan:
    """The changes, and what is left as it is: which texts, and why. Names are the file's."""

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    unknown_texts: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    unknown_codes: Counter = field(default_factory=Counter)

    @property
    def counts(self) -> Counter:
        return Counter(change.kind for change in self.changes)

    @property
    def digest(self) -> str:
        """What tells that nothing moved between the preview and its confirmation."""
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()[:32]


def told_counts(plan: Plan) -> str:
    """« 2 ajoutés, 1 confirmé, 0 retiré »."""
    named = {"added": "ajouté", "confirmed": "confirmé", "removed": "retiré"}
    counts = plan.counts
    return ", ".join(f"{counts[kind]} {word}{'s' if counts[kind] > 1 else ''}" for kind, word in named.items())


def make_plan(file: TagFile, referential: Referential, key: str, own_participant: int | None = None) -> Plan:
    """Compare a file with the base. `own_participant`: whose words are not for this person to tag."""
    plan, planner = Plan(unknown_codes=Counter(file.unknown)), Planner(referential)
    numbers: dict[int, Coded] = {}
    for coded in file.coded:
        number = number_of(coded.name, key)
        if number is None:
            plan.unknown_texts.append(coded.name[:40])
        else:
            numbers[number] = coded
    order = sorted(numbers)
    for chunk in chunks(order):
        texts, tags = _texts(chunk), _tags(chunk)
        for number in chunk:
            coded, row = numbers[number], texts.get(number)
            if row is None:
                plan.gone.append(coded.name)
            elif row.participant_id == own_participant:
                plan.own.append(coded.name)
            elif not _same_text(coded, row.text):
                plan.changed.append(coded.name)
            else:
                planner.compare(plan, number, coded, len(row.text), tags.get(number, []))
    return plan


def _texts(numbers: list[int]) -> dict:
    columns = (Contribution.id, Contribution.participant_id, Contribution.text)
    heard = select(*columns).join(Participant, Participant.id == Contribution.participant_id)
    heard = heard.where(Contribution.status == "published", Participant.erased_at.is_(None))
    return {row.id: row for row in run(heard.where(Contribution.id.in_(numbers)))}


def _tags(numbers: list[int]) -> dict[int, list]:
    columns = (Tag.id, Tag.contribution_id, Tag.family, Tag.code, Tag.start, Tag.end, Tag.state)
    found: dict[int, list] = {}
    for row in run(select(*columns).where(Tag.contribution_id.in_(numbers)).order_by(Tag.id)):
        found.setdefault(row.contribution_id, []).append(row)
    return found


def _same_text(coded: Coded, text: str) -> bool:
    """Whether the text is still the one that left; a table says it with the marks that keep formulas inert."""
    came = coded.text.replace("\r\n", "\n").strip()
    return came == text.strip() or (coded.spans is None and came == inert_in_csv(text).strip())


class Planner:
    """Compares the tags of one contribution with those that come back."""

    def __init__(self, referential: Referential):
        self.known = {f"{family.code}:{tag.code}" for family in referential.families for tag in family.tags}

    def compare(self, plan: Plan, number: int, coded: Coded, length: int, rows: list) -> None:
        here = {_key(row) for row in rows if row.state != "removed"}
        whole = coded.whole if coded.spans is not None else meant(coded, here)
        if whole is None:
            plan.unclear.append(coded.name)
            return
        spans = {span for span in coded.spans or () if 0 <= span[1] < span[2] <= length}
        before = len(plan.changes)
        for key in sorted(whole):
            self._want(plan, number, coded, key, [row for row in rows if _key(row) == key], (0, length), here)
        for key, start, end in sorted(spans):
            same = [row for row in rows if (_key(row), row.start, row.end) == (key, start, end)]
            self._want(plan, number, coded, key, same, (start, end), here)
        for row in rows:
            wanted = _key(row) in whole or (_key(row), row.start, row.end) in spans
            if row.state != "removed" and not wanted:
                plan.changes.append(_change("removed", coded, row))
        plan.same += len(plan.changes) == before

    def _want(self, plan: Plan, number: int, coded: Coded, key: str, rows: list, place, here: set[str]) -> None:
        """A tag that should be there: held where it lies, put back where it was removed, else laid at `place`."""
        if key not in self.known and key not in here:
            plan.unknown_codes[key] += 1
            return
        standing = [row for row in rows if row.state != "removed"]
        for row in standing or rows:
            if row.state != "confirmed":
                plan.changes.append(_change("confirmed" if row.state == "laid" else "added", coded, row))
        if not rows:
            plan.changes.append(Change("added", number, coded.name, key, *place, None))


def _key(row) -> str:
    return f"{row.family}:{row.code}"


def _change(kind: str, coded: Coded, row) -> Change:
    return Change(kind, row.contribution_id, coded.name, _key(row), row.start, row.end, row.id)


def meant(coded: Coded, here: set[str]) -> frozenset[str] | None:
    """The tags that a table's row means: its column « tags » and those of families may tell two stories.

    The one that was edited wins: the other still says what stands. None when both were, and differ.
    """
    in_columns = frozenset().union(*coded.columns.values())
    covered = {key for key in here if key.partition(":")[0] in coded.columns}
    if coded.tags is None:
        return in_columns | (here - covered)
    if not coded.columns:
        return coded.tags
    told = frozenset(key for key in coded.tags if key.partition(":")[0] in coded.columns)
    if told == in_columns or in_columns == covered:
        return coded.tags
    return in_columns | (coded.tags - told) if told == covered else None
