"""Lay the tags of a référentiel on a text, each with the rule and the passage that carry it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from analysis.lexicon import Lexicon
from analysis.matching import Interval, Reading
from analysis.referential import CONDITIONS, Family, Referential, Rule, Tag
from analysis.rules_index import Need, RuleIndex, gates, needs
from analysis.rules_pattern import Bag, Either, Pattern, bags_in, settle
from analysis.text import WORD, cut

QUESTIONS, NEIGHBOURS = 1000, 4


@dataclass(frozen=True)
class Found:
    """A tag on a passage: `start` and `end` are code points of the text as given, `end` excluded.

    `matched` is the passage, `negated` what denies something in it (« ne … pas »), empty when nothing does.
    `weight` is what the rule adds towards the tag's threshold, 0 when it lays the tag alone.
    """

    family: str
    tag: str
    start: int
    end: int
    rule: str
    matched: str = ""
    negated: str = ""
    weight: int = 0


@dataclass(frozen=True, eq=False)
class _Laid:
    """A rule ready to be tried, with the tag that it lays; `order` is the tag's place in the référentiel."""

    order: int
    family: Family
    tag: Tag
    rule: Rule


class Tagger:
    """A référentiel made ready to read texts."""

    def __init__(self, referential: Referential):
        self.referential = referential
        self._notions, bags = _settled_notions(referential)
        tags = [(family, tag) for family in referential.families for tag in family.tags]
        laid = [
            _Laid(order, family, tag, _settled_rule(rule, bags))
            for order, (family, tag) in enumerate(tags)
            for rule in tag.rules
        ]
        patterns = [*self._notions.values(), *(one.rule.pattern for one in laid)]
        patterns += [pattern for one in laid for name in CONDITIONS for pattern in getattr(one.rule, name)]
        self._subjects = {family.subject: Bag(()) for family in referential.families if family.subject}
        found = (bag for pattern in patterns for bag in bags_in(pattern))
        self._lexicon = Lexicon(dict.fromkeys([*found, *self._subjects.values()]))
        known: dict[str, list[Need]] = {}
        for name, pattern in self._notions.items():
            known[name] = needs(pattern, known)
        self._index = RuleIndex(self._lexicon, ((one, self._needs(one, known)) for one in laid))
        self._gates = {key: mask for one in patterns for key, mask in gates(one, known, self._lexicon).items()}
        self._asked = lru_cache(QUESTIONS)(self._subjects_of)

    def _needs(self, one: _Laid, known: dict[str, list[Need]]) -> list[Need]:
        found, subject = needs(one.rule.pattern, known), one.family.subject
        return [*found, min(known[subject], key=len) | {self._subjects[subject]}] if subject else found

    def tag(self, text: str, question: str = "") -> list[Found]:
        """The tags of a text, in the order of the référentiel; `question` is what it answers, if known."""
        asked = self._asked(question) if question else frozenset()
        candidates = self._index.candidates(WORD.findall(text), self._lexicon.mask_of(map(self._subjects.get, asked)))
        if not candidates:
            return []
        reading = Reading(cut(text), self._lexicon, self._notions, self._gates)
        by_tag = defaultdict(list)
        for one in candidates:
            subject = one.family.subject
            if not subject or subject in asked or reading.notion(subject):
                by_tag[one.order].append(one)
        return [found for order in sorted(by_tag) for found in _tag(reading, text, by_tag[order])]

    def _subjects_of(self, question: str) -> frozenset[str]:
        """The families' subjects that a question holds."""
        reading = Reading(cut(question), self._lexicon, self._notions, self._gates)
        return frozenset(filter(reading.notion, self._subjects))


def _tag(reading: Reading, text: str, tried: list[_Laid]) -> list[Found]:
    """One tag's passages, those that overlap a longer one left out."""
    family, tag = tried[0].family, tried[0].tag
    places = [(interval, one.rule) for one in tried for interval in _stands(reading, one.rule, family.denial)]
    places.sort(key=lambda place: (place[1].weight > 0, place[0][0] - place[0][1], place[0], place[1].code))
    kept: list[tuple[Interval, Rule]] = []
    for interval, rule in places:
        at = bisect_left(kept, interval, key=_first)
        if all(interval[1] <= other[0] or other[1] <= interval[0] for other, _ in kept[max(at - 1, 0) : at + 1]):
            kept.insert(at, (interval, rule))
    if tag.threshold and not _enough(tag, {rule for _, rule in kept}):
        return []
    return [_found(reading, text, family, tag, interval, rule) for interval, rule in kept]


def _enough(tag: Tag, rules: set[Rule]) -> bool:
    """Whether one of the rules lays the tag alone, or their weights reach its threshold; each rule counts once."""
    weights = [rule.weight for rule in rules]
    return 0 in weights or sum(weights) >= tag.threshold


def _first(place: tuple[Interval, Rule]) -> Interval:
    return place[0]


def _settled_notions(referential: Referential) -> tuple[dict[str, Pattern], dict[str, Bag]]:
    """Each notion as one pattern, and the bags of those that are words alone."""
    notions: dict[str, Pattern] = {}
    bags: dict[str, Bag] = {}
    for name, patterns in referential.notions.items():
        notions[name] = settle(Either(patterns), bags)
        if isinstance(notions[name], Bag):
            bags[name] = notions[name]
    return notions, bags


def _settled_rule(rule: Rule, bags: dict[str, Bag]) -> Rule:
    conditions = {name: tuple(settle(pattern, bags) for pattern in getattr(rule, name)) for name in CONDITIONS}
    return replace(rule, pattern=settle(rule.pattern, bags), **conditions)


def _stands(reading: Reading, rule: Rule, denial: str) -> list[Interval]:
    """Where a rule's pattern stands and nothing drops it."""
    intervals = reading.find(rule.pattern)
    if not intervals or (rule.within and len(reading.words.forms) > rule.within):
        return []
    if any(reading.find(pattern) for pattern in rule.nowhere) or not all(map(reading.find, rule.also)):
        return []
    dropped = sorted(place for pattern in rule.unless for place in reading.find(pattern))
    kept = [interval for interval in intervals if not _any_close(reading.beside, interval, dropped)]
    denials = reading.notion(denial) if kept and denial else []
    return [interval for interval in kept if not _any_close(reading.bears_on, interval, denials)]


def _any_close(close: Callable[[Interval, Interval], bool], interval: Interval, places: list[Interval]) -> bool:
    """Whether one of the places (in order) is close to an interval; its neighbours alone can be."""
    at = bisect_left(places, interval)
    return any(close(interval, place) for place in places[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS])


def _found(reading: Reading, text: str, family: Family, tag: Tag, interval: Interval, rule: Rule) -> Found:
    start, end = reading.words.starts[interval[0]], reading.words.ends[interval[1] - 1]
    denial = reading.denial(interval)
    return Found(family.code, tag.code, start, end, rule.code, text[start:end], denial, rule.weight)
