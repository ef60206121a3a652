"""The flat table that analysts open: a contribution a row, with who (by pseudonym), when, and its tags."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from analysis.referential import Referential
from cafe.exports.reading import AND, OF, Corpus
from cafe.exports.said import Asked, Person, Said

# How many cells made before are kept at hand.
OFTEN = 10_000
DAY = len("2026-01-05")
Run = TypeVar("Run")
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


def rows(corpus: Corpus, cell: Callable[[str], str], run: Callable[[Iterable[str]], Run]) -> Iterator[tuple]:
    """The rows of the table, in the order of its columns, as: name, who, what was asked, moment, team only, text, tags.

    `cell` makes a cell harmless where it goes; the name, the moment and « team only » are so already. `run` puts side
    by side the cells of a person, of a question or of tags: once, however often they come back.
    """
    people = {number: run(map(cell, _person_cells(person))) for number, person in corpus.people.items()}
    families = [family.code for family in corpus.referential.families]
    asked_cells = lru_cache(OFTEN)(lambda number, way: run(map(cell, _asked_cells(corpus.questions[number], way))))
    tag_cells = lru_cache(OFTEN)(lambda laid: run(map(cell, _tag_cells(laid, families))))
    tell = day_alone if corpus.choices.public else str
    for number, author, source, text, at, question, private, laid in corpus.flat():
        yield (
            corpus.texts[number], people[author], asked_cells(question, source), tell(at),
            "1" if private or corpus.questions[question].team_only else "", cell(text), tag_cells(laid or ""),
        )  # fmt: skip


def _person_cells(person: Person) -> tuple[str, ...]:
    return person.name, person.group, person.subgroup, person.target


def _asked_cells(asked: Asked, source: str) -> tuple[str, ...]:
    return str(asked.day or ""), asked.code, source


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
