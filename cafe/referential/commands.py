"""`cafe tag`: the tags of any file of texts."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from tqdm import tqdm

from analysis.csvfile import read_rows
from analysis.referential import load_referential
from analysis.tagging import Tagger

COLUMNS = ("id", "family", "tag", "start", "end", "rule")
EXPLAINED = ("matched", "negated")


@click.command("tag")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Le CSV des tags.")
@click.option("--referential", type=click.Path(path_type=Path), help="Un autre référentiel que celui livré.")
@click.option("--explain", is_flag=True, help="Ajouter les mots trouvés et ce qui les nie.")
def tag_file(file, output, referential, explain):
    """Poser les tags sur un fichier de textes : colonnes id, text et, si elle existe, question.

    Exemple : cafe tag textes.csv -o tags.csv --explain
    """
    tagger = Tagger(load_referential(referential))
    columns = COLUMNS + EXPLAINED if explain else COLUMNS
    total = sum(1 for _ in read_rows(file, {"id", "text"}))
    with TemporaryDirectory(dir=output.parent) as folder:
        aside = Path(folder) / "tags"
        count = _write(aside, tqdm(read_rows(file, {"id", "text"}), total=total, unit=" textes"), tagger, columns)
        aside.replace(output)
    click.echo(f"{count} tags sur {total} textes sont dans {output}.")


def _write(path: Path, rows, tagger: Tagger, columns: tuple[str, ...]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            for found in tagger.tag(row["text"], row.get("question", "")):
                cells = {"id": row["id"]} | vars(found)
                writer.writerow([cells[column] for column in columns])
                count += 1
    return count
