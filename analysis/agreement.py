"""How far two people who coded the same texts agree, and how far rules agree with what was settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module

Codes = frozenset[str]


@dataclass(frozen=True)
class Agreement:
    """Of one tag: the texts that both gave it, that the first or the second alone gave it, and Krippendorff's α.

    `alpha` is None where neither ever gave it: there is nothing to agree on.
    """

    code: str
    both: int
    first: int
    second: int
    alpha: float | None

    @property
    def f1(self) -> float | None:
        """2·both / (2·both + first + second); None when no one gave the tag."""
        return f1_of(self.both, self.first, self.second)


def f1_of(both: int, first: int, second: int) -> float | None:
    """The harmonic mean of precision and recall, the same whoever is taken as the reference."""
    total = 2 * both + first + second
    return 2 * both / total if total else None


def agreement(first: Mapping[str, Codes], second: Mapping[str, Codes], codes: Iterable[str]) -> list[Agreement]:
    """Agreement by tag over the texts that both coded, in the order of `codes`.

    α = 1 − observed / expected disagreement, nominal, each tag being given or not: Krippendorff, « Content Analysis »
    (2004), as NLTK computes it.
    """
    texts = sorted(first.keys() & second.keys())
    return [_of_tag(code, [(code in first[text], code in second[text]) for text in texts]) for code in codes]


def _of_tag(code: str, given: list[tuple[bool, bool]]) -> Agreement:
    both = sum(a and b for a, b in given)
    alone = sum(a and not b for a, b in given), sum(b and not a for a, b in given)
    return Agreement(code, both, *alone, _alpha(given))


def _alpha(given: list[tuple[bool, bool]]) -> float | None:
    if not any(a or b for a, b in given):
        return None
    if all(a and b for a, b in given):
        return 1.0
    rows = [(coder, text, pair[coder]) for text, pair in enumerate(given) for coder in (0, 1)]
    # NLTK brings all of SciPy and scikit-learn where they are: loaded for the page that counts, not at each start.
    return float(import_module("nltk.metrics.agreement").AnnotationTask(data=rows).alpha())


def disagreements(first: Mapping[str, Codes], second: Mapping[str, Codes]) -> list[str]:
    """The texts that both coded, otherwise."""
    return sorted(text for text in first.keys() & second.keys() if first[text] != second[text])
