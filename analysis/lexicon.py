"""The words that rules look for, and which of them a word of a text is: by lemma, exactly, mistyped…"""

from collections import defaultdict
from collections.abc import Iterable

from simplemma import is_known, lemmatize

from analysis.rules_pattern import Word
from analysis.text import fold, plain

LANGUAGE = "fr"
# Shorter words are too close to one another to guess which was meant.
SHORTEST_TYPO = 7
CACHE = 100_000


def lemma_keys(form: str) -> set[str]:
    """What a word is compared by: its lemma and itself, folded, without the mark of the plural."""
    folded = fold(form)
    return {folded, fold(lemmatize(plain(form), lang=LANGUAGE)), _singular(folded)}


def _singular(folded: str) -> str:
    return folded[:-1] if len(folded) > 4 and folded[-1] in "sx" else folded


class Lexicon:
    """All the words of a référentiel's patterns; asks for each form of a text only once."""

    def __init__(self, words: Iterable[Word]):
        self._lemmas, self._exact, self._prefixes = defaultdict(list), defaultdict(list), defaultdict(list)
        self._typos = defaultdict(list)
        self._known: dict[str, tuple[Word, ...]] = {}
        for word in dict.fromkeys(words):
            self._add(word)

    def _add(self, word: Word) -> None:
        if word.kind == "exact":
            self._exact[word.form].append(word)
        elif word.kind == "prefix":
            self._prefixes[word.form].append(word)
        else:
            for key in lemma_keys(word.form):
                self._lemmas[key].append(word)
            if len(word.form) >= SHORTEST_TYPO:
                for shape in _one_less(fold(word.form)):
                    self._typos[shape].append(word)

    def __getitem__(self, form: str) -> tuple[Word, ...]:
        """The words of the rules that this form is."""
        found = self._known.get(form)
        if found is None:
            if len(self._known) > CACHE:
                self._known.clear()
            found = self._known[form] = tuple(dict.fromkeys(self._find(form)))
        return found

    def _find(self, form: str) -> list[Word]:
        folded = fold(form)[:60]
        found = list(self._exact.get(plain(form), ()))
        for key in lemma_keys(form[:60]):
            found += self._lemmas.get(key, ())
        for end in range(3, len(folded) + 1):
            found += self._prefixes.get(folded[:end], ())
        if not found and len(folded) >= SHORTEST_TYPO and not is_known(plain(form), lang=LANGUAGE):
            found += self._mistyped(folded)
        return found

    def _mistyped(self, folded: str) -> list[Word]:
        close = [word for shape in _one_less(folded) for word in self._typos.get(shape, ())]
        return [word for word in close if fold(word.form)[0] == folded[0]]


def _one_less(folded: str) -> set[str]:
    """The word and what is left of it without one of its letters: two words a typo apart share one."""
    return {folded} | {folded[:place] + folded[place + 1 :] for place in range(1, len(folded))}
