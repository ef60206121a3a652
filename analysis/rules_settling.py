"""The patterns of the rules made ready to be looked for: their words in bags, the same words in the same bag."""

from collections.abc import Iterable, Iterator

from analysis.rules_pattern import Bag, Either, Near, Pattern, Polar, Ref, Sequence, Word, either, leaves


class Settler:
    """Makes patterns ready; bags are shared among them, so that a text is searched once for what many rules name."""

    def __init__(self, notions: dict[str, Iterable[Pattern]]):
        """`notions`: the patterns of each, none of which uses a later one."""
        self._bags: dict[frozenset[Word], Bag] = {}
        self._words_alone: dict[str, Bag] = {}
        self.notions: dict[str, Pattern] = {}
        for name, patterns in notions.items():
            settled = self.notions[name] = self.settle(Either(tuple(patterns)))
            if isinstance(settled, Bag):
                self._words_alone[name] = settled

    def settle(self, node: Pattern) -> Pattern:
        """The pattern ready to be looked for; a notion that is words alone gives place to its bag."""
        match node:
            case Word():
                return self._bag((node,))
            case Ref(name):
                return self._words_alone.get(name, node)
            case Polar(denied, inner):
                return Polar(denied, self.settle(inner))
            case Either(options):
                return either(self._merged([self.settle(option) for option in options]))
            case Sequence(items, gaps):
                return Sequence(tuple(map(self.settle, items)), gaps)
            case Near(left, right, window):
                return Near(self.settle(left), self.settle(right), window)

    def _bag(self, words: tuple[Word, ...]) -> Bag:
        return self._bags.setdefault(frozenset(words), Bag(words))

    def _merged(self, options: list[Pattern]) -> list[Pattern]:
        words = tuple(word for option in options if isinstance(option, Bag) for word in option.words)
        others = [option for option in options if not isinstance(option, Bag)]
        return ([self._bag(words)] if words else []) + others


def bags_in(node: Pattern) -> Iterator[Bag]:
    """The bags of a settled pattern."""
    return (leaf for leaf in leaves(node) if isinstance(leaf, Bag))
