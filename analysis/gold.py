"""How well the tagger agrees with people: `python -m analysis.gold DIRECTORY`, where CSV files hold labelled texts."""

import csv
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from analysis.referential import load_referential
from analysis.tagging import Tagger

FAMILIES = ("freins", "populations", "usages")


@dataclass
class Agreement:
    """Pairs (text, tag) found by both, by the tagger alone and by people alone, by tag."""

    both: Counter = field(default_factory=Counter)
    extra: Counter = field(default_factory=Counter)
    missed: Counter = field(default_factory=Counter)

    def add(self, found: set[str], expected: set[str]) -> None:
        self.both.update(found & expected)
        self.extra.update(found - expected)
        self.missed.update(expected - found)

    def f1(self, tag: str | None = None) -> float:
        """Micro-F1 = 2TP / (2TP + FP + FN), over all tags or for one."""
        hits, extra, missed = ((c[tag] if tag else c.total()) for c in (self.both, self.extra, self.missed))
        return 2 * hits / (2 * hits + extra + missed) if hits else 0.0

    def line(self, name: str, tag: str | None = None) -> str:
        hits, extra, missed = ((c[tag] if tag else c.total()) for c in (self.both, self.extra, self.missed))
        precision, recall = hits / max(hits + extra, 1), hits / max(hits + missed, 1)
        return f"{name:28} F1 {self.f1(tag):.3f}  precision {precision:.3f}  recall {recall:.3f}  n {hits + missed}"


def measure(rows: list[dict[str, str]], tagger: Tagger) -> dict[str, Agreement]:
    """The agreement by family. `rows`: text, and a column a family with its codes separated by spaces."""
    agreements = {family: Agreement() for family in FAMILIES}
    for row in rows:
        found = tagger.tag(row["text"])
        for family, agreement in agreements.items():
            agreement.add({tag.tag for tag in found if tag.family == family}, set(row[family].split()))
    return agreements


def main() -> None:
    tagger = Tagger(load_referential())
    for path in sorted(Path(sys.argv[1]).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        print(f"\n{path.name}: {len(rows)} texts")
        for family, agreement in measure(rows, tagger).items():
            print(agreement.line(family))
            tags = sorted(agreement.both | agreement.missed | agreement.extra)
            print("\n".join(agreement.line(f"  {tag}", tag) for tag in tags))


if __name__ == "__main__":
    main()
