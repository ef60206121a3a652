"""Postal addresses in French spellings: numbered streets, buildings, hamlets, post-office boxes."""

import re

from analysis.alerts_numbers import NAMES
from analysis.alerts_phrases import WORDS

STREETS = WORDS["streets"]
NEVER, ORDINARY = frozenset(STREETS["never"].split()), frozenset(STREETS["names"].split())
LITTLE = r"(?:de\s|du\s|des\s|d['\s]|la\s|les?\s|l['\s]|aux?\s)*"


def _either(words: str) -> str:
    longest_first = sorted(words.split(), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\-", r"[\s\-]") + r"(?!\w)" for word in longest_first)


SURE, UNSURE = _either(STREETS["sure"]), _either(STREETS["unsure"])
DIGITS = r"(?<![\w,.])\d{1,4}(?:\s?[/\-]\s?\d{1,4})?(?:\s?(?:bis|ter|quater)\b|\s?[a-d]\b)?"
WRITTEN = rf"\b(?:(?:{NAMES})[\s\-]){{0,4}}(?:{NAMES})"
STREET = (
    rf"\s?,?\s?(?:de\s(?:la\s|l'))?(?:(?P<sure>{SURE})|(?P<unsure>{UNSURE}))\s?,?\s?{LITTLE}"
    r"(?P<name>\w\.(?=\s)|[\w'\-]+)"
)
NUMBERED, NUMBERED_IN_WORDS = re.compile(DIGITS + STREET), re.compile(WRITTEN + STREET)
KINDS = "rue|avenue|boulevard|bd|av|allee|chemin|impasse|place|quai"
MAIN_STREET = re.compile(DIGITS + r"\s?,?\s?grand(?:e|')?[\s\-]rue\b")
NUMBER_AFTER = re.compile(rf"\b(?:{KINDS})\s(?:[\w'\-]+\s){{1,4}}(?:n\s?°|numero|num)\s?\d+")
HERE = re.compile(
    r"\b(?:habit\w+|log(?:e|eons|ez)|demeur\w+|domicil\w+|adresse|vi[st]|vivons)\b[^.!?\n]{0,12}?"
    rf"\b(?<!une )(?<!la )(?<!cette )(?<!ma )(?P<from>{KINDS})\s(?P<little>{LITTLE})(?P<name>[\w'\-]+)"
)
PLACE = re.compile(
    rf"\blieu[\s\-]?dit\s?,?:?\s?(?:[«\"]\s?)?{LITTLE}(?P<said>\w[\w\-]+)"
    rf"|\b(?:(?:hameau|lotissement|residence|hlm|foyer|tour)\s{LITTLE}|cite\s(?:des?|du|d'|les?|la)\s?)(?P<name>[\w'\-]+)"
)
ROOM = (
    r"(?:bat(?:iment)?|bt|esc(?:alier)?|appt?|apt|appart(?:ement)?|porte|chambre|logement|lot|hall)"
    r"\.?\s?(?:n\s?°\s?)?(?:[a-z]|\d{1,4}[a-z]?)\b"
)
FLAT = r"\b(?:appt|apt|appartement)\.?\s?(?:n\s?°\s?)?\d{1,4}\b"
ROOMS = re.compile(rf"\b{ROOM}(?:[\s,\-]{{1,3}}(?:\d\w*\setage\s)?{ROOM})+|{FLAT}")
HOUSED = re.compile(rf"\b(?:residence|hlm|foyer|cite|tour|quartier|lotissement)\s[\w\s'\-]{{3,40}}?,?\s{ROOM}")
BOX = re.compile(r"\bb\.?\s?p\.?\s?(?:n\s?°\s?)?\d{1,6}\b|\bboite\spostale\s\d+|\bcs\s\d{5}\b|\btsa\s\d{5}\b")
# A street, a hamlet or a « zone » before a postal code and a town.
CODED = re.compile(
    r"\b(?:les?|la|l'|z\.?[ai]\.?c?|route|rue|chemin|hameau)[\s'][\w\s'\-]{2,30}?,?\s?-?\s?"
    r"(?<!\d)\d{5}\s(?P<name>[a-z][\w\-]+)"
)
POSTCODE = re.compile(r"[\s,\-]{1,4}\d{5}\s[\w\-]+(?:[\s\-](?:les?|la|sur|sous|en|de|du|des|saint)[\s\-]\w+)*")
MORE = re.compile(r"[\s\-](?:(?:de|du|des|la|le|les|et)\s|d'|l')*([\w'\-]+)")
TITLES = (" general", " marechal", " docteur", " president", " saint", " sainte", " jean", " victor", " jules")
MONTHS = ("mai", "juin", "juillet", "septembre", "novembre")
ANY_DIGIT, FIVE_DIGITS = re.compile(r"\d"), re.compile(r"\d{5}")
ROADS = ("rue", "avenue ", "boulevard ", "bd ", "allee ", "chemin ", "impasse ", "place ", "quai ")
LIVING = ("habit", "loge", "demeur", "domicil", "adresse", "vis ", "vit ", "vivons")
WRITTEN_SOMEWHERE = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "ze ", "vingt", "trente")
PLACES = ("lieu", "hameau", "lotissement", "residence", "hlm", "foyer", "cite ", "tour ")


