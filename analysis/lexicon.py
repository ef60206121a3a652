"""The words that rules look for, and which of them a word of a text is: an inflection, unaccented, mistyped…"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache, reduce
from operator import or_

from simplemma import is_known, lemmatize
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from analysis.negation import denies
from analysis.rules_pattern import DENIER, Bag, Word
from analysis.spelling import SHORTHAND, sound
from analysis.text import fold, plain

LANGUAGE = "fr"
# Of the words that may deny, in every lexicon.
DENIER_BIT = 1
# Shorter words are too close to one another to guess which was meant.
SHORTEST_TYPO = 7
SHORTEST_STUCK = 5
# « fai » is no singular of « fais ».
SHORTEST_PLURAL = 4
INFINITIVES = ("er", "ir", "re")
# What the dictionary lists under another lemma: « fermé », « ferment ».
FIRST_GROUP = ("ant", "ent", "é", "ée", "és", "ées")
LONGEST = 40
DRAWN_OUT = re.compile(r"(.)\1{2,}")
STUCK = re.compile(r"(?:qu|[ldjnmst])([aeiouh]\w{3,})\Z")
# « maitriser », « cout »: since 1990 these accents may be left out.
REFORM = str.maketrans("îû", "iu")


@cache
def _inflections() -> dict[str, list[str]]:
    """The forms of each lemma that the dictionary knows."""
    forms = defaultdict(list)
    for form, lemma in DefaultDictionaryFactory().get_dictionary(LANGUAGE).items():
        # It takes « s » for a form of « avoir », and each « s’ » with it.
        if form != "s":
            forms[_key(lemma)].append(form)
    return forms


@cache
def _forms_of(word: str) -> frozenset[str]:
    """A pattern's word in all its forms, as keys.

    The dictionary holds « volées » and « volant » apart from « voler », and knows « blanches » as « blanc » but not
    « blanche ».
    """
    lemma = _key(lemmatize(word, lang=LANGUAGE))
    forms = {word, lemma, *_inflections().get(lemma, ()), *_inflections().get(_key(word), ())}
    participles = {form for form in forms if form.endswith("é")}
    forms |= {form + ending for form in participles for ending in ("e", "s", "es")}
    if lemma.endswith("er"):
        forms |= {lemma.removesuffix("er") + ending for ending in FIRST_GROUP}
    if not lemma.endswith(INFINITIVES):
        forms |= {form[:-1] for form in forms if form.endswith("s") and len(form) > SHORTEST_PLURAL}
    if len(word) >= SHORTEST_PLURAL:
        forms.add(word + "s")
    return frozenset(map(_key, forms))


def _key(form: str) -> str:
    return plain(form).translate(REFORM)


class Lexicon:
    """The bags of words that patterns look for, and those that a form of a text belongs to.

    `bits`: for each bag that was asked for one, its bit of a number.
    """

    def __init__(self, bags: Collection[Bag]):
        self._exact, self._forms, self._folded = defaultdict(list), defaultdict(list), defaultdict(list)
        self._prefixes, self._typos, self._sounds = defaultdict(list), defaultdict(list), defaultdict(list)
        self.bits = {DENIER: DENIER_BIT}
        self._masks: dict[int, int] = {}
        for bag in bags:
            for word in bag.words:
                self._add(word, bag)

    def mask_of(self, bags: Iterable[Bag]) -> int:
        """The bits of several bags: the same number each time, since masks that are shared stay near at hand."""
        mask = reduce(or_, map(self.bit_of, bags), 0)
        return self._masks.setdefault(mask, mask)

    def bit_of(self, bag: Bag) -> int:
        """The bit of a bag."""
        return self.bits.setdefault(bag, 1 << len(self.bits))

    def _add(self, word: Word, bag: Bag) -> None:
        if word.kind == "exact":
            self._exact[word.form].append(bag)
        elif word.kind == "prefix":
            self._prefixes[word.form].append(bag)
        else:
            for form in _forms_of(word.form):
                self._forms[form].append(bag)
                self._folded[fold(form)].append(bag)
                if len(form) >= SHORTEST_TYPO:
                    self._sounds[sound(fold(form))].append(bag)
            if len(word.form) >= SHORTEST_TYPO:
                for shape in _one_less(fold(word.form)):
                    self._typos[shape].append((fold(word.form)[0], bag))

    def bags_of(self, form: str) -> frozenset[Bag]:
        """The bags that a form belongs to, whatever its case."""
        found = frozenset(self._find(form.lower()[:LONGEST]))
        return found | {DENIER} if denies(form) else found

    def _find(self, form: str) -> list[Bag]:
        form = SHORTHAND.get(form, form)
        found = self._read(form)
        return found if found or is_known(plain(form), lang=LANGUAGE) else self._guess(form, fold(form))

    def _read(self, form: str) -> list[Bag]:
        """The bags of a form as it is written."""
        folded = fold(form)
        prefixes = [bag for end in range(3, len(folded) + 1) for bag in self._prefixes.get(folded[:end], ())]
        return [*self._exact.get(plain(form), ()), *self._forms.get(_key(form), ()), *prefixes]

    def _guess(self, form: str, folded: str) -> list[Bag]:
        """What an unknown word may be: without accents, inflected, drawn out, stuck to an article, misspelt."""
        found = self._folded.get(folded) or self._forms.get(_key(lemmatize(plain(form), lang=LANGUAGE)))
        if found or len(folded) < SHORTEST_STUCK:
            return found or []
        return self._respelt(folded) or (self._misspelt(folded) if len(folded) >= SHORTEST_TYPO else [])

    def _respelt(self, folded: str) -> list[Bag]:
        """« troooop », « linternet », « darriver »: a letter held down, an apostrophe left out."""
        once = DRAWN_OUT.sub(r"\1", folded)
        stuck = STUCK.match(once)
        tried = ([once] if once != folded else []) + ([stuck[1]] if stuck else [])
        return next((found for word in tried if (found := self._read(word) + self._folded.get(word, []))), [])

    def _misspelt(self, folded: str) -> list[Bag]:
        """One typo with the same first letter, or another spelling of the same sounds."""
        shapes = _one_less(folded)
        typos = [bag for shape in shapes for first, bag in self._typos.get(shape, ()) if first == folded[0]]
        return typos or self._sounds.get(sound(folded), [])


def _one_less(folded: str) -> set[str]:
    """The word and what is left of it without one of its letters: two words a typo apart share one."""
    return {folded} | {folded[:place] + folded[place + 1 :] for place in range(1, len(folded))}
