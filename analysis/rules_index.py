"""Which rules are worth trying on a text: those whose every part has at least one of its words in it."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from analysis.rules_pattern import Bag, Either, Near, Pattern, Polar, Ref, Sequence

Need = frozenset[Bag]


def needs(node: Pattern, notions: dict[str, Pattern]) -> list[Need]:
    """What a pattern cannot do without: one bag at least of each of these sets."""
    match node:
        case Bag():
            return [frozenset((node,))]
        case Ref(name):
            return needs(notions[name], notions)
        case Polar(_, inner):
            return needs(inner, notions)
        case Either(options):
            return [frozenset().union(*(min(needs(option, notions), key=len) for option in options))]
        case Sequence(items, _):
            return [need for item in items for need in needs(item, notions)]
        case Near(left, right, _):
            return needs(left, notions) + needs(right, notions)


class RuleIndex:
    """Rules by the bags that they need; sets of bags are kept as the bits of a number, which are quick to compare."""

    def __init__(self, needs_by_rule: Iterable[tuple[Hashable, list[Need]]]):
        self._bits: dict[Bag, int] = {}
        self._rules: dict[Bag, list[tuple[Hashable, tuple[int, ...]]]] = defaultdict(list)
        for rule, sets in needs_by_rule:
            rarest = min(sets, key=len)
            entry = rule, tuple(self._mask(need) for need in sets if need is not rarest)
            for bag in rarest:
                self._rules[bag].append(entry)

    def _mask(self, bags: Iterable[Bag]) -> int:
        mask = 0
        for bag in bags:
            mask |= self._bits.setdefault(bag, 1 << len(self._bits))
        return mask

    def candidates(self, present: Iterable[Bag]) -> set[Hashable]:
        """The rules that may stand in a text where these bags are."""
        mask = 0
        for bag in present:
            mask |= self._bits.get(bag, 0)
        entries = (entry for bag in present for entry in self._rules.get(bag, ()))
        return {rule for rule, masks in entries if all(mask & other for other in masks)}
