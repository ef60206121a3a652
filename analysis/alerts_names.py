"""People's names after a title or an introduction: « Mme Durand », « je m'appelle… ». No offices, no public people."""

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
    r"\b(?P<self>(?:je|on)\s(?:m'appelle|me\snomme)|m'appelle|mon\snom(?:\sde\sfamille)?(?:\sc'est|\sest|\s?:)?|je\sme\spresente\s?,?"
    r"|nom(?:\set)?\sprenom\s?:?|(?<!\w\s)(?:pre)?nom\s?:|signe\s?:?)\s"
    r"|\b(?P<other>(?:moi\sc'est|je\ssuis|(?:il|elle|fils|fille|mari|femme|voisine?|pere|mere|frere|soeur|copain|copine"
    r"|amie?|collegue)\s(?:s'appelle|se\snomme)))\s"
)
RELATION = re.compile(
    rf"\b(?:mon|ma|notre|son|sa)\s(?:{'|'.join(WORDS['lists']['personne'])}|conseillere?|medecin"
    r"|assistante(?:\ssociale)?|infirmiere?|aidante?|proprio|bailleur|agent|maire)\s(?=\w)"
)
AGED = re.compile(r"\b[\w\-]+\s[\w\-]+(?=,?\s\d\d\sans\b)")
# « de La Tourette », « Le Goffic », « N'Diayelle », « El Mansourat ».
PARTICLES = re.compile(r"(?:(?:de|du|des|le|la|les|el|al|ben|van|von|abd|abou|san)\s|(?:d|l|o|n|m)')*")
WORD = re.compile(r"[\w\-]{2,}(?!')|\w(?![\w'])")
INITIAL = re.compile(r"\.(?!\w\b)|$")
AND = re.compile(r"\set\s(?:(?:mme|m|mr|madame|monsieur)\b\.?\s)?")
LONGEST_NAME = 3
# What a text must hold for its names to be looked for: folded, or with the capitals of « M. » and « Me ».
TITLED = (
    " mme", " m.", " mr", " mm", "mlle", " melle", "monsieur", "madame", "mademoiselle", "messieurs", "mesdames",
    " dr ", " dr.", "docteur", "professeur", "maitre", "soeur", "sœur", " pere ", " frere ", "abbe",
)  # fmt: skip
CAPITALS = ("M.", "M ", "M\u00a0", "Me ", "Pr")
SAYING = ("appelle ", "presente", "nomme ", "nom ", "nom:", "signe ", "signe:", "je suis ", "moi c'est ")
MINE = (" mon ", " ma ", " notre ", " son ", " sa ")
BREAKS = ("\n", "(", "'", ",", "/")
# Titles that are also other words: they must be written with a capital.
CAPITAL = ("m", "me", "pr")
PROFESSIONS, SUBJECT = ("professeur", "docteur", "maitre"), re.compile(r"(?:de|des|du|en)\s|d'")
SAME = (" le ", " la ", " les ", " de ", " du ", " quand ", " un ", " une ", " moi ", " lui ", " elle ")
PROPER_ONLY = (*CAPITAL, "pere", "frere", "soeur", "sœur", "abbe")


def find_names(folded: str, text: str) -> list[tuple[str, int, int]]:
    """Kind, start and end of every name found in a text, also given folded."""
    spaced = f" {folded}"
    for mark in BREAKS:
        spaced = spaced.replace(mark, " ")
    tried = [
        (TITLE, _titled_end, any(title in spaced for title in TITLED) or any(title in text for title in CAPITALS)),
        (INTRODUCED, _introduced_end, any(saying in folded for saying in SAYING)),
        (RELATION, _related_end, any(mine in spaced for mine in MINE)),
        (AGED, _aged_end, " ans" in folded),
    ]
    if not any(worth for _, _, worth in tried):
        return []
    # In a text that is all capitals they mark no name.
    cased = text if 2 * sum(map(str.isupper, text)) <= sum(map(str.isalpha, text)) else folded
    found = []
    for pattern, end_of, worth in tried:
        for match in pattern.finditer(folded) if worth else ():
            if end := end_of(folded, text, cased, match):
                found.append(("name", match.end() if pattern in (INTRODUCED, RELATION) else match.start(), end))
    return found


def _related_end(folded: str, text: str, cased: str, match: re.Match) -> int:
    """Where the name of a relation ends, « ma voisine Rachida Ferrandin »; 0 if none is there."""
    ends = _name_ends(folded, cased, match.end())
    return ends[-1] if ends and not (len(ends) > 1 and _ordinary(text[match.end() : ends[-1]])) else 0


def _aged_end(folded: str, text: str, cased: str, match: re.Match) -> int:
    """Where a first and a last name before an age end; 0 when they are no name."""
    ends = _name_ends(folded, cased, match.start())
    return match.end() if len(ends) > 1 and not _ordinary(text[match.start() : match.end()]) else 0


def _ordinary(words: str) -> bool:
    """Whether all these words are the dictionary's: « Gilet Jaune »."""
    return all(is_known(word.lower(), lang="fr") for word in words.split())


def _titled_end(folded: str, text: str, cased: str, match: re.Match) -> int:
    """Where the name after a title ends, 0 if none is there."""
    title = match["short"] or match["long"]
    after_digit = folded[max(0, match.start() - 2)].isdigit()
    if title in CAPITAL and (after_digit or not (text[match.start()].isupper() or match[0].startswith("m."))):
        return 0
    ends = _name_ends(folded, cased, match.end())
    if title in PROFESSIONS and SUBJECT.match(folded, match.end()):
        return 0
    if ends:
        return ends[-1] if not _is_public(folded[match.end() : ends[-1] + 20]) else 0
    if title in PROPER_ONLY and not match[0].startswith("m."):
        return 0
    # « le mme problème », « quand mme » : « même », typed fast.
    known = bool(match["short"]) and not folded.endswith(SAME, 0, match.start())
    return _plain_name_end(folded, text, match.end(), known)


def _introduced_end(folded: str, text: str, cased: str, match: re.Match) -> int:
    """Where the name that someone gives as theirs, or as a relation's, ends; 0 if none is there."""
    said = (match["self"] or match["other"]).strip()
    ends = _name_ends(folded, cased, match.end())
    if said.startswith(("il ", "elle ")):
        return ends[-1] if len(ends) > 1 else 0
    if said in ("je suis", "moi c'est"):
        return ends[-1] if len(ends) > 1 and not _ordinary(text[match.end() : ends[-1]]) else 0
    if ends or match["other"] or said == "signe":
        return ends[-1] if ends and (said != "signe" or len(ends) > 1) else 0
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
        if initial and not INITIAL.match(folded, word.end()):
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
