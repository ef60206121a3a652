"""What REFI-QDA's two formats share: identifiers that stay, and the référentiel as nested codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from analysis.referential import Family, Referential, Tag
from cafe.exports.xml_file import XmlFile

ORIGIN = "Café numérique"
NAMESPACE = UUID("6f0f2f39-7f0a-4c57-9d6b-8a53f1f8a3c4")


def guid(kind: str, name: str) -> str:
    """The same identifier for the same thing, at each export."""
    return str(uuid5(NAMESPACE, f"{kind} {name}"))


@dataclass(frozen=True)
class Code:
    """A code as these formats know it: its key « family:code », its name, what it means, and the codes under it."""

    key: str
    name: str
    meaning: str
    codable: bool
    under: tuple["Code", ...] = ()

    @property
    def guid(self) -> str:
        return guid("code", self.key)


def code_tree(referential: Referential, laid: Iterable[str] = ()) -> list[Code]:
    """Families, their tags, and those under them; a code laid under an older référentiel keeps a place."""
    labels = [tag.label.casefold() for family in referential.families for tag in family.tags]
    labels += [family.label.casefold() for family in referential.families]
    twice = {label for label in labels if labels.count(label) > 1}
    known = {f"{family.code}:{tag.code}" for family in referential.families for tag in family.tags}
    left = sorted(set(laid) - known)
    tree = [_family(family, twice, left) for family in referential.families]
    families = {family.code for family in referential.families}
    gone = sorted({key.partition(":")[0] for key in left} - families)
    return tree + [Code(code, code, code, False, _left(code, left)) for code in gone]


def _family(family: Family, twice: set[str], left: list[str]) -> Code:
    under = tuple(_code(family, tag, twice) for tag in family.tags if not tag.parent)
    return Code(family.code, family.label, family.code, False, under + _left(family.code, left))


def _code(family: Family, tag: Tag, twice: set[str]) -> Code:
    """Tools want a name once: a label that two codes share says its family."""
    name = f"{tag.label} ({family.label})" if tag.label.casefold() in twice else tag.label
    key = f"{family.code}:{tag.code}"
    meaning = f"{key} — {tag.definition}" if tag.definition else key
    return Code(key, name, meaning, True, tuple(_code(family, t, twice) for t in family.tags if t.parent == tag.code))


def _left(family: str, left: list[str]) -> tuple[Code, ...]:
    return tuple(Code(key, key, key, True) for key in left if key.partition(":")[0] == family)


def write_codes(xml: XmlFile, tree: Iterable[Code]) -> None:
    with xml.element("Codes"):
        for code in tree:
            _write_code(xml, code)


def _write_code(xml: XmlFile, code: Code) -> None:
    attributes = {"guid": code.guid, "name": code.name, "isCodable": "true" if code.codable else "false"}
    with xml.element("Code", attributes):
        xml.leaf("Description", code.meaning)
        for under in code.under:
            _write_code(xml, under)


def every_code(tree: Iterable[Code]) -> Iterable[Code]:
    for code in tree:
        yield code
        yield from every_code(code.under)
