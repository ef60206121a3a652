"""Lay the tags of a référentiel on a text, each with the rule and the passage that carry it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from analysis.lexicon import Lexicon
from analysis.matching import Interval, Reading
from analysis.referential import Family, Referential, Rule, Tag
from analysis.rules_pattern import Either, Near, Pattern, Polar, Sequence, Word

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
        patterns = [pattern for patterns in referential.notions.values() for pattern in patterns]
        rules = [rule for family in referential.families for tag in family.tags for rule in tag.rules]
        patterns += [pattern for rule in rules for pattern in (rule.pattern, *rule.unless)]
        self._lexicon = Lexicon(word for pattern in patterns for word in words_of(pattern))
        self._holds = lru_cache(QUESTIONS)(self._question_holds)

    def tag(self, text: str, question: str = "") -> list[Found]:
        """The tags of a text, in the order of the référentiel; `question` is what it answers, if known."""
        reading = Reading(text, self._lexicon, self.referential.notions)
        return [
            found
            for family in self.referential.families
            if self._on_subject(family, reading, question)
            for tag in family.tags
            for found in _tag(reading, text, family, tag)
        ]

    def _on_subject(self, family: Family, reading: Reading, question: str) -> bool:
        if not family.subject:
            return True
        return bool(reading.notion(family.subject)) or bool(question and self._holds(family.subject, question))

    def _question_holds(self, notion: str, question: str) -> bool:
        return bool(Reading(question, self._lexicon, self.referential.notions).notion(notion))


def words_of(pattern: Pattern) -> Iterator[Word]:
    """The words that a pattern names itself."""
    match pattern:
        case Word():
            yield pattern
        case Polar(_, inner):
            yield from words_of(inner)
        case Either(inners) | Sequence(inners, _):
            for inner in inners:
                yield from words_of(inner)
        case Near(left, right, _):
            yield from words_of(left)
            yield from words_of(right)


def _tag(reading: Reading, text: str, family: Family, tag: Tag) -> list[Found]:
    """One tag's passages, those that overlap a longer one left out."""
    places = [(interval, rule) for rule in tag.rules for interval in _stands(reading, rule)]
    places.sort(key=lambda place: (place[0][0] - place[0][1], place[0], place[1].code))
    kept: list[tuple[Interval, Rule]] = []
    for interval, rule in places:
        if all(interval[1] <= other[0] or other[1] <= interval[0] for other, _ in kept):
            kept.append((interval, rule))
    return [_found(reading, text, family, tag, interval, rule) for interval, rule in sorted(kept, key=lambda k: k[0])]


def _stands(reading: Reading, rule: Rule) -> list[Interval]:
    intervals = reading.find(rule.pattern)
    if not intervals or not rule.unless:
        return intervals
    sentences = reading.words.sentences
    dropped = {sentences[place[0]] for pattern in rule.unless for place in reading.find(pattern)}
    return [interval for interval in intervals if sentences[interval[0]] not in dropped]


def _found(reading: Reading, text: str, family: Family, tag: Tag, interval: Interval, rule: Rule) -> Found:
    start, end = reading.words.starts[interval[0]], reading.words.ends[interval[1] - 1]
    return Found(family.code, tag.code, start, end, rule.code, text[start:end], reading.denial(interval))
