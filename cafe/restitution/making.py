"""A document of the restitution made: its deck from what is known now, its file, and the proof of what it holds."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from cafe.exports.proof import Proof, still_holds
from cafe.extensions import run
from cafe.guide.published import current_guide
from cafe.people.days import written_day
from cafe.people.models import Participant
from cafe.people.phases import stages
from cafe.people.queries import all_groups, the_dialogue
from cafe.referential.versions import current_referential
from cafe.restitution import writing
from cafe.restitution.building import build_deck
from cafe.restitution.deck import Deck
from cafe.restitution.deck_opening import Setting
from cafe.restitution.deck_votes import statements
from cafe.restitution.html_file import write_html
from cafe.restitution.look import read_look
from cafe.restitution.source import Source
from cafe.results.charts import quoted
from cafe.results.frames import contribution_names
from cafe.results.freezing import find, folder_of, frozen_results
from cafe.results.labels import labels
from cafe.results.rendering import computed_now
from cafe.results.services import Results
from cafe.zones import PARIS

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True)
class Format:
    label: str
    file: str
    mimetype: str


FORMATS = {
    "pptx": Format("PPTX, aux graphiques modifiables", "restitution.pptx", PPTX),
    "html": Format("HTML, une page qui se lit partout et s’imprime", "restitution.html", "text/html"),
}
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Material:
    """A deck, the pseudonym of each contribution by its number in the base, and the people whom its figures count."""

    deck: Deck
    names: Mapping[int, str]
    people: frozenset[int]

    @property
    def quoted(self) -> list[int]:
        """The contributions whose words it shows, by their numbers."""
        shown = self.deck.quoted
        return sorted(number for number, name in self.names.items() if name in shown)


def gather(frozen: int, now: datetime) -> Material:
    """The deck of a frozen dataset (0: of this moment).

    Raises NotFound when there is no such dataset.
    """
    if frozen:
        dataset = find(frozen)
        told = folder_of(dataset).names()
        names = {number: name for name, (number, _) in told.texts.items()}
        known = f"Jeu figé n° {dataset.id}, {quoted(dataset.title)}, du {written_day(dataset.made_at.date())}"
        deck = _deck(frozen_results(frozen), names, now, known)
        return Material(deck, names, frozenset(told.people.values()))
    people = frozenset(run(select(Participant.id).where(Participant.erased_at.is_(None))).scalars())
    names = contribution_names()
    return Material(_deck(computed_now(), names, now), names, people)


def _deck(results: Results, names: Mapping[int, str], now: datetime, frozen: str = "") -> Deck:
    title, fictional = the_dialogue() or ("Dialogue", False)
    today, guide = now.astimezone(PARIS).date(), current_guide()
    setting = Setting(
        title, fictional, today, stages(today), current_referential()[1].families, statements(),
        str(guide.number) if guide else "", frozen,
    )  # fmt: skip
    return build_deck(Source(results, labels(), tuple(all_groups()), writing.written(names)), setting)


def write_document(deck: Deck, format: str, path: Path, app: Flask, tell: Tell = lambda _count: None) -> None:
    """The deck's file, in the dialogue's look; `tell` is given how many slides were just written."""
    look = read_look(app.config["HOUSE"].data)
    if format == "pptx":
        # python-pptx takes a third of a second to load: for the document that needs it, not at each start.
        import_module("cafe.restitution.pptx_file").write_pptx(deck, look, path, tell)
    else:
        write_html(deck, look, path, app.jinja_env, tell)


def prove(material: Material, path: Path, key: str) -> None:
    """Keep, beside a document, who and which words it rests on, and which it quotes."""
    Proof(material.people, key).read(material.names).write(path, quoted=material.quoted)


def may_open(path: Path, key: str) -> bool:
    """Whether what a document holds may still be read, and each of its quotes still be quoted."""
    quoted = json.loads(path.read_text(encoding="utf-8"))["quoted"]
    return still_holds(path, key) and not barred(quoted)


def barred(quoted: list[int]) -> bool:
    """Whether someone objects to one of these quotes."""
    names = contribution_names()
    may_not = writing.written(names).not_quoted
    return any(names.get(number) in may_not for number in quoted)
