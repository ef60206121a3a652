"""A référentiel: families of tags, their rules, and the notions that rules share; read and checked from YAML."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import BadInput
from analysis.learned_words import path_of
from analysis.rules_pattern import Pattern, PatternError, parse, references
from analysis.rules_yaml import Node, compose, fault, read_text

SHIPPED = Path(__file__).parent / "referentials" / "precarite-numerique.yaml"
CONDITIONS = ("unless", "nowhere", "also")
TAG_FIELDS = ("definition", "follow_up", "examples", "threshold", "rules_only", "rules", "tags")
CODE = re.compile(r"[a-z][a-z0-9_.]{0,59}\Z")
WORDS_NAME = re.compile(r"[a-z][a-z0-9-]{0,59}\Z")


@dataclass(frozen=True)
class Rule:
    """A pattern, and what drops its match: found beside it (`unless`) or anywhere in the text (`nowhere`).

    `also`: what must be found somewhere in the text; `within`: how many words it may have, 0 for any number.
    `weight`: what it adds towards the tag's threshold; 0 when it lays the tag alone. `written`: the pattern as text.
    """

    code: str
    pattern: Pattern
    written: str = ""
    unless: tuple[Pattern, ...] = ()
    nowhere: tuple[Pattern, ...] = ()
    also: tuple[Pattern, ...] = ()
    within: int = 0
    weight: int = 0


@dataclass(frozen=True)
class Tag:
    """`threshold`: what the weights of its rules must add up to, 0 when each rule lays it alone.

    `rules_only`: the words that were learnt do not lay it.
    """

    code: str
    label: str
    parent: str = ""
    definition: str = ""
    follow_up: str = ""
    rules: tuple[Rule, ...] = ()
    examples: tuple[str, ...] = ()
    threshold: int = 0
    rules_only: bool = False


@dataclass(frozen=True)
class Learned:
    """The words that were learnt from coded texts, by name; they speak where the text holds the notion `subject`."""

    words: str
    subject: str


@dataclass(frozen=True)
class Family:
    """Tags of one kind; `subject` is the notion that the text or its question must hold, if any.

    `denial` is the notion that drops a match close to it: « n’est pas un problème ». `merged`: codes that another tag
    took over, with the tag that did.
    """

    code: str
    label: str
    tags: tuple[Tag, ...]
    subject: str = ""
    denial: str = ""
    merged: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Referential:
    slug: str
    label: str
    version: int
    families: tuple[Family, ...]
    notions: dict[str, tuple[Pattern, ...]]
    hash: str
    learned: Learned | None = None

    def family(self, code: str) -> Family:
        """The family of this code; raises BadInput when the référentiel has none."""
        for family in self.families:
            if family.code == code:
                return family
        raise BadInput(f"Le référentiel « {self.slug} » n’a pas de famille « {code} ».")


def load_referential(source: Path | None = None) -> Referential:
    """The référentiel of a file, or the one that the project ships; raises BadInput naming the line of a fault."""
    return parse_referential(read_text(source or SHIPPED))


def parse_referential(text: str) -> Referential:
    """The référentiel that a YAML text states; raises BadInput naming the line of its first fault."""
    fields = compose(text).fields(("slug", "label", "version", "families"), ("notions", "learned"))
    notions = _notions(fields["notions"]) if "notions" in fields else {}
    families = tuple(_family(*entry, notions) for entry in _unique(fields["families"]))
    digest = hashlib.sha256(text.encode()).hexdigest()
    slug, label = fields["slug"].filled(), fields["label"].filled()
    learned = _learned(fields["learned"], notions) if "learned" in fields else None
    return Referential(slug, label, fields["version"].number(), families, notions, digest, learned)


def _unique(node: Node) -> list[tuple[str, int, Node]]:
    entries = list(node.pairs())
    for code, line, _ in entries:
        if not CODE.match(code):
            raise fault(line, f"« {code} » n’est pas un code : des minuscules, des chiffres et « _ » seulement.")
    return entries


def _notions(node: Node) -> dict[str, tuple[Pattern, ...]]:
    """Each notion's patterns; it may only use those defined above it, so that none turns in circles."""
    notions: dict[str, tuple[Pattern, ...]] = {}
    for name, _, value in _unique(node):
        notions[name] = tuple(_pattern(item, notions) for item in value.items())
    return notions


