"""Lay the tags of a référentiel on a text, each with the rule and the passage that carry it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple

from analysis.learned_words import Key, LearnedWords, Said, learned_words, rule_by_words
from analysis.reading import NOWHERE, Interval, Reading
from analysis.referential import Referential, Rule, Tag
from analysis.rules_index import BITS
from analysis.rules_ready import Laid, Ready
from analysis.text import Words, cut

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


class Tried(NamedTuple):
    """The rules worth trying on a text being read: all of them, and by tag those whose family's subject it holds."""

    reading: Reading
    candidates: set[Laid]
    by_tag: dict[int, list[Laid]]

    def said(self) -> Said:
        """What learnt words weigh."""
        given = self.reading.words.given
        return Said({one.cue for one in self.candidates}, given, len(set(given)))


class Tagger:
    """A référentiel made ready to read texts; the words that it learnt, if any, add what its rules did not find."""

    def __init__(self, referential: Referential, words: LearnedWords | None = None):
        """`words`: in the place of those that the référentiel names."""
        self.referential = referential
        learned = referential.learned
        self._learned = words or (learned_words(learned.words) if learned else LearnedWords())
        self._ready = Ready(referential, self._learned)
        self._asked = lru_cache(QUESTIONS)(self._subjects_of)

    def tag(self, text: str, question: str = "") -> list[Found]:
        """The tags of a text, in the order of the référentiel; `question` is what it answers, if known."""
        tried = self._try(text, question)
        if not tried:
            return []
        laid = {order: found for order, ones in tried.by_tag.items() if (found := _tag(tried.reading, text, ones))}
        missing = {ones[0].heard: order for order, ones in tried.by_tag.items() if ones[0].heard and order not in laid}
        if missing and self._ready.learned(tried.reading):
            laid |= self._hear(text, tried, missing)
        return [found for order in sorted(laid) for found in laid[order]]

    def _try(self, text: str, question: str) -> Tried | None:
        """The rules worth trying on a text, if any."""
        ready = self._ready
        asked = self._asked(question) if question else frozenset()
        reading = self._read(text, asked)
        candidates = ready.index.candidates(reading.possible, reading.present)
        if not candidates:
            return None
        subjects = {one.family.subject for one in candidates}
        held = {subject for subject in subjects if not subject or subject in asked or ready.subjects[subject](reading)}
        by_tag = defaultdict(list)
        for one in candidates:
            if one.family.subject in held:
                by_tag[one.order].append(one)
        return Tried(reading, candidates, by_tag)

    def _read(self, text: str, asked: frozenset[str] = frozenset()) -> Reading:
        """A text ready to be read; `asked`: the subjects that its question holds."""
        index, words = self._ready.index, cut(text)
        hits = index.hits(words.given)
        distinct = set(hits)
        present = reduce(or_, map(BITS, distinct), self._ready.bits_of(asked) if asked else 0)
        return Reading(words, hits, distinct, present, index.possible(present))

    def heard(self, text: str) -> Tried | None:
        """The rules worth trying on a text, given without its question, where learnt words may speak; else None."""
        tried = self._try(text, "")
        return tried if tried and self._ready.learned(tried.reading) else None

    def _hear(self, text: str, tried: Tried, missing: dict[Key, int]) -> dict[int, list[Found]]:
        """What words lay of the tags that no rule did, save where the text denies what the family speaks of."""
        reading, found = tried.reading, {}
        for key in self._learned.hear(tried.said(), missing):
            order = missing[key]
            denial = tried.by_tag[order][0].denial
            if not (denial and denial(reading)):
                places = _apart((place, key) for place in self._learned.heaviest_places(key, reading.words.given))
                found[order] = [_weighed(text, reading.words, key, place) for place, _ in places]
        return found

    def _subjects_of(self, question: str) -> frozenset[str]:
        """The families' subjects that a question holds."""
        reading = self._read(question)
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
    return _apart(places)


def _apart(places: Iterable[tuple[Interval, Any]]) -> list[tuple[Interval, Any]]:
    """The places in order, those that overlap one given before them left out."""
    kept = []
    for interval, of in places:
        at = bisect_left(kept, interval, key=_first)
        if all(interval[1] <= other[0] or other[1] <= interval[0] for other, _ in kept[max(at - 1, 0) : at + 1]):
            kept.insert(at, (interval, of))
    return kept


def _enough(tag: Tag, rules: Iterable[Rule]) -> bool:
    """Whether one of the rules lays the tag alone, or their weights reach its threshold; each rule counts once."""
    weights = {rule.code: rule.weight for rule in rules}.values()
    return 0 in weights or sum(weights) >= tag.threshold


def _first(place: tuple[Interval, Any]) -> Interval:
    return place[0]


def _stands(reading: Reading, laid: Laid) -> list[Interval]:
    """Where a rule's pattern stands and nothing drops it."""
    if laid.rule.within and len(reading.words.given) > laid.rule.within:
        return NOWHERE
    for holds, must in laid.conditions:
        if holds(reading) != must:
            return NOWHERE
    intervals = laid.find(reading)
    if not intervals:
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


def _weighed(text: str, words: Words, key: Key, place: Interval) -> Found:
    start, end = words.span(*place)
    return Found(*key, start, end, rule_by_words(*key), text[start:end])
