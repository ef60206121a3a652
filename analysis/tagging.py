"""Lay the tags of a référentiel on a text, each with the rule and the passage that carry it."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache

from analysis.lexicon import Lexicon
from analysis.matching import Interval, Reading
from analysis.referential import CONDITIONS, Family, Referential, Rule, Tag
from analysis.rules_index import RuleIndex, needs
from analysis.rules_pattern import Bag, Either, Pattern, bags_in, settle

QUESTIONS = 1000


@dataclass(frozen=True)
class Found:
    """A tag on a passage: `start` and `end` are code points of the text as given, `end` excluded.

    `matched` is the passage, `negated` what denies something in it (« ne … pas »), empty when nothing does.
    """

    family: str
    tag: str
    start: int
    end: int
    rule: str
    matched: str = ""
    negated: str = ""


class Tagger:
    """A référentiel made ready to read texts."""

    def __init__(self, referential: Referential):
        self.referential = referential
        self._notions, bags = _settled_notions(referential)
        self._tags = [
            (family, tag, tuple(_settled_rule(rule, bags) for rule in tag.rules))
            for family in referential.families
            for tag in family.tags
            if tag.rules
        ]
        rules = [rule for _, _, rules in self._tags for rule in rules]
        patterns = [*self._notions.values(), *(rule.pattern for rule in rules)]
        patterns += [pattern for rule in rules for name in CONDITIONS for pattern in getattr(rule, name)]
        self._lexicon = Lexicon({bag: None for pattern in patterns for bag in bags_in(pattern)})
        self._index = RuleIndex((rule.code, needs(rule.pattern, self._notions)) for rule in rules)
        self._holds = lru_cache(QUESTIONS)(self._question_holds)

    def tag(self, text: str, question: str = "") -> list[Found]:
        """The tags of a text, in the order of the référentiel; `question` is what it answers, if known."""
        reading = Reading(text, self._lexicon, self._notions)
        candidates = self._index.candidates(reading.present)
        return [
            found
            for family, tag, rules in self._tags
            if (tried := [rule for rule in rules if rule.code in candidates])
            and self._on_subject(family, reading, question)
            for found in _tag(reading, text, family, tag, tried)
        ]

    def _on_subject(self, family: Family, reading: Reading, question: str) -> bool:
        if not family.subject:
            return True
        return bool(reading.notion(family.subject)) or bool(question and self._holds(family.subject, question))

    def _question_holds(self, notion: str, question: str) -> bool:
        return bool(Reading(question, self._lexicon, self._notions).notion(notion))


def _tag(reading: Reading, text: str, family: Family, tag: Tag, rules: list[Rule]) -> list[Found]:
    """One tag's passages, those that overlap a longer one left out."""
    places = [(interval, rule) for rule in rules for interval in _stands(reading, rule, family.denial)]
    places.sort(key=lambda place: (place[0][0] - place[0][1], place[0], place[1].code))
    kept: list[tuple[Interval, Rule]] = []
    for interval, rule in places:
        at = bisect_left(kept, interval, key=_first)
        if all(interval[1] <= other[0] or other[1] <= interval[0] for other, _ in kept[max(at - 1, 0) : at + 1]):
            kept.insert(at, (interval, rule))
    return [_found(reading, text, family, tag, interval, rule) for interval, rule in kept]


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
    sentences = reading.words.sentences
    dropped = {sentences[place[0]] for pattern in rule.unless for place in reading.find(pattern)}
    kept = [interval for interval in intervals if sentences[interval[0]] not in dropped]
    denials = reading.notion(denial) if kept and denial else []
    return [interval for interval in kept if not _denied(reading, interval, denials)]


def _denied(reading: Reading, interval: Interval, denials: list[Interval]) -> bool:
    at = bisect_left(denials, interval)
    return any(reading.close(interval, denial) for denial in denials[max(at - 2, 0) : at + 2])


def _found(reading: Reading, text: str, family: Family, tag: Tag, interval: Interval, rule: Rule) -> Found:
    start, end = reading.words.starts[interval[0]], reading.words.ends[interval[1] - 1]
    return Found(family.code, tag.code, start, end, rule.code, text[start:end], reading.denial(interval))
