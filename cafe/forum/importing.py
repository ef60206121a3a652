"""The command that brings contributions held elsewhere into a café."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from analysis.csvfile import read_rows
from cafe.corpus.imports import Import, check_rows, write_rows
from cafe.errors import NotFound
from cafe.forum.cafes import find_cafe
from cafe.referential.services import current_tagger
from cafe.web import key_of


@click.command("contributions")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--cafe", "slug", required=True, help="Le café qui les reçoit.")
@with_appcontext
def import_contributions(file, slug):
    """Importer des contributions : colonne text ; si présentes id, participant, question, created_at.

    Exemple : cafe import contributions textes.csv --cafe demo
    """
    cafe = find_cafe(slug)
    if cafe is None:
        raise NotFound(f"Le café « {slug} » n’existe pas.")
    where = Import(slug, cafe.timezone, key_of("cards"), current_tagger(), datetime.now(UTC))
    rows, doubles = check_rows(tqdm(read_rows(file, {"text"}), desc="Lecture", unit=" lignes", file=sys.stderr), where)
    with tqdm(total=len(rows), desc="Import", unit=" textes", file=sys.stderr) as bar:
        added = write_rows(rows, where, bar.update)
    again = f", {doubles} en double dans le fichier" if doubles else ""
    click.echo(f"{added} contributions ajoutées, {len(rows) - added} déjà connues{again}.")
