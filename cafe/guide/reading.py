"""A guide read from YAML: every fault is one French sentence that names the line and the cure."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from analysis.errors import BadInput
from analysis.referential import Referential
from analysis.rules_yaml import Node, compose, fault
from cafe.guide.checks import check_guide, nearest
from cafe.guide.comparing import compare as compare
from cafe.guide.definition import Condition, FromFamily, Guide, Option, Question, Section, Wording

SHIPPED = Path(__file__).parent / "guides" / "precarite-numerique.yaml"
# The model that a field's value, or each of its values, follows.
MODELS = {
    "": Guide, "sections": Section, "questions": Question, "text": Wording, "help": Wording, "follow_up": Wording,
    "options": Option, "options_from": FromFamily, "show_if": Condition, "all_of": Condition,
}  # fmt: skip
WRONG = {
    "string_pattern_mismatch": "« {given} » n’est pas un code : prenez des minuscules sans accent et « _ ».",
    "too_long": "« {field} » est trop long : {max_length} signes au plus.",
    "string_type": "« {field} » attend un texte simple.",
    "too_short": "« {field} » est vide : écrivez-le.",
    "tuple_type": "« {field} » attend une liste : écrivez [un, deux].",
    "dict_type": "« {field} » attend des champs « nom: valeur ».",
    "model_type": "« {field} » attend des champs « nom: valeur ».",
    "int_parsing": "« {given} » n’est pas un nombre entier : écrivez par exemple 5.",
    "greater_than_equal": "« {field} » vaut au moins {ge}, pas {given}.",
    "less_than_equal": "« {field} » vaut au plus {le}, pas {given}.",
    "bool_parsing": "« {given} » : il faut écrire oui ou non.",
}
FEEDS = '« feeds » attend une liste de familles, comme [freins, usages], ou "*" pour toutes.'
SCALE = "« scale » attend couleurs, mots, ou une liste de cinq textes."


NAMED_LINE = re.compile(r"Ligne (\d+) : (.*)", re.DOTALL)


class Fault(NamedTuple):
    line: int
    sentence: str


class Lines:
    """The line of each value of a YAML text."""

    def __init__(self) -> None:
        self._lines: dict[tuple, int] = {(): 1}

    def set(self, place: tuple, line: int) -> None:
        self._lines[place] = line

    def at(self, *place: str | int) -> int:
        """The line of a place, or of what it lies in when it is not written."""
        known: tuple = ()
        for part in place:
            if (*known, part) in self._lines:
                known = (*known, part)
        return self._lines[known]


def read_guide(text: str, referential: Referential) -> Guide:
    """The guide that a YAML text states, its options filled from the référentiel; raises BadInput."""
    return read_with_lines(text, referential)[0]


def read_with_lines(text: str, referential: Referential) -> tuple[Guide, Lines]:
    """The guide, and where each of its values is written."""
    lines = Lines()
    written = _values(compose(text), (), lines)
    try:
        guide = Guide.model_validate(written)
    except ValidationError as error:
        raise fault(*_first_fault(error, lines)) from None
    filled = _filled(guide, referential, lines)
    for place, sentence in check_guide(filled, [family.code for family in referential.families]):
        raise fault(lines.at(*place), sentence)
    return filled, lines


def find_faults(text: str, referential: Referential) -> list[Fault]:
    """What keeps a text from being a guide, as far as one reading can tell, in the order of its lines."""
    lines = Lines()
    try:
        guide = _filled(Guide.model_validate(_values(compose(text), (), lines)), referential, lines)
    except ValidationError as error:
        return sorted(set(_shape_faults(error, lines)))
    except BadInput as refusal:
        return [_fault_of(str(refusal))]
    families = [family.code for family in referential.families]
    return sorted({Fault(lines.at(*place), sentence) for place, sentence in check_guide(guide, families)})


def _shape_faults(error: ValidationError, lines: Lines) -> Iterator[Fault]:
    """Each of pydantic's errors; a field is not said to lack where a misspelt one stands."""
    misspelt = {one["loc"][:-1] for one in error.errors() if one["type"] == "extra_forbidden"}
    for one in error.errors():
        if one["type"] != "missing" or one["loc"][:-1] not in misspelt:
            yield Fault(*_explained(one, lines))


def _fault_of(told: str) -> Fault:
    """A refusal's line and sentence; the first line when it names none."""
    named = NAMED_LINE.fullmatch(told)
    return Fault(int(named[1]), named[2]) if named else Fault(1, told)


def guide_hash(text: str) -> str:
    """What a guide's text is known by."""
    return hashlib.sha256(text.encode()).hexdigest()


