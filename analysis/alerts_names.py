"""People's names after a title or an introduction: « Mme Durand », « je m'appelle… ». Offices and public people are left."""

import re

from simplemma import is_known

from analysis.alerts_phrases import WORDS

OFFICES, EVERYONE, PUBLIC, NEVER = (
    frozenset(WORDS["titles"][name].split()) for name in ("offices", "everyone", "public", "never")
)
SHORT = r"mme?s?|mm|mrs?|mlles?|melle"
LONG = r"monsieur|madame|mademoiselle|messieurs|mesdames|docteur|dr|pr|professeur|maitre|me|soeur|sœur|pere|frere|abbe"
TITLE = re.compile(
    rf"\b(?:(?P<short>{SHORT}|m)\b\.?|(?P<long>{LONG})\b\.?)(?:\set\s(?:mme|m|mr|madame|monsieur)\b\.?)?\s?(?=[\w'])"
)
INTRODUCED = re.compile(
    r"\b(?P<self>(?:je|on)\s(?:m'appelle|me\snomme)|m'appelle|mon\snom\s(?:c'est|est)|nom(?:\set)?\sprenom\s?:?"
    r"|(?<!\w\s)(?:pre)?nom\s?:|signe\s?:?)\s"
    r"|\b(?P<other>(?:moi\sc'est|je\ssuis|(?:il|elle|fils|fille|mari|femme|voisine?|pere|mere|frere|soeur|copain|copine"
    r"|amie?|collegue)\s(?:s'appelle|se\snomme)))\s"
)
# « de La Tourette », « Le Goffic », « N'Diayelle », « El Mansourat ».
PARTICLES = re.compile(r"(?:(?:de|du|des|le|la|les|el|al|ben|van|von|abd|abou|san)\s|(?:d|l|o|n|m)')*")
WORD = re.compile(r"[\w\-]+(?:'\w+)?")
AND = re.compile(r"\set\s(?:(?:mme|m|mr|madame|monsieur)\b\.?\s)?")
LONGEST_NAME = 3
# What a text must hold for its names to be looked for: folded, or with the capitals of « M. » and « Me ».
TITLED = (
    " mme", " mr", " mm", "mlle", " melle", "monsieur", "madame", "mademoiselle", "messieurs", "mesdames", " dr ", " dr.",
    "docteur", "professeur", "maitre", "soeur", "sœur", " pere ", " frere ", "abbe",
)  # fmt: skip
CAPITALS = ("M.", "M ", "M\u00a0", "Me ", "Pr")
SAYING = ("appelle ", "nomme ", "nom ", "nom:", "signe ", "signe:", "je suis ", "moi c'est ")
BREAKS = ("\n", "(", "'", ",", "/")
# Titles that are also other words: they must be written with a capital.
CAPITAL = ("m", "me", "pr")
PROPER_ONLY = (*CAPITAL, "pere", "frere", "soeur", "sœur", "abbe", "maitre")


def find_names(folded: str, text: str) -> list[tuple[str, int, int]]:
    """Kind, start and end of every name found in a text, also given folded."""
    spaced = f" {folded}"
    for mark in BREAKS:
        spaced = spaced.replace(mark, " ")
    titled = any(title in spaced for title in TITLED) or any(title in text for title in CAPITALS)
    said = any(saying in folded for saying in SAYING)
    if not titled and not said:
        return []
    # In a text that is all capitals they mark no name.
    cased = text if 2 * sum(map(str.isupper, text)) <= sum(map(str.isalpha, text)) else folded
    found = []
    for match in TITLE.finditer(folded) if titled else ():
        if end := _titled_end(folded, text, cased, match):
            found.append(("name", match.start(), end))
    for match in INTRODUCED.finditer(folded) if said else ():
        if end := _introduced_end(folded, text, cased, match):
            found.append(("name", match.end(), end))
    return found


def _titled_end(folded: str, text: str, cased: str, match: re.Match) -> int:
    """Where the name after a title ends, 0 if none is there."""
    title = match["short"] or match["long"]
    if title in CAPITAL and (not text[match.start()].isupper() or folded[max(0, match.start() - 2)].isdigit()):
        return 0
    ends = _name_ends(folded, cased, match.end())
    if ends:
        return ends[-1] if not _is_public(folded[match.end() : ends[-1] + 20]) else 0
    if title in PROPER_ONLY:
        return 0
    return _plain_name_end(folded, text, match.end(), known=bool(match["short"]))


def _introduced_end(folded: str, text: str, cased: str, match: re.Match) -> int:
    """Where the name that someone gives as theirs, or as a relation's, ends; 0 if none is there."""
    said = match["self"] or match["other"]
    ends = _name_ends(folded, cased, match.end())
    if said == "je suis" or said == "moi c'est":
        words = text[match.end() : ends[-1]].split() if len(ends) > 1 else []
        return ends[-1] if words and not all(is_known(word.lower(), lang="fr") for word in words) else 0
    if said.startswith("signe") and not (":" in said or text[match.start()].isupper()):
        return 0
    if ends or match["other"] or said.startswith("signe"):
        return ends[-1] if ends else 0
    first = _plain_name_end(folded, text, match.end(), known=said.endswith("'appelle"))
    return first and (_plain_name_end(folded, text, first + 1, known=False) or first)


def _name_ends(folded: str, cased: str, start: int) -> list[int]:
    """The ends of the words that follow and are written as a name."""
    ends: list[int] = []
    while len(ends) < LONGEST_NAME:
        word = WORD.match(folded, PARTICLES.match(folded, start).end())
        if not word or not _names_someone(word[0]) or not cased[word.start()].isupper():
            break
        initial = len(word[0]) == 1
        if initial and folded[word.end() : word.end() + 1] not in (".", ""):
            break
        ends.append(word.end() + initial)
        start = _next_word(folded, ends[-1])
    return ends


def _is_public(following: str) -> bool:
    """Whether one of the words that follow a title is a public person's: « Mme Anne Hidalgo »."""
    return not PUBLIC.isdisjoint(WORD.findall(following)[:3])


def _next_word(folded: str, end: int) -> int:
    """Where the next word of a name may start: after a space, or after « et » for a second person."""
    both = AND.match(folded, end)
    return both.end() if both else end + (folded[end : end + 1] == " ")


def _plain_name_end(folded: str, text: str, start: int, known: bool) -> int:
    """The end of a name typed without capitals; `known`: even if it is an ordinary word, as « petit »."""
    particle = PARTICLES.match(folded, start)
    word = WORD.match(folded, particle.end())
    if not word or len(word[0]) < 3 or not _names_someone(word[0]):
        return 0
    article = particle[0].startswith(("l", "d"))
    ordinary = is_known(text[word.start() : word.end()].lower(), lang="fr")
    return word.end() if not ordinary or known and not article else 0


def _names_someone(word: str) -> bool:
    if len(word) == 1:
        return word.isalpha() and word not in EVERYONE
    return not (word in NEVER or word in OFFICES or word in EVERYONE or word in PUBLIC or word[0].isdigit())
