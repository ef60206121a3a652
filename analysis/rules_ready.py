"""A référentiel's rules made ready to be tried: looked up by their rarest words, their patterns made functions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.learned_words import OF_RULE, Cue, Key, LearnedWords
from analysis.lexicon import Lexicon
from analysis.matching import Find, Holds, Matcher
from analysis.reading import Reading
from analysis.referential import Family, Referential, Rule, Tag
from analysis.rules_index import RuleIndex, Way
from analysis.rules_needs import Need, Needs
from analysis.rules_pattern import Bag, Either, Pattern, Ref
from analysis.rules_settling import Settler, bags_in


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A rule ready to be tried, with the tag that it lays; `order` is the tag's place in the référentiel.

    `find` and `unless` say where its pattern stands and what drops it, `denial` where the family is denied;
    `conditions` bear on the whole text: whether each holds, and whether it must. `cue`: what learnt words know of it;
    `heard`: the tag as they name it, where they may lay it.
    """

    order: int
    family: Family
    tag: Tag
    rule: Rule
    find: Find
    unless: Find | None
    conditions: tuple[tuple[Holds, bool], ...]
    denial: Find | None
    cue: Cue
    heard: Key | None


class _Settled:
    """A rule's patterns with their words in bags."""

    def __init__(self, rule: Rule, settler: Settler):
        self.rule = rule
        self.pattern = settler.settle(rule.pattern)
        # As one union: its options that lack a word they need are not looked for.
        self.unless = settler.settle(Either(rule.unless)) if rule.unless else None
        self.nowhere = tuple(map(settler.settle, rule.nowhere))
        self.also = tuple(map(settler.settle, rule.also))

    def patterns(self) -> Iterator[Pattern]:
        yield from (self.pattern, *self.nowhere, *self.also)
        if self.unless:
            yield self.unless


class Ready:
    """What a tagger reads texts with: `index` tells which rules to try, `subjects` whether a text holds each.

    `learned`: whether a text holds the subject of the words that the référentiel learnt; none does when it learnt none.
    """

    def __init__(self, referential: Referential, words: LearnedWords):
        self._words = words
        settler = Settler(referential.notions)
        tags = [(family, tag) for family in referential.families for tag in family.tags]
        settled = [(order, *at, _Settled(rule, settler)) for order, at in enumerate(tags) for rule in at[1].rules]
        patterns = [*settler.notions.values(), *(pattern for *_, one in settled for pattern in one.patterns())]
        # A subject's own bag has no words: a question that holds the subject brings it.
        self._own = {family.subject: Bag(()) for family in referential.families if family.subject}
        lexicon = Lexicon(dict.fromkeys(bag for pattern in patterns for bag in bags_in(pattern)))
        hits = defaultdict(set)
        self._needs = Needs(lexicon, settler.notions)
        self._matcher = Matcher(lexicon, hits, self._needs, settler.notions)
        self.subjects = {subject: self._matcher.holds(Ref(subject)) for subject in self._own}
        learned = referential.learned
        self.learned = self._matcher.holds(Ref(learned.subject)) if learned else _never
        ways = [way for *at, one in settled for way in self._ways(self._laid(*at, one), one)]
        self.index = RuleIndex(lexicon, hits, self._matcher.options, ways)

    def bits_of(self, subjects: Iterable[str]) -> int:
        """What subjects that a question holds bring."""
        return self.index.bits_of(map(self._own.__getitem__, subjects))

    def _laid(self, order: int, family: Family, tag: Tag, one: _Settled) -> Laid:
        find, holds = self._matcher.find, self._matcher.holds
        unless = find(one.unless) if one.unless else None
        denial = find(Ref(family.denial)) if family.denial else None
        conditions = [*((holds(node), True) for node in one.also), *((holds(node), False) for node in one.nowhere)]
        cue = self._words.rule(name_of_rule(family, tag, one.rule))
        key = family.code, tag.code
        heard = key if self._words.knows(key) and not tag.rules_only else None
        return Laid(order, family, tag, one.rule, find(one.pattern), unless, tuple(conditions), denial, cue, heard)

    def _ways(self, laid: Laid, one: _Settled) -> Iterator[Way]:
        """What a rule needs in each way in which its pattern may stand; what a question may bring comes last."""
        also = [*map(self._needs.of, one.also)]
        for way in self._needs.ways(one.pattern):
            needs = self._needs.together(self._needs.of(way), *also)
            yield Way(laid, [*needs, *self._gate(laid.family.subject)])

    def _gate(self, subject: str) -> list[Need]:
        """What all the rules of a family need, if anything: words of its subject, or a question that holds it."""
        return [need | {self._own[subject]} for need in self._needs.of(Ref(subject))[:1]] if subject else []


def name_of_rule(family: Family, tag: Tag, rule: Rule) -> str:
    """A rule as learnt words name it."""
    return f"{family.code}.{tag.code}{OF_RULE}{rule.written}"


def _never(_reading: Reading) -> bool:
    return False
