"""IRaMuTeQ's corpus: a line of marks, then the words, with nothing in them that would read as a mark."""

import re
import unicodedata
from pathlib import Path

from cafe.exports.reading import Corpus
from cafe.exports.said import Said

ODD = re.compile(r"[^a-z0-9]+")


def write_iramuteq(corpus: Corpus, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for said in corpus.said():
            file.write(f"{marks(said)}\n{unmarked(said.text)}\n\n")


def marks(said: Said) -> str:
    """« **** *groupe_grandpublic *jour_3 … »; what is not known has no mark."""
    day = str(said.day or "")
    known = {
        "contribution": said.name, "participant": said.person.name, "groupe": said.person.group,
        "sousgroupe": said.person.subgroup, "cible": said.person.target, "jour": day, "source": said.source,
        "question": said.question,
    }  # fmt: skip
    slugs = {name: slug(value) for name, value in known.items()}
    return " ".join(["****", *(f"*{name}_{value}" for name, value in slugs.items() if value)])


def slug(value: str) -> str:
    """Letters without accents and digits: a mark is split at its first « _ »."""
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
    return ODD.sub("", plain.lower())


def unmarked(text: str) -> str:
    """The words without what reads as a mark: « * » begins one anywhere, « _ » joins words or names a variable.

    The asterisk becomes its typographic sister « ∗ », the underscore a space: no word is lost.
    """
    return text.replace("*", "∗").replace("_", " ")