def _values(node: Node, place: tuple, lines: Lines):
    """Plain values; every scalar stays the text that was written, so that no « non » becomes False."""
    if node.is_mapping():
        values = {}
        for key, line, value in node.pairs():
            lines.set((*place, key), line)
            values[key] = _values(value, (*place, key), lines)
        return values
    if node.is_list():
        items = node.items()
        for number, item in enumerate(items):
            lines.set((*place, number), item.line)
        return [_values(item, (*place, number), lines) for number, item in enumerate(items)]
    return node.text()


def _first_fault(error: ValidationError, lines: Lines) -> tuple[int, str]:
    """The line and the sentence to tell: a misspelt field before the one that it leaves missing."""
    told = [(one["type"] != "extra_forbidden", *_explained(one, lines)) for one in error.errors()]
    return min(told, key=lambda one: one[:2])[1:]


def _explained(error: dict, lines: Lines) -> tuple[int, str]:
    """The line and the sentence of one of pydantic's errors."""
    place, kind = error["loc"], error["type"]
    names = [part for part in place if isinstance(part, str)]
    field = next((name for name in reversed(names) if not name.startswith(("literal[", "tuple[", "["))), "le guide")
    if "feeds" in names and kind != "string_pattern_mismatch":
        return lines.at(*place), FEEDS
    if "scale" in names and kind != "too_long":
        return lines.at(*place), SCALE
    if kind == "missing":
        return lines.at(*place[:-1]), f"il manque le champ « {field} » : ajoutez-le."
    if kind == "extra_forbidden":
        known = _model_of(place[:-1]).model_fields
        return lines.at(*place), f"le champ « {field} » n’est pas connu{nearest(field, known)}"
    if kind == "literal_error":
        return lines.at(*place), f"« {error['input']} » ne convient pas pour « {field} »{_expected(error)}"
    sentence = WRONG.get(kind, "« {field} » ne convient pas : relisez cette ligne.")
    given = str(error["input"])[:60]
    return lines.at(*place), sentence.format(field=field, given=given, **_bounds(error))


def _model_of(place: tuple) -> type[BaseModel]:
    names = [part for part in place if part in MODELS]
    return MODELS[names[-1] if names else ""]


def _bounds(error: dict) -> dict:
    return {name: value for name, value in error.get("ctx", {}).items() if name in ("ge", "le", "max_length")}


def _expected(error: dict) -> str:
    return f" : écrivez {error['ctx']['expected'].replace(' or ', ' ou ')}."


def _filled(guide: Guide, referential: Referential, lines: Lines) -> Guide:
    families = {family.code: {tag.code: tag for tag in family.tags} for family in referential.families}
    for family, words in guide.plain.items():
        _known(family, families, "la famille", lines.at("plain", family))
        for code in words:
            _known(code, families[family], "le tag", lines.at("plain", family, code))
    sections = []
    for s, section in enumerate(guide.sections):
        questions = [
            _with_options(question, families, guide.plain, ("sections", s, "questions", q), lines)
            for q, question in enumerate(section.questions)
        ]
        sections.append(section.model_copy(update={"questions": tuple(questions)}))
    return guide.model_copy(update={"sections": tuple(sections)})


def _known(word: str, known: Iterable[str], what: str, line: int) -> None:
    if word not in known:
        raise fault(line, f"{what} « {word} » n’existe pas{nearest(word, known)}")


def _with_options(question: Question, families: dict, plain: dict, place: tuple, lines: Lines) -> Question:
    """The question with its options taken from the référentiel, when it says so."""
    source = question.options_from
    if not source:
        return question
    if question.options:
        raise fault(lines.at(*place, "options_from"), "gardez « options » ou « options_from », pas les deux.")
    line = lines.at(*place, "options_from", "family")
    _known(source.family, families, "la famille", line)
    tags = families[source.family]
    if source.parent:
        _known(source.parent, tags, "le tag", lines.at(*place, "options_from", "parent"))
    words = plain.get(source.family, {})
    options = tuple(
        Option(code=tag.code, label=tag.label, plain=words.get(tag.code, ""), parent=tag.parent)
        for tag in tags.values()
        if _is_wanted(tag, source)
    )
    if not options:
        raise fault(line, f"la famille « {source.family} » n’a pas d’option à cet endroit : écrivez-les ici.")
    return question.model_copy(update={"options": options})


def _is_wanted(tag, source: FromFamily) -> bool:
    if source.parent:
        return tag.parent == source.parent
    return not source.depth or bool(tag.parent) == (source.depth == "champs")