def _learned(node: Node, notions: dict) -> Learned:
    fields = node.fields(("words", "subject"))
    name = fields["words"].filled()
    if not WORDS_NAME.match(name) or not path_of(name).is_file():
        raise fault(fields["words"].line, f"les mots appris « {name} » ne sont pas livrés avec ce logiciel.")
    return Learned(name, _notion(fields["subject"], notions))


def _pattern(node: Node, notions: dict) -> Pattern:
    try:
        pattern = parse(node.filled())
    except PatternError as error:
        raise fault(node.line, f"« {node.text()} » : {error}.") from error
    for name in references(pattern):
        if name not in notions:
            raise fault(node.line, f"la notion « @{name} » n’est pas définie plus haut.")
    return pattern


def _family(code: str, line: int, node: Node, notions: dict) -> Family:
    fields = node.fields(("label", "tags"), ("subject", "denial", "merged"))
    subject, denial = (_notion(fields.get(name), notions) for name in ("subject", "denial"))
    tags = []
    if fields["tags"].is_mapping():
        for entry in _unique(fields["tags"]):
            tags += _tag(code, "", *entry, notions)
    codes = [tag.code for tag in tags]
    for tag in codes:
        if codes.count(tag) > 1:
            raise fault(line, f"le tag « {tag} » est deux fois dans la famille « {code} ».")
    merged = tuple(_merged(fields["merged"], codes)) if "merged" in fields else ()
    return Family(code, fields["label"].filled(), tuple(tags), subject, denial, merged)


def _merged(node: Node, codes: list[str]) -> Iterator[tuple[str, str]]:
    """The codes that serve no more, each with the tag that took it over."""
    for gone, line, value in _unique(node):
        if gone in codes or value.text() not in codes:
            raise fault(line, f"« {gone} » doit être un code retiré, suivi du tag qui l’a repris.")
        yield gone, value.text()


def _notion(node: Node | None, notions: dict) -> str:
    if node and node.filled() not in notions:
        raise fault(node.line, f"la notion « {node.text()} » n’est pas définie.")
    return node.text() if node else ""


def _tag(family: str, parent: str, code: str, _line: int, node: Node, notions: dict) -> list[Tag]:
    """A tag and, when it has some, those under it; a tag may be written as its label alone."""
    if not node.is_mapping():
        return [Tag(code, node.filled(), parent)]
    fields = node.fields(("label",), TAG_FIELDS)
    threshold = fields["threshold"].number(2) if "threshold" in fields else 0
    rules = tuple(
        _rule(f"{family}.{code}.{place}", item, notions, threshold)
        for place, item in enumerate(fields["rules"].items() if "rules" in fields else (), 1)
    )
    texts = {name: fields[name].filled() for name in ("definition", "follow_up") if name in fields}
    examples = tuple(item.filled() for item in fields["examples"].items()) if "examples" in fields else ()
    alone = "rules_only" in fields and fields["rules_only"].yes()
    label = fields["label"].filled()
    made = [Tag(code, label, parent, rules=rules, examples=examples, threshold=threshold, rules_only=alone, **texts)]
    for entry in _unique(fields["tags"]) if "tags" in fields else ():
        made += _tag(family, code, *entry, notions)
    return made


def _rule(code: str, node: Node, notions: dict, threshold: int) -> Rule:
    if not node.is_mapping():
        return Rule(code, _pattern(node, notions), node.text())
    fields = node.fields(("if",), (*CONDITIONS, "within", "weight"))
    conditions = {
        name: tuple(_pattern(item, notions) for item in fields[name].items()) for name in CONDITIONS if name in fields
    }
    within = fields["within"].number() if "within" in fields else 0
    weight = _weight(fields["weight"], threshold) if "weight" in fields else 0
    return Rule(code, _pattern(fields["if"], notions), fields["if"].text(), within=within, weight=weight, **conditions)


def _weight(node: Node, threshold: int) -> int:
    if not threshold:
        raise fault(node.line, "un poids demande un seuil (« threshold ») à son tag.")
    if node.number() >= threshold:
        raise fault(node.line, f"ce poids atteint seul le seuil ({threshold}) : il est en trop.")
    return node.number()
