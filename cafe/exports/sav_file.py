"""SPSS: one variable a question of the table, one yes or no a tag; labels in French."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

from cafe.exports.choices import SOURCE_LABELS
from cafe.exports.reading import Corpus
from cafe.exports.table import BASE, moment

# What a string variable of SPSS holds, in bytes.
LONGEST = 32_767
PRESENT = {0: "non", 1: "oui"}
ODD = re.compile(r"[^A-Za-z0-9_]")


def write_sav(corpus: Corpus, path: Path) -> None:
    """Groups and sources as numbers with their labels, a text cut at what SPSS holds, a 0/1 variable a tag."""
    tags = _tag_variables(corpus)
    groups = {code: place for place, code in enumerate(corpus.groups, 1)}
    sources = {code: place for place, code in enumerate(SOURCE_LABELS, 1)}
    rows = [_row(said, groups, sources) for said in corpus.said()]
    table = pd.DataFrame([row[0] for row in rows], columns=list(BASE)[:-1])
    table = pd.concat([table, _presence([row[1] for row in rows], list(tags))], axis=1)
    table.columns = [*table.columns[: len(BASE) - 1], *(name for name, _ in tags.values())]
    values = {"group": {place: corpus.groups[code] for code, place in groups.items()}, "team_only": PRESENT}
    values |= {"source": {place: SOURCE_LABELS[code] for code, place in sources.items()}}
    values |= {name: PRESENT for name, _ in tags.values()}
    labels = [*list(BASE.values())[:-1], *(label for _, label in tags.values())]
    pyreadstat.write_sav(
        table, str(path), file_label=_cut(corpus.title, 60), column_labels=[_cut(label, 250) for label in labels],
        variable_value_labels={name: {k: _cut(v, 120) for k, v in own.items()} for name, own in values.items()},
    )  # fmt: skip


def _row(said, groups: dict[str, int], sources: dict[str, int]) -> tuple[list, set[str]]:
    person = said.person
    cells = [
        said.name, person.name, groups[person.group], _cut(person.subgroup), person.target, float(said.day or "nan"),
        said.question, sources[said.source], moment(said), int(said.team_only), _cut(said.text),
    ]  # fmt: skip
    return cells, {tag.key for tag in said.tags}


def _presence(found: list[set[str]], keys: list[str]) -> pd.DataFrame:
    places = {key: place for place, key in enumerate(keys)}
    present = np.zeros((len(found), len(keys)), dtype=np.int8)
    for number, own in enumerate(found):
        for key in own & places.keys():
            present[number, places[key]] = 1
    return pd.DataFrame(present)


def _tag_variables(corpus: Corpus) -> dict[str, tuple[str, str]]:
    """Each tag of the référentiel with the name and the label of its variable."""
    made: dict[str, tuple[str, str]] = {}
    for family in corpus.referential.families:
        for tag in family.tags:
            name = ODD.sub("_", f"{family.code}_{tag.code}")[:56]
            taken = {name.lower() for name, _ in made.values()}
            name = name if name.lower() not in taken else f"{name}_{len(made)}"
            made[f"{family.code}:{tag.code}"] = (name, f"{family.label} : {tag.label}")
    return made


def _cut(text: str, longest: int = LONGEST) -> str:
    """The text in so many bytes of UTF-8, no character cut in two."""
    return text.encode()[:longest].decode(errors="ignore")
