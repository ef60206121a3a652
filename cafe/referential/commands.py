"""`cafe tag`: the tags of any file of texts."""

import csv
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from tqdm import tqdm

from analysis.batches import batches, tag_here
from analysis.csvfile import read_rows
from analysis.errors import BadInput
from analysis.referential import SHIPPED, parse_referential
from analysis.rules_yaml import read_text

COLUMNS = ("id", "family", "tag", "start", "end", "rule")
EXPLAINED = ("matched", "negated", "weight")
NEEDED = {"id", "text"}


@click.command("tag")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Le CSV des tags.")
@click.option("--referential", type=click.Path(path_type=Path), help="Un autre référentiel que celui livré.")
@click.option("--explain", is_flag=True, help="Ajouter les mots trouvés, ce qui les nie et leur poids.")
@click.option(
    "--engine", type=click.Choice(("local", "dask")), default="local", help="Ce processus, ou une grappe Dask."
)
@click.option("--dask-address", help="L’adresse d’une grappe déjà lancée ; sans elle, une grappe locale.")
def tag_file(file, output, referential, explain, engine, dask_address):
    """Poser les tags sur un fichier de textes : colonnes id, text et, si elle existe, question.

    Exemple : cafe tag textes.csv -o tags.csv --explain
    """
    if dask_address and engine != "dask":
        raise BadInput("L’option --dask-address demande aussi --engine dask.")
    source = read_text(referential or SHIPPED)
    parse_referential(source)
    total = sum(1 for _ in read_rows(file, NEEDED))
    with TemporaryDirectory(dir=output.parent) as folder, tqdm(total=total, unit=" textes") as progress:
        aside = Path(folder) / "tags"
        parts = batches(read_rows(file, NEEDED))
        tagged = tag_here(source, parts) if engine == "local" else _on_cluster(source, parts, dask_address)
        count = _write(aside, tagged, COLUMNS + EXPLAINED if explain else COLUMNS, progress)
        aside.replace(output)
    click.echo(f"{count} tags sur {total} textes sont dans {output}.")


def _on_cluster(source: str, parts: Iterator, address: str | None) -> Iterator:
    # Dask takes a second to load: only who asks for it waits.
    return import_module("cafe.referential.cluster").tag_on_cluster(source, parts, address)


def _write(path: Path, tagged: Iterator, columns: tuple[str, ...], progress: tqdm) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as output:
        writer = csv.DictWriter(output, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for texts, rows in tagged:
            writer.writerows(rows)
            count += len(rows)
            progress.update(texts)
    return count
