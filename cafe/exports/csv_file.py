import csv
from pathlib import Path

from analysis.cells import inert_in_csv
from cafe.exports.reading import Corpus
from cafe.exports.table import columns, rows


def write_csv(corpus: Corpus, path: Path) -> None:
    """The flat table; the mark at its head tells spreadsheets that it is UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in columns(corpus.referential)])
        writer.writerows([cell and inert_in_csv(cell) for cell in row] for row in rows(corpus))


def write_dictionary(corpus: Corpus, path: Path) -> None:
    """What each column of the flat table, and each tag, means."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["nom", "définition"])
        writer.writerows([column.name, column.meaning] for column in columns(corpus.referential))
        for family in corpus.referential.families:
            for tag in family.tags:
                meaning = tag.label + (f" : {tag.definition}" if tag.definition else "")
                writer.writerow([f"{family.code}:{tag.code}", inert_in_csv(meaning)])
