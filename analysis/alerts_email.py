"""E-mail addresses in French spellings, on a folded text: « jean point dupont arobase orange point fr »."""

import re

ENDINGS = r"(?:com|fr|net|org|eu|info|re|be|ch|io|me|pro|asso)\b"
HOSTS = (
    r"(?:gmail|googlemail|hotmail|yahoo|outlook|live|msn|orange|wanadoo|free|sfr|neuf|numericable|bbox|laposte|icloud"
    r"|protonmail|aol|aliceadsl)(?:\s?(?:com|fr|net))?\b"
)
POINT = r"(?:\s?[.,]\s?|[\s(\[{<*_\-]{1,3}(?:point|dot|pt)[\s)\]}>*_\-]{1,3})"
JOIN = r"(?:\s(?:point|dot|tiret(?:\sdu\s(?:bas|six|haut))?|underscore)\s[\w.+-]+|\s\d+\b)"
PART = r"[\w.+'\-]{1,60}"
LOCAL = rf"\b{PART}{JOIN}*"
HOST = rf"[\w\-]{{2,60}}(?:\.[\w\-]+)*?{POINT}{ENDINGS}|{HOSTS}"
OPEN, CLOSE = r"[(\[{<*\"_\-]\s?", r"\s?[)\]}>*\"_\-]"
PLAIN = re.compile(r"[\w.+'\-]+@+[\w\-]+(?:\.[\w\-]+)+")
SIGNED = re.compile(rf"{LOCAL}(?:\s\.\s\w+)*\s?@\s?(?:{HOST})")
SAID = re.compile(rf"{LOCAL}[\s({{\[<*\-]{{1,3}}arr?oba[sz]e?s?[\s)}}\]>*\-]{{1,3}}(?:{HOST})")
BRACKETED = re.compile(rf"\b[a-z0-9][\w.+\-]*?\s?{OPEN}(?:at|a|@){CLOSE}\s?(?:{HOST})")
# Words that also join ordinary ones: « inscrit chez free.fr ». A local part is no everyday word.
EVERYDAY = (
    r"(?!(?:suis|est|sommes|abonnee?s?|cliente?s?|inscrite?s?|vais|va|alle|aller|achete|commande|box|forfait|mails?|email"
    r"|compte|adresse|internet|acces|ligne|passe|passer|reste|connecter?|lien|site|ou|et|en|chez|que|qui|pas|plus)\s)"
)
JOINED = re.compile(
    rf"\b{EVERYDAY}{PART}{JOIN}*\s(?:at|chez|a(?:\s(?:rond|commercial))?)\s"
    rf"(?:{HOSTS}(?:\.{ENDINGS}|{POINT}{ENDINGS})|[\w\-]+\s(?:point|dot)\s{ENDINGS}|(?<=\sat\s)[\w\-]+\.{ENDINGS})"
)
ENDED = re.compile(rf"(?:\.\s?|(?:point|dot|pt)[\s)\]}}>*_\-]{{1,3}}){ENDINGS}")


def find_emails(text: str) -> list[tuple[str, int, int]]:
    """Kind, start and end of every e-mail address found in a folded text."""
    patterns = []
    if "@" in text:
        patterns += [PLAIN, SIGNED, BRACKETED]
    if "roba" in text:
        patterns.append(SAID)
    if ENDED.search(text):
        patterns += [JOINED, BRACKETED]
    return [("email", *match.span()) for pattern in patterns for match in pattern.finditer(text)]
