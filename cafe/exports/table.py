"""The flat table that analysts open: a contribution a row, with who (by pseudonym), when, and its tags."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.referential import Referential
from cafe.exports.reading import Corpus
from cafe.exports.said import Said

BASE = {
    "contribution": "Numéro de la contribution ; signé si les pseudonymes sont stables, sinon propre à cet export",
    "participant": "Pseudonyme ; propre à cet export, sauf demande",
    "group": "Groupe (sphère)",
    "subgroup": "Sous-groupe",
    "target": "Population prioritaire choisie",
    "day": "Jour du café, vide hors d’un café",
    "question": "Code de la question",
    "source": "Façon de répondre : cafe, questionnaire, interview, workshop",
    "created_at": "Moment, en UTC ; le jour seul dans un export public",
    "team_only": "1 : dit à l’équipe seule, à ne pas citer au-dehors",
    "text": "Les mots ; une apostrophe précède ce qu’un tableur prendrait pour une formule",
    "tags": "Tous les tags, « famille:code », séparés par des espaces",
}


@dataclass(frozen=True)
class Column:
    name: str
    meaning: str


def columns(referential: Referential) -> list[Column]:
    """The table's columns: those of every contribution, then one a family, its tags separated by spaces."""
    base = [Column(name, meaning) for name, meaning in BASE.items()]
    return base + [Column(family.code, f"Tags de la famille « {family.label} »") for family in referential.families]


def tag_labels(referential: Referential) -> list[tuple[str, str]]:
    """Each tag, « family:code », with its label."""
    return [(f"{family.code}:{tag.code}", tag.label) for family in referential.families for tag in family.tags]


def rows(corpus: Corpus) -> Iterator[list[str]]:
    """The rows of the table, as text, in the order of their columns."""
    families = [family.code for family in corpus.referential.families]
    return (_row(said, families) for said in corpus.said())


def _row(said: Said, families: list[str]) -> list[str]:
    person = said.person
    by_family: dict[str, list[str]] = {}
    for family, code in sorted({(tag.family, tag.code) for tag in said.tags}):
        by_family.setdefault(family, []).append(code)
    tags = " ".join(f"{family}:{code}" for family, codes in by_family.items() for code in codes)
    return [
        said.name, person.name, person.group, person.subgroup, person.target, str(said.day or ""), said.question,
        said.source, moment(said), "1" if said.team_only else "", said.text, tags,
        *(" ".join(by_family.get(family, ())) for family in families),
    ]  # fmt: skip


def moment(said: Said) -> str:
    return said.created_at.isoformat(timespec="seconds").replace("+00:00", "Z")
