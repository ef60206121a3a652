"""False alarms: the share of texts without a digital word that get an obstacle all the same, by where texts come from.

An upper bound: some of these texts speak of digital without any of the words below (« un robot au bout du fil »).
`python -m tests.bench.alarms 480` shows a seeded sample of them, as many a source as it can, for someone to read.
"""

import csv
import sys
from collections import defaultdict
from random import Random

from scipy.stats import binomtest

from analysis.referential import load_referential
from analysis.tagging import Tagger
from analysis.text import fold, words
from tests.bench.tagging import TEXTS

GOAL, SEED = 0.02, 2026
# Beginnings of words, whole words and phrases, folded, that speak of digital and of nothing else.
BEGINNINGS = tuple(
    "internet web numeri digital demateriali informati informatis algorithm ordinateur smartphone telephon portable "
    "tablette wifi adsl mail courriel email sms logiciel appli site plateforme portail online blog cyber hack gafa "
    "franceconnect facebook twitter google skype telecharg teledeclar teleproced teleservice".split()
)
WHOLE = frozenset("ordi ordis pc net fibre 4g 5g 3g fai mel".split())
PHRASES = "en ligne|mot de passe|mots de passe|open data|open source|haut debit|4 g|zone blanche|zones blanches".split(
    "|"
)

Rows = list[dict[str, str]]


def is_digital(text: str) -> bool:
    """Whether a text has a digital word."""
    folded = [fold(word) for word in words(text)]
    if any(word.startswith(BEGINNINGS) or word in WHOLE for word in folded):
        return True
    whole = f" {' '.join(folded)} "
    return any(f" {phrase} " in whole for phrase in PHRASES)


def quiet_rows() -> dict[str, Rows]:
    """The texts without a digital word, by their source: what stands before « _ » or the last « - » of their number."""
    by_source = defaultdict(list)
    with TEXTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not is_digital(row["text"]):
                by_source[row["id"].rpartition("-")[0].partition("_")[0]].append(row)
    return dict(sorted(by_source.items()))


def obstacles(tagger: Tagger, text: str) -> list[str]:
    return [f"{found.rule} « {found.matched} »" for found in tagger.tag(text) if found.family == "freins"]


def line(name: str, alarms: int, texts: int) -> str:
    low, high = binomtest(alarms, texts).proportion_ci(method="wilson")
    return f"  {name}: {alarms} of {texts}, {alarms / texts:.2%} [{low:.2%}–{high:.2%}]"


def measure_alarms() -> bool:
    """The share by source and over all, with Wilson's interval; true when it is at most GOAL."""
    if not TEXTS.exists():
        print(f"false alarms: not measured, {TEXTS} is absent (TEXTS=file.csv says where texts are)")
        return True
    tagger = Tagger(load_referential())
    counts = {
        source: (sum(bool(obstacles(tagger, row["text"])) for row in rows), len(rows))
        for source, rows in quiet_rows().items()
    }
    alarms, texts = map(sum, zip(*counts.values(), strict=True))
    print(f"texts without a digital word that get an obstacle (goal: at most {GOAL:.0%})")
    print("\n".join(line(name, *count) for name, count in [*counts.items(), ("all", (alarms, texts))]))
    return alarms / texts <= GOAL


def show_sample(size: int) -> None:
    """Print as many texts of each source, drawn by SEED, with the obstacles that they get."""
    tagger, draw, by_source = Tagger(load_referential()), Random(SEED), quiet_rows()
    for rows in by_source.values():
        for row in draw.sample(rows, min(size // len(by_source), len(rows))):
            print(row["id"], "|", " ; ".join(obstacles(tagger, row["text"])), "|", row["text"].replace("\n", " "))


if __name__ == "__main__":
    show_sample(int(sys.argv[1])) if len(sys.argv) > 1 else measure_alarms()
