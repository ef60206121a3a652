"""Is the guide easy to read alone? `python -m cafe.guide.lint [FILE]` tells what is not, line by line."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import BadInput
from analysis.referential import Referential, load_referential
from analysis.rules_yaml import read_text
from cafe.guide.definition import Guide, Question
from cafe.guide.reading import SHIPPED, Lines, read_with_lines

LONGEST, LONG = 15, 12
SENTENCE_END = re.compile(r"[.?!…]+(?:\s|$)")
ACRONYM = re.compile(r"\b[A-ZÀ-Ý]{2,}\b")
LETTER = re.compile(r"[^\W\d_]")
NEGATION = re.compile(r"\b(?:n[’']|(?:ne|sans|ni|impossibles?|inutiles?|incapables?|interdit[es]*)\b)", re.IGNORECASE)
ERROR, WARNING = "erreur", "attention"


@dataclass(frozen=True)
class Remark:
    line: int
    level: str
    sentence: str

    def __str__(self) -> str:
        return f"Ligne {self.line} : {self.level} : {self.sentence}"


@dataclass(frozen=True)
class Passage:
    """Words that someone alone reads, and their line; `asks`: the step that they belong to."""

    line: int
    text: str
    asks: str = ""


def lint(text: str, referential: Referential) -> list[Remark]:
    """What someone alone would find hard to read, in the order of the lines; raises BadInput for a faulty guide."""
    guide, lines = read_with_lines(text, referential)
    remarks: list[Remark] = []
    explained: set[str] = set()
    questioned: dict[str, int] = {}
    for passage in _passages(guide, lines):
        remarks += _sentence_remarks(passage)
        remarks += _acronym_remarks(passage, explained)
        marks = passage.text.count("?")
        questioned[passage.asks] = questioned.get(passage.asks, 0) + marks
        if passage.asks and marks and questioned[passage.asks] > 1:
            remarks.append(Remark(passage.line, ERROR, "plus d’une question à la fois : gardez-en une."))
    return sorted(set(remarks), key=lambda remark: remark.line)


def _passages(guide: Guide, lines: Lines) -> Iterator[Passage]:
    for family, words in guide.plain.items():
        for code, plain in words.items():
            yield Passage(lines.at("plain", family, code), plain)
    for s, section in enumerate(guide.sections):
        yield Passage(lines.at("sections", s, "title"), section.title)
        for q, question in enumerate(section.questions):
            yield from _question_passages(question, ("sections", s, "questions", q), lines)


def _question_passages(question: Question, place: tuple, lines: Lines) -> Iterator[Passage]:
    for field in ("text", "help"):
        yield Passage(lines.at(*place, field, "alone"), getattr(question, field).alone, question.code)
    yield Passage(lines.at(*place, "follow_up", "alone"), question.follow_up.alone, question.code + " follow_up")
    yield Passage(lines.at(*place, "other"), question.other)
    for number, option in enumerate(question.scale):
        yield Passage(lines.at(*place, "scale", number), option.said("alone"))
    for number, option in enumerate(question.options):
        # Plain words of a family are read where they are written, once.
        if not (question.options_from and option.plain):
            written = ("options_from",) if question.options_from else ("options", number)
            yield Passage(lines.at(*place, *written), option.said("alone"))


def _sentence_remarks(passage: Passage) -> Iterator[Remark]:
    for sentence in filter(None, map(str.strip, SENTENCE_END.split(passage.text))):
        count = sum(bool(LETTER.search(word)) for word in sentence.split())
        start = f"« {' '.join(sentence.split()[:5])}… »"
        if count > LONGEST:
            yield Remark(passage.line, ERROR, f"{start} a {count} mots : coupez à {LONGEST} au plus.")
        elif count > LONG:
            yield Remark(passage.line, WARNING, f"{start} a {count} mots : visez {LONG}.")
        if len(NEGATION.findall(sentence)) > 1:
            yield Remark(passage.line, ERROR, f"{start} nie deux fois : dites-le à l’endroit.")
    if "!" in passage.text:
        yield Remark(passage.line, ERROR, "un point d’exclamation : mettez un point.")


def _acronym_remarks(passage: Passage, explained: set[str]) -> Iterator[Remark]:
    """An acronym is explained where it is first met: « la caisse d’allocations (CAF) » or « CAF (la caisse…) »."""
    for match in ACRONYM.finditer(passage.text):
        name = match[0]
        is_told = passage.text[: match.start()].endswith("(") or passage.text[match.end() :].startswith(" (")
        if name not in explained and not is_told:
            yield Remark(passage.line, ERROR, f"« {name} » n’est pas expliqué : donnez les mots, puis ({name}).")
        explained.add(name)


def main(arguments: list[str]) -> int:
    """Print the remarks on a guide's file, or on the shipped guide; 1 when one of them is an error."""
    try:
        remarks = lint(read_text(Path(arguments[0]) if arguments else SHIPPED), load_referential())
    except BadInput as fault:
        print(fault, file=sys.stderr)
        return 1
    for remark in remarks:
        print(remark)
    return int(any(remark.level == ERROR for remark in remarks))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
