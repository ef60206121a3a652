"""Insults and the care list: the phrases of `alerts_words.yaml`, each tried only where a word calls it."""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import ahocorasick
import yaml

WORDS = yaml.safe_load((Path(__file__).parent / "alerts_words.yaml").read_text(encoding="utf-8"))
BETWEEN = r"[\s,'\-]+"
# At most three words, none of them the one who speaks: « mon mari et moi, je suis… » says nothing of the husband.
GAP = r"(?:[^\w.!?;:\n]+(?!(?:je|j|moi|suis)\b)\w+){0,3}?[^\w.!?;:\n]+"
END_OF_SENTENCE = re.compile(r"[.!?;\n]")
# What stands for a letter in a masked word.
MASKS = {"a": "a4@", "e": "e3€", "i": "i1!", "o": "o0", "s": "s5$", "t": "t7"}
SIGNS = r"*.#@$_\-"
MASKED_SOMEWHERE = re.compile(r"[*@$#€]|\d[a-z]{2}|[a-z]\d[a-z]")


COMMON = frozenset(WORDS["common"].split())


@dataclass(frozen=True)
class Phrase:
    kind: str
    pattern: re.Pattern
    unless: tuple[re.Pattern, ...] = ()

    def spans(self, text: str):
        """Where the phrase stands, unless its sentence says otherwise."""
        for found in self.pattern.finditer(text):
            if not any(pattern.search(_sentence(text, found)) for pattern in self.unless):
                yield found.span()


def _sentence(text: str, found: re.Match) -> str:
    before = [end.end() for end in END_OF_SENTENCE.finditer(text, 0, found.start())]
    after = END_OF_SENTENCE.search(text, found.end())
    return text[before[-1] if before else 0 : after.start() if after else len(text)]


def _expression(line: str) -> str:
    """The regular expression of a line, without its edges."""
    written, parts = "", line.split()
    for place, part in enumerate(parts):
        if part == "..":
            continue
        joint = "" if not place else GAP if parts[place - 1] == ".." else BETWEEN
        if part.endswith("?"):
            written += f"(?:{joint}{_choice(part[:-1])})?" if place else f"(?:{_choice(part[:-1])}{BETWEEN})?"
        else:
            written += joint + _choice(part)
    return written


def _choice(part: str) -> str:
    if part.startswith("@"):
        return "(?:" + "|".join(map(_expression, WORDS["lists"][part[1:]])) + ")"
    words = (re.escape(word).replace(r"\-", r"[\s\-]").replace(r"\*", r"\w*") for word in part.split("|"))
    return "(?:" + "|".join(f"{word}\\b" for word in words) + ")"


def _compiled(line: str) -> re.Pattern:
    return re.compile(rf"\b{_expression(line)}")


def _calls(line: str) -> set[str]:
    """The words one of which must be there: those of the part that is likely to be the rarest."""
    sets = [_calls_of(part) for part in line.split() if part != ".." and not part.endswith("?")]
    return max(reversed(sets), key=lambda words: min((len(word) * (word not in COMMON) for word in words), default=-1))


def _calls_of(part: str) -> set[str]:
    if part.startswith("@"):
        return {word for line in WORDS["lists"][part[1:]] for word in _calls(line)}
    return {word.partition("-")[0] for word in part.split("|")} - {"*"}


def _load() -> ahocorasick.Automaton:
    called = defaultdict(list)  # a word to its phrases; « mot* » has those of all the words it begins
    for kind, items in WORDS["phrases"].items():
        for item in items:
            line, unless = (item["if"], item["unless"]) if isinstance(item, dict) else (item, ())
            phrase = Phrase(kind, _compiled(line), tuple(map(_compiled, unless)))
            for word in _calls(line):
                called[word].append(phrase)
    automaton = ahocorasick.Automaton()
    for word in {word.rstrip("*") for word in called}:
        begun = called.get(f"{word}*", [])
        automaton.add_word(word, (len(word), begun, begun + called.get(word, [])))
    automaton.make_automaton()
    return automaton


def _masked(word: str) -> str:
    letters = [MASKS.get(letter, letter) for letter in word]
    return f"[{letters[0]}]" + "".join(f"[{inner}{SIGNS}]" for inner in letters[1:-1]) + f"[{letters[-1]}*@$]"


AUTOMATON = _load()
MASKED = re.compile(r"(?<!\w)(?:" + "|".join(map(_masked, WORDS["masked"])) + r")(?![\w*])")


def find_phrases(text: str) -> list[tuple[str, int, int]]:
    """Kind, start and end of every phrase found in a folded text."""
    tried = set()
    for last, (length, begun, whole) in AUTOMATON.iter(text):
        start = last - length + 1
        if not start or not text[start - 1].isalnum():
            tried.update(begun if text[last + 1 : last + 2].isalnum() else whole)
    found = [(phrase.kind, *span) for phrase in tried for span in phrase.spans(text)]
    if MASKED_SOMEWHERE.search(text):
        found += [("insult", *match.span()) for match in MASKED.finditer(text)]
    return found
