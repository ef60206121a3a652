"""What a text denies: the reach of « ne … pas », « sans », « aucun », as people write them."""

from itertools import compress, count

from analysis.spelling import SHORTHAND
from analysis.text import LONGEST_KEPT, Words, fold

DENIERS = frozenset("pas plus jamais rien aucun aucune guere ni".split())
OPENERS = frozenset(("ne", "n"))
JOINERS = frozenset(("ou", "et"))
# « mais » opens another clause; what follows a cause or a goal is no longer denied.
ENDERS = frozenset("mais car donc parce puisque alors sauf".split())
# « pas seulement », « pas mal », « sans doute », « plus en plus » deny nothing.
HARMLESS = {
    "pas": frozenset("seulement mal que".split()),
    "sans": frozenset("doute cesse arret".split()),
    "plus": frozenset("en de que d".split()),
}
# « ne peut se faire », « ne sait s'en servir »: these verbs do without « pas ».
BARE = ("peu", "pouv", "pui", "pour", "sai", "sav", "sau", "cess", "os")
REACH, BEFORE = 7, 5
DENYING = DENIERS | OPENERS | {"sans"}
READ = DENYING.union(JOINERS, ENDERS, *HARMLESS.values())


def denied_by(words: Words, forms: list[str]) -> dict[int, str]:
    """What denies each word, by its place; words that nothing denies are absent. `forms`: `read` of each word."""
    denied: dict[int, str] = {}
    for place in compress(count(), map(DENYING.__contains__, forms)):
        form = forms[place]
        if form == "sans" and not _harmless(forms, place):
            _mark(words, forms, denied, place, place + 1, "sans")
        elif form in DENIERS and not _harmless(forms, place):
            opener = _opener(words, forms, place)
            if opener is not None or form not in ("plus", "rien", "jamais"):
                start = max(place - 1, 0) if opener is None else opener
                _mark(words, forms, denied, place, start, f"ne … {form}" if opener is not None else form)
        elif form in OPENERS and _stands_alone(forms, place):
            _mark(words, forms, denied, place, place, form)
    return denied


def denies(form: str) -> bool:
    """Whether a word may deny something: without one of these, a text denies nothing."""
    return read(form) in DENYING


def read(form: str) -> str:
    """A word as the denials are read: folded, its shorthand spelt out; empty when they do not depend on it."""
    form = form[:LONGEST_KEPT].lower()
    folded = fold(SHORTHAND.get(form, form))
    return folded if folded in READ or folded.startswith(BARE) else ""


def _stands_alone(forms: list[str], place: int) -> bool:
    """Whether a « ne » denies without « pas »: before a verb that may do without."""
    following = forms[place + 1 : place + 2 + BEFORE]
    return bool(following) and following[0].startswith(BARE) and DENIERS.isdisjoint(following)


def _harmless(forms: list[str], place: int) -> bool:
    following = forms[place + 1] if place + 1 < len(forms) else ""
    if forms[place] == "plus" and OPENERS & set(forms[max(place - 3, 0) : place]):
        return False
    return following in HARMLESS.get(forms[place], ())


def _opener(words: Words, forms: list[str], place: int) -> int | None:
    """Where « ne » stands before a denier, in the same clause."""
    for back in range(place - 1, max(place - 1 - BEFORE, -1), -1):
        if words.sentences[back] != words.sentences[place]:
            return None
        if forms[back] in OPENERS:
            return _first_opener(words, forms, back)
    return None


def _first_opener(words: Words, forms: list[str], opener: int) -> int:
    """« ne savent ou ne peuvent pas »: the first of the verbs that one « pas » denies."""
    if opener and forms[opener - 1] in JOINERS:
        earlier = [at for at in range(max(opener - 1 - BEFORE, 0), opener - 1) if forms[at] in OPENERS]
        if earlier and words.sentences[earlier[-1]] == words.sentences[opener]:
            return earlier[-1]
    return opener


def _mark(words: Words, forms: list[str], denied: dict[int, str], place: int, start: int, by: str) -> None:
    sentences, clauses = words.sentences, words.clauses
    for at in range(start, min(place + 1 + REACH, len(forms))):
        if sentences[at] != sentences[place] or (at > place and forms[at] in ENDERS):
            return
        if at > place and clauses[at] != clauses[place]:
            return
        denied[at] = by
