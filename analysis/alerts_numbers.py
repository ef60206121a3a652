"""Phone numbers in French spellings, on a folded text: digits however they are parted, letters O, and words."""

import re

SIGNS = r"[\s.,/_:*·•()\-]{0,3}"
DIGIT = "[0-9o]"
ZERO = "(?:0|(?<![a-z])o)"
# A date before hours, « 01/02/2019 12 h », has ten digits too.
NO_DATE = r"(?!\d\d?[/. \-]\d\d?[/. \-](?:19|20)\d\d(?!\d))"
ABROAD = rf"(?:\+\s?|(?<!\d)[0o]{{2}}\s?)3\s?3{SIGNS}0?{SIGNS}[1-9](?:{SIGNS}{DIGIT}){{8}}"
PAIRS = rf"{ZERO}[1-9](?:{SIGNS}{DIGIT}{DIGIT}){{4}}"
ONE_BY_ONE = rf"{ZERO}(?:[ .,/_\-]{{1,3}}{DIGIT}){{9}}"
BLOCKS = rf"(?<!\d ){ZERO} ?[1-9](?: ?{DIGIT}){{8}}"
NUMBER = re.compile(
    rf"\(?(?:{ABROAD}|(?<![0-9])(?<![0-9][.,\-])(?:33\s?[1-9](?:\s?\d){{8}}|(?:{NO_DATE}{PAIRS}|{ONE_BY_ONE}|{BLOCKS})))"
    r"(?![0-9]|[ .]\d{3}(?!\d))"
)
UNITS = "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
TENS = {
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "quatre vingt": 80, "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip


def _spelled() -> dict[str, str]:
    """How each number below a hundred is said, and its digits."""
    said = {word: str(value) for value, word in enumerate(UNITS)} | {"une": "1"}
    said |= {f"dix {UNITS[unit]}": str(10 + unit) for unit in (7, 8, 9)}
    small = dict(said)
    for word, ten in TENS.items():
        said[word] = said[f"{word}s"] = str(ten)
        longest = 19 if ten in (60, 80) else 9
        said |= {f"{word} {name}": str(ten + int(value)) for name, value in small.items() if 0 < int(value) <= longest}
    return said


SPELLED = _spelled()
WORD = re.compile("|".join(sorted(SPELLED, key=len, reverse=True)) + r"|o?\d+")
NAMES = "|".join(sorted({name for words in SPELLED for name in words.split()}, key=len, reverse=True))
START = r"(?:\bzero|(?<![\w])[0o](?=\s?[1-9]|six|sept)|\bplus[\s\-]trente[\s\-]trois)"
SAID = re.compile(rf"{START}(?:[\s,./\-]*(?:et[\s\-])?(?:(?:{NAMES})(?![a-z])|\d{{1,4}}(?![\d€%])|o\d)){{4,}}")
STARTS = ("0", "o6", "plus trente")
SAID_SOMEWHERE = ("six", "dix", "vingt", "trente", "quarante", "cinquante", "soixante", "nonante", "sept", "neuf")
ANY_DIGIT = re.compile(r"\d")
# « O6 39 98 O1 O2 » : letters may stand for zeros.
FEWEST_DIGITS = 5


def find_numbers(text: str) -> list[tuple[str, int, int]]:
    """Kind, start and end of every phone number found in a folded text."""
    found = []
    if len(ANY_DIGIT.findall(text)) >= FEWEST_DIGITS:
        found = [("phone", *match.span()) for match in NUMBER.finditer(text)]
    if "zero" in text or any(start in text for start in STARTS) and any(word in text for word in SAID_SOMEWHERE):
        found += [("phone", *match.span()) for match in SAID.finditer(text) if _is_said(match[0])]
    return found


def _is_said(text: str) -> bool:
    """Whether numbers said one after another make ten digits, of which the first is 0."""
    plain = re.sub(r"[\s,./\-]+(?:et\s)?", " ", text)
    digits = "".join(SPELLED.get(word, word) for word in WORD.findall(plain)).replace("o", "0")
    if text.startswith("plus"):
        digits = digits.replace("33", "0", 1)
    return digits.startswith("0") and 9 <= len(digits) <= 11 and digits[1] != "0"
