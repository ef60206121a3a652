"""Lay the tags of a référentiel on a text, each with the rule and the passage that carry it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from analysis.reading import NOWHERE, Interval, Reading
from analysis.referential import Referential, Rule, Tag
from analysis.rules_index import Hit
from analysis.rules_ready import Laid, Ready
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


class Tagger:
    """A référentiel made ready to read texts."""

    def __init__(self, referential: Referential):
        self.referential = referential
        self._ready = Ready(referential)
        self._asked = lru_cache(QUESTIONS)(self._subjects_of)

    def tag(self, text: str, question: str = "") -> list[Found]:
        """The tags of a text, in the order of the référentiel; `question` is what it answers, if known."""
        ready = self._ready
        asked = self._asked(question) if question else frozenset()
        words = cut(text)
        hits = ready.index.hits(words.given)
        distinct = set(hits)
        present = _present(distinct)
        if asked:
            present |= ready.mask_of(asked)
        candidates = ready.index.candidates(distinct, present)
        if not candidates:
            return []
        reading = Reading(words, hits, distinct, present)
        by_tag = defaultdict(list)
        for one in candidates:
            subject = one.family.subject
            if not subject or subject in asked or ready.subjects[subject](reading):
                by_tag[one.order].append(one)
        return [found for order in sorted(by_tag) for found in _tag(reading, text, by_tag[order])]

    def _subjects_of(self, question: str) -> frozenset[str]:
        """The families' subjects that a question holds."""
        words = cut(question)
        hits = self._ready.index.hits(words.given)
        reading = Reading(words, hits, set(hits), _present(hits))
        return frozenset(subject for subject, holds in self._ready.subjects.items() if holds(reading))


def _tag(reading: Reading, text: str, tried: list[Laid]) -> list[Found]:
    """One tag's passages, those that overlap a longer one left out."""
    laid = tried[0]
    if laid.tag.threshold and not _enough(laid.tag, (one.rule for one in tried)):
        return []
    places = [(interval, one.rule) for one in tried for interval in _stands(reading, one)]
    if len(places) > 1:
        places = _longest(places)
    if laid.tag.threshold and not _enough(laid.tag, (rule for _, rule in places)):
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


def _enough(tag: Tag, rules: Iterable[Rule]) -> bool:
    """Whether one of the rules lays the tag alone, or their weights reach its threshold; each rule counts once."""
    weights = {rule.code: rule.weight for rule in rules}.values()
    return 0 in weights or sum(weights) >= tag.threshold


def _first(place: Place) -> Interval:
    return place[0]


def _stands(reading: Reading, laid: Laid) -> list[Interval]:
    """Where a rule's pattern stands and nothing drops it."""
    if laid.rule.within and len(reading.words.given) > laid.rule.within:
        return NOWHERE
    intervals = laid.find(reading)
    if not intervals:
        return NOWHERE
    for holds, must in laid.conditions:
        if holds(reading) != must:
            return NOWHERE
    dropped = sorted(laid.unless(reading)) if laid.unless else ()
    if dropped:
        intervals = [interval for interval in intervals if not _any_close(reading.beside, interval, dropped)]
    denials = laid.denial(reading) if intervals and laid.denial else ()
    if denials:
        intervals = [interval for interval in intervals if not _any_close(reading.bears_on, interval, denials)]
    return intervals


def _any_close(close: Callable[[Interval, Interval], bool], interval: Interval, places: list[Interval]) -> bool:
    """Whether one of the places (in order) is close to an interval; its neighbours alone can be."""
    at = bisect_left(places, interval)
    return any(close(interval, place) for place in places[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS])


def _found(reading: Reading, text: str, laid: Laid, interval: Interval, rule: Rule) -> Found:
    start, end = reading.words.span(*interval)
    denial = reading.denial(interval)
    return Found(laid.family.code, laid.tag.code, start, end, rule.code, text[start:end], denial, rule.weight)


def _present(hits: Iterable[Hit]) -> int:
    """The bits of several hits."""
    return reduce(or_, [hit.mask for hit in hits], 0)
