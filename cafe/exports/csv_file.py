import csv
import re
from pathlib import Path

from analysis.cells import inert_in_csv
from cafe.exports.reading import Corpus
from cafe.exports.table import columns, rows

QUOTED = re.compile('[",\r\n]')


def write_csv(corpus: Corpus, path: Path) -> None:
    """The flat table; the mark at its head tells spreadsheets that it is UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        # Not the encoding « utf-8-sig », which looks at every row again for it.
        file.write("\ufeff")
        file.write(f"{','.join(column.name for column in columns(corpus.referential))}\n")
        file.writelines(f"{','.join(row)}\n" for row in rows(corpus, _cell, ",".join))


def _cell(value: str) -> str:
    """A cell as the csv module writes it, which would write those that come back anew each time: half of the time."""
    text = inert_in_csv(value)
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text


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
