"""How well the tagger agrees with people: `python -m analysis.gold DIRECTORY`, where CSV files hold labelled texts."""

import csv
import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analysis.quality import Quality, quality
from analysis.referential import load_referential
from analysis.tagging import Tagger

FAMILIES = ("freins", "populations", "usages")
# One fold of texts in four was kept apart: whoever writes rules reads the errors of the others. Half of it has been
# read since; the half drawn by an even hash of the text never was.
FOLDS, KEPT = 4, 0


@dataclass
class Codings:
    """What the tagger and people lay on the same texts, one entry a text."""

    found: list[set[str]] = field(default_factory=list)
    expected: list[set[str]] = field(default_factory=list)

    def measured(self) -> list[Quality]:
        """All tags together, then each tag that one of the two lays."""
        return quality(self.found, self.expected, sorted(set().union(*self.found, *self.expected)))


def measure(rows: Iterable[dict[str, str]], tagger: Tagger) -> dict[str, Codings]:
    """The codings by family. `rows`: text, and a column a family with its codes separated by spaces."""
    codings = {family: Codings() for family in FAMILIES}
    for row in rows:
        found = tagger.tag(row["text"])
        for family, coding in codings.items():
            coding.found.append({one.tag for one in found if one.family == family})
            coding.expected.append(set(row[family].split()))
    return codings


def fold_of(row: dict[str, str]) -> int:
    """The fold of a text, drawn from its id: always the same, whatever the file or its order."""
    return _drawn(row["id"]) % FOLDS


def is_kept(row: dict[str, str]) -> bool:
    """Whether nobody who writes rules has read what the tagger makes of a text."""
    return fold_of(row) == KEPT and _drawn(row["text"]) % 2 == 0


def _drawn(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def told(codings: dict[str, Codings], by_tag: bool = False) -> Iterator[str]:
    """A line for each family, and one for each of its tags if wanted."""
    for family, coding in codings.items():
        whole, *tags = coding.measured()
        yield _line(family, whole)
        yield from (_line(f"  {tag.code}", tag) for tag in tags if by_tag)


def _line(name: str, one: Quality) -> str:
    if one.f1 is None:
        return f"{name:28} nothing to find, nothing found"
    rest = f"precision {one.precision or 0:.3f}  recall {one.recall or 0:.3f}  n {one.n}"
    return f"{name:28} F1 {one.f1:.3f} [{one.low:.3f}–{one.high:.3f}]  {rest}"


def _tell(name: str, rows: list[dict[str, str]], tagger: Tagger, by_tag: bool = False) -> None:
    print(f"\n{name}: {len(rows)} texts", *told(measure(rows, tagger), by_tag), sep="\n")


def main() -> None:
    tagger, everything = Tagger(load_referential()), []
    for path in sorted(Path(sys.argv[1]).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        everything += rows
        _tell(path.name, rows, tagger, by_tag=True)
    for fold in range(FOLDS):
        name = f"fold {fold + 1} of {FOLDS}, " + ("half of it looked at" if fold == KEPT else "looked at")
        _tell(name, [row for row in everything if fold_of(row) == fold], tagger)
    _tell("kept apart, errors unread", [row for row in everything if is_kept(row)], tagger)
    _tell("all that was looked at", [row for row in everything if not is_kept(row)], tagger)


if __name__ == "__main__":
    main()
