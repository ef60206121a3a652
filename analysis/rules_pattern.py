"""The patterns of the rules: what a line such as « non:@savoir .. @outil & ordinateur » means.

A pattern is read from left to right; the little words (le, de, à…) of the text are skipped.
  mot          the word in all its forms           =mot     this very form, accents included
  début*       every word that begins so           @notion  a notion defined elsewhere
  a|b          one or the other                    mot?     may be absent
  a b          one right after the other           a ..4 b  at most 4 words between (.. is 3)
  a & b        same sentence, either order         a &6 b   at most 6 words between, either order
  non:a        only where denied (ne … pas, sans)  oui:a    only where not denied
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.text import LITTLE_WORDS, fold, words

GAP, SENTENCE = 3, 25
NOTION = re.compile(r"[a-z][a-z0-9_]*\Z")
JOINER = re.compile(r"(&|\.\.)(\d{0,2})\Z")


class PatternError(ValueError):
    """A pattern that cannot be read; its text is French."""


@dataclass(frozen=True)
class Word:
    """One word: its form, taken as a lemma, exactly, or as a beginning."""

    kind: str
    form: str


@dataclass(frozen=True, eq=False)
class Bag:
    """Any one of several words; each bag is itself alone, which makes it quick to look up."""

    words: tuple[Word, ...]


# The words that may deny; what must be denied stands only where there is one.
DENIER = Bag((Word("denial", "pas"),))


@dataclass(frozen=True)
class Ref:
    """A notion, by name."""

    name: str


@dataclass(frozen=True)
class Polar:
    """A node kept only where it is denied, or only where it is not."""

    denied: bool
    node: Pattern


@dataclass(frozen=True)
class Either:
    """Any one of several nodes."""

    options: tuple[Pattern, ...]


@dataclass(frozen=True)
class Sequence:
    """Nodes in order; gaps[i] words at most stand before items[i + 1]."""

    items: tuple[Pattern, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True)
class Near:
    """Two nodes in either order, in one sentence, at most `window` words apart."""

    left: Pattern
    right: Pattern
    window: int


Pattern = Word | Bag | Ref | Polar | Either | Sequence | Near


def parse(text: str) -> Pattern:
    """The pattern that a line states."""
    parts, windows = _split_on_near(text.split())
    node = _sequence(parts[0])
    for part, window in zip(parts[1:], windows, strict=True):
        node = Near(node, _sequence(part), window)
    return node


def references(node: Pattern) -> Iterator[str]:
    """The names of the notions that a pattern uses."""
    return (leaf.name for leaf in leaves(node) if isinstance(leaf, Ref))


def leaves(node: Pattern) -> Iterator[Pattern]:
    """What a pattern is made of in the end: words, bags and notions, in order."""
    match node:
        case Polar(_, inner):
            yield from leaves(inner)
        case Either(inners) | Sequence(inners, _):
            for inner in inners:
                yield from leaves(inner)
        case Near(left, right, _):
            yield from leaves(left)
            yield from leaves(right)
        case _:
            yield node


def _split_on_near(tokens: list[str]) -> tuple[list[list[str]], list[int]]:
    parts: list[list[str]] = [[]]
    windows = []
    for token in tokens:
        joiner = JOINER.match(token)
        if joiner and joiner[1] == "&":
            windows.append(int(joiner[2] or SENTENCE))
            parts.append([])
        else:
            parts[-1].append(token)
    return parts, windows


def _sequence(tokens: list[str]) -> Pattern:
    items: list[tuple[Pattern, int, bool]] = []
    gap = 0
    for token in tokens:
        joiner = JOINER.match(token)
        if joiner:
            gap = int(joiner[2] or GAP)
            continue
        node = _item(token.removesuffix("?"))
        if node is not None:
            items.append((node, gap, token.endswith("?")))
            gap = 0
    if not items or gap or all(optional for _, _, optional in items):
        raise PatternError("il manque un mot dans ce motif")
    return either([_chain(variant) for variant in _variants(items)])


def _variants(items: list[tuple[Pattern, int, bool]]) -> list[list[tuple[Pattern, int]]]:
    # An optional item makes two chains; where it is absent its gap goes to what follows.
    variants: list[tuple[list[tuple[Pattern, int]], int]] = [([], 0)]
    for node, gap, optional in items:
        absent = [(chain, left + gap) for chain, left in variants] if optional else []
        variants = [([*chain, (node, left + gap)], 0) for chain, left in variants] + absent
        if len(variants) > 16:
            raise PatternError("ce motif a plus de quatre mots facultatifs")
    return [chain for chain, _ in variants if chain]


def _chain(items: list[tuple[Pattern, int]]) -> Pattern:
    if len(items) == 1:
        return items[0][0]
    return Sequence(tuple(node for node, _ in items), tuple(gap for _, gap in items[1:]))


def _item(token: str) -> Pattern | None:
    for prefix, denied in (("non:", True), ("oui:", False)):
        if token.startswith(prefix):
            inner = _item(token.removeprefix(prefix))
            if inner is None:
                raise PatternError(f"« {token} » ne nie aucun mot")
            return Polar(denied, inner)
    options = [_alternative(part) for part in token.split("|")]
    kept = [option for option in options if option is not None]
    return either(kept) if kept else None


def _alternative(token: str) -> Pattern | None:
    if token.startswith("@"):
        if not NOTION.match(token[1:]):
            raise PatternError(f"« {token} » n'est pas un nom de notion")
        return Ref(token[1:])
    if token.startswith("=") and len(words(token)) == 1:
        return Word("exact", words(token)[0])
    if token.endswith("*") and len(words(token)) == 1 and len(token) > 3:
        return Word("prefix", fold(words(token)[0]))
    if not re.fullmatch(r"[^\W_]+(?:['’-][^\W_]*)*", token):
        raise PatternError(f"« {token} » ne se lit pas")
    return _plain([word for word in words(token) if fold(word) not in LITTLE_WORDS])


def _plain(forms: list[str]) -> Pattern | None:
    if not forms:
        return None
    return _chain([(Word("lemma", form), 0) for form in forms])


def either(options: list[Pattern]) -> Pattern:
    """Any one of several patterns."""
    return options[0] if len(options) == 1 else Either(tuple(options))
