"""How well the tagger agrees with people: `python -m analysis.gold DIRECTORY`, where CSV files hold labelled texts."""

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from analysis.referential import load_referential
from analysis.tagging import Tagger

FAMILIES = ("freins", "populations", "usages")
# One fold of texts in four is kept apart: whoever writes rules reads the errors of the others, never of these.
FOLDS, KEPT = 4, 0
DRAWS, SEED = 1000, 2018


@dataclass
class Agreement:
    """Pairs (text, tag) found by both, by the tagger alone and by people alone, by tag; `texts` keeps them apart."""

    both: Counter = field(default_factory=Counter)
    extra: Counter = field(default_factory=Counter)
    missed: Counter = field(default_factory=Counter)
    texts: list[tuple[set[str], set[str]]] = field(default_factory=list)

    def add(self, found: set[str], expected: set[str]) -> None:
        self.both.update(found & expected)
        self.extra.update(found - expected)
        self.missed.update(expected - found)
        self.texts.append((found, expected))

    def f1(self, tag: str | None = None) -> float:
        """Micro-F1 = 2TP / (2TP + FP + FN), over all tags or for one."""
        hits, extra, missed = ((c[tag] if tag else c.total()) for c in (self.both, self.extra, self.missed))
        return 2 * hits / (2 * hits + extra + missed) if hits else 0.0

    def interval(self, tag: str | None = None) -> tuple[float, float]:
        """95 % percentile bootstrap of F1, texts drawn with replacement (Efron, 1979); seeded."""
        kept = [({tag} & found, {tag} & expected) if tag else (found, expected) for found, expected in self.texts]
        counts = np.array([(2 * len(f & e), len(f) + len(e)) for f, e in kept if f or e])
        if not len(counts):
            return 0.0, 0.0
        # Texts without a pair change nothing but how many of the others are drawn.
        chances = [1 / len(kept)] * len(counts) + [1 - len(counts) / len(kept)]
        draws = np.random.default_rng(SEED).multinomial(len(kept), chances, DRAWS)
        hits, sizes = (draws[:, :-1] @ counts).T
        low, high = np.percentile(hits / np.maximum(sizes, 1), [2.5, 97.5])
        return float(low), float(high)

    def line(self, name: str, tag: str | None = None) -> str:
        hits, extra, missed = ((c[tag] if tag else c.total()) for c in (self.both, self.extra, self.missed))
        precision, recall = hits / max(hits + extra, 1), hits / max(hits + missed, 1)
        low, high = self.interval(tag)
        told = f"F1 {self.f1(tag):.3f} [{low:.3f}–{high:.3f}]  precision {precision:.3f}  recall {recall:.3f}"
        return f"{name:28} {told}  n {hits + missed}"


def measure(rows: Iterable[dict[str, str]], tagger: Tagger) -> dict[str, Agreement]:
    """The agreement by family. `rows`: text, and a column a family with its codes separated by spaces."""
    agreements = {family: Agreement() for family in FAMILIES}
    for row in rows:
        found = tagger.tag(row["text"])
        for family, agreement in agreements.items():
            agreement.add({one.tag for one in found if one.family == family}, set(row[family].split()))
    return agreements


def fold_of(row: dict[str, str]) -> int:
    """The fold of a text, drawn from its id: always the same, whatever the file or its order."""
    return int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % FOLDS


def tell(name: str, agreements: dict[str, Agreement], by_tag: bool = False) -> None:
    print(f"\n{name}: {len(next(iter(agreements.values())).texts)} texts")
    for family, agreement in agreements.items():
        print(agreement.line(family))
        tags = sorted(agreement.both | agreement.missed | agreement.extra) if by_tag else ()
        print("".join(agreement.line(f"  {tag}", tag) + "\n" for tag in tags), end="")


def main() -> None:
    tagger, everything = Tagger(load_referential()), []
    for path in sorted(Path(sys.argv[1]).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        everything += rows
        tell(path.name, measure(rows, tagger), by_tag=True)
    for name, kept in (("the fold kept apart", True), ("the other folds", False)):
        tell(name, measure([row for row in everything if (fold_of(row) == KEPT) == kept], tagger))


if __name__ == "__main__":
    main()
