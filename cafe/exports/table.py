"""The flat table that analysts open: a contribution a row, with who (by pseudonym), when, and its tags."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from analysis.referential import Referential
from cafe.exports.reading import AND, OF, Corpus
from cafe.exports.said import Person, Said

# How many cells made before are kept at hand.
OFTEN = 10_000
DAY = len("2026-01-05")
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


def rows(corpus: Corpus, safe: Callable[[str], str]) -> Iterator[list[str]]:
    """The rows of the table, as text, in the order of their columns.

    `safe`: what makes a cell harmless where it goes; what comes back from row to row goes through it once.
    """
    people = {number: _person_cells(person, safe) for number, person in corpus.people.items()}
    families = [family.code for family in corpus.referential.families]
    said_once = lru_cache(OFTEN)(safe)
    tag_cells = lru_cache(OFTEN)(lambda laid: [safe(cell) for cell in _tag_cells(laid, families)])
    tell = day_alone if corpus.choices.public else str
    for number, author, source, text, at, question, day, team_only, laid in corpus.flat():
        yield [
            corpus.texts[number], *people[author], str(day or ""), said_once(question), source, tell(at),
            "1" if team_only else "", safe(text), *tag_cells(laid or ""),
        ]  # fmt: skip


def _person_cells(person: Person, safe: Callable[[str], str]) -> list[str]:
    return [safe(cell) for cell in (person.name, person.group, person.subgroup, person.target)]


def _tag_cells(laid: str, families: list[str]) -> list[str]:
    """All the tags, then those of each family; each once, in order."""
    by_family: dict[str, list[str]] = {}
    for family, code in sorted({tuple(tag.split(OF)) for tag in laid.split(AND) if tag}):
        by_family.setdefault(family, []).append(code)
    tags = " ".join(f"{family}:{code}" for family, codes in by_family.items() for code in codes)
    return [tags, *(" ".join(by_family.get(family, ())) for family in families)]


def day_alone(at: str) -> str:
    """A moment without its hour, as public exports say it."""
    return f"{at[:DAY]}T00:00:00Z"


def moment(said: Said) -> str:
    return said.created_at.isoformat(timespec="seconds").replace("+00:00", "Z")
