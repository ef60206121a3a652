"""Lay the tags of a référentiel on a text, each with the rule and the passage that carry it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from analysis.lexicon import Lexicon
from analysis.matching import Grammar, Interval, Reading
from analysis.referential import CONDITIONS, Family, Referential, Rule, Tag
from analysis.rules_index import Hit, Need, RuleIndex, all_choices, needs, ways
from analysis.rules_pattern import Bag, Either, Pattern, bags_in, settle
from analysis.text import cut

QUESTIONS, NEIGHBOURS = 1000, 4
Place = tuple[Interval, Rule]


class Found(NamedTuple):
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
        lexicon = Lexicon(dict.fromkeys([*found, *self._subjects.values()]))
        self._mask_of = lexicon.mask_of
        known: dict[str, list[Need]] = {}
        for name, pattern in self._notions.items():
            known[name] = needs(pattern, known)
        self._index = RuleIndex(lexicon, self._ways(laid, known))
        self._grammar = Grammar(lexicon.bits, self._index.by_bag, self._notions, all_choices(patterns, known, lexicon))
        self._asked = lru_cache(QUESTIONS)(self._subjects_of)

    def _ways(self, laid: list[_Laid], known: dict[str, list[Need]]) -> Iterator[tuple[_Laid, list[Need], Need | None]]:
        """Each rule with what it needs, once for each way in which its pattern may stand."""
        of_notions: dict[str, list[Pattern]] = {}
        for name, pattern in self._notions.items():
            of_notions[name] = ways(pattern, of_notions)
        for one in laid:
            gate = self._gate(one, known)
            for way in ways(one.rule.pattern, of_notions):
                yield one, needs(way, known), gate

    def _gate(self, one: _Laid, known: dict[str, list[Need]]) -> Need | None:
        """What all the rules of a family need: words of its subject, or a question that holds it."""
        subject = one.family.subject
        return min(known[subject], key=len) | {self._subjects[subject]} if subject else None

    def tag(self, text: str, question: str = "") -> list[Found]:
        """The tags of a text, in the order of the référentiel; `question` is what it answers, if known."""
        asked = self._asked(question) if question else frozenset()
        words = cut(text)
        hits = self._index.hits(words.given)
        distinct = set(hits)
        present = _present(distinct) | self._mask_of(map(self._subjects.get, asked))
        candidates = self._index.candidates(distinct, present)
        if not candidates:
            return []
        reading = Reading(words, hits, present, self._grammar)
        by_tag = defaultdict(list)
        for one in candidates:
            subject = one.family.subject
            if not subject or subject in asked or reading.holds_notion(subject):
                by_tag[one.order].append(one)
        return [found for order in sorted(by_tag) for found in _tag(reading, text, by_tag[order])]

    def _subjects_of(self, question: str) -> frozenset[str]:
        """The families' subjects that a question holds."""
        words = cut(question)
        hits = self._index.hits(words.given)
        reading = Reading(words, hits, _present(hits), self._grammar)
        return frozenset(filter(reading.holds_notion, self._subjects))


def _tag(reading: Reading, text: str, tried: list[_Laid]) -> list[Found]:
    """One tag's passages, those that overlap a longer one left out."""
    laid = tried[0]
    if laid.tag.threshold and not _enough(laid.tag, {one.rule for one in tried}):
        return []
    places = [(interval, one.rule) for one in tried for interval in _stands(reading, one.rule, laid.family.denial)]
    if len(places) > 1:
        places = _longest(places)
    if laid.tag.threshold and not _enough(laid.tag, {rule for _, rule in places}):
        return []
    return [_found(reading, text, laid, interval, rule) for interval, rule in places]


def _longest(places: list[Place]) -> list[Place]:
    """The places in order, those that overlap a longer one left out; weak cues give way to what lays the tag alone."""
    places.sort(key=lambda place: (place[1].weight > 0, place[0][0] - place[0][1], place[0], place[1].code))
    kept: list[Place] = []
    for interval, rule in places:
        at = bisect_left(kept, interval, key=_first)
        if all(interval[1] <= other[0] or other[1] <= interval[0] for other, _ in kept[max(at - 1, 0) : at + 1]):
            kept.insert(at, (interval, rule))
    return kept


def _enough(tag: Tag, rules: set[Rule]) -> bool:
    """Whether one of the rules lays the tag alone, or their weights reach its threshold; each rule counts once."""
    weights = [rule.weight for rule in rules]
    return 0 in weights or sum(weights) >= tag.threshold


def _first(place: Place) -> Interval:
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
    if len(rule.unless) > 1:
        # As one union: its options that lack a word they need are not looked for.
        conditions["unless"] = (settle(Either(rule.unless), bags),)
    return replace(rule, pattern=settle(rule.pattern, bags), **conditions)


def _stands(reading: Reading, rule: Rule, denial: str) -> list[Interval]:
    """Where a rule's pattern stands and nothing drops it."""
    intervals = reading.find(rule.pattern)
    if not intervals or (rule.within and len(reading.words.given) > rule.within):
        return []
    if any(map(reading.holds, rule.nowhere)) or not all(map(reading.holds, rule.also)):
        return []
    if rule.unless:
        dropped = sorted(place for pattern in rule.unless for place in reading.find(pattern))
        intervals = [interval for interval in intervals if not _any_close(reading.beside, interval, dropped)]
    denials = reading.notion(denial) if intervals and denial else ()
    if denials:
        intervals = [interval for interval in intervals if not _any_close(reading.bears_on, interval, denials)]
    return intervals


def _any_close(close: Callable[[Interval, Interval], bool], interval: Interval, places: list[Interval]) -> bool:
    """Whether one of the places (in order) is close to an interval; its neighbours alone can be."""
    at = bisect_left(places, interval)
    return any(close(interval, place) for place in places[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS])


def _found(reading: Reading, text: str, laid: _Laid, interval: Interval, rule: Rule) -> Found:
    start, end = reading.words.span(*interval)
    denial = reading.denial(interval)
    return Found(laid.family.code, laid.tag.code, start, end, rule.code, text[start:end], denial, rule.weight)


def _present(hits: Iterable[Hit]) -> int:
    """The bits of several hits."""
    return reduce(or_, [hit.mask for hit in hits], 0)