def find_addresses(folded: str, text: str) -> list[tuple[str, int, int]]:
    """Kind, start and end of every postal address found in a text, also given folded."""
    plain, proper, streets = _worth_trying(folded)
    matches = [match for pattern in plain for match in pattern.finditer(folded)]
    found = [(match.start(), _end(folded, text, match.end())) for match in matches]
    for match in (match for pattern in proper for match in pattern.finditer(folded)):
        groups = match.groupdict()
        if groups.get("said") or groups.get("little") or _proper(match, text):
            start = match.start("from" if "from" in groups else 0)
            found.append((start, _end(folded, text, match.end())))
    for match in (match for pattern in streets for match in pattern.finditer(folded)):
        if _names_a_street(match, text):
            found.append((match.start(), _end(folded, text, match.end())))
    return [("address", *span) for span in found]


def _worth_trying(folded: str) -> tuple[list, list, list]:
    """The expressions whose words are in the text: enough by themselves, in want of a proper name, numbered streets."""
    plain, proper, streets = [], [], []
    road, place = any(word in folded for word in ROADS), any(word in folded for word in PLACES)
    if road and any(word in folded for word in LIVING):
        proper.append(HERE)
    if road and any(word in folded for word in WRITTEN_SOMEWHERE):
        streets.append(NUMBERED_IN_WORDS)
    if place:
        proper.append(PLACE)
        plain.append(HOUSED)
    if ANY_DIGIT.search(folded):
        plain += [BOX, NUMBER_AFTER, MAIN_STREET] if road else [BOX]
        streets.append(NUMBERED)
    if FIVE_DIGITS.search(folded):
        proper.append(CODED)
    if "app" in folded or "apt" in folded or "bat" in folded or "esc" in folded:
        plain.append(ROOMS)
    return plain, proper, streets


def _names_a_street(match: re.Match, text: str) -> bool:
    if match["name"] in NEVER:
        return False
    return bool(match["sure"]) or match["name"] in ORDINARY or _proper(match, text)


def _proper(match: re.Match, text: str) -> bool:
    """Whether the name is written as one, in a text that is not all capitals."""
    name = match["name"]
    return text[match.start("name")].isupper() and name not in NEVER and len(name) > 1 and not text.isupper()


def _end(folded: str, text: str, end: int) -> int:
    """The end of the place's name, with its postal code and town if they follow."""
    for _ in range(3):
        more = MORE.match(folded, end)
        if not more or not (text[more.start(1)].isupper() or more[1] in MONTHS or folded.endswith(TITLES, 0, end)):
            break
        end = more.end()
    code = POSTCODE.match(folded, end)
    return code.end() if code else end
