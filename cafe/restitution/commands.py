"""`cafe report`: the restitution as a PPTX or an HTML file."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import click
from flask import current_app
from flask.cli import with_appcontext
from tqdm import tqdm

from cafe.errors import Refusal
from cafe.exports.commands import LOW_PRIORITY
from cafe.exports.desk import vault
from cafe.restitution import documents
from cafe.restitution.making import FORMATS, gather, write_document


@click.command("report")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Un fichier .pptx ou .html.")
@click.option("--frozen", type=click.IntRange(1), help="Un jeu de données figé, par son numéro ; sinon, en direct.")
@with_appcontext
def report_command(output, frozen):
    """Écrire la restitution : tous les résultats, leurs graphiques, leurs paroles, ce que l’équipe en retient.

    Exemple : cafe report -o restitution.pptx --frozen 1
    """
    format, now, app = output.suffix.lower().removeprefix("."), datetime.now(UTC), current_app
    if format not in FORMATS:
        raise Refusal("Le nom du fichier doit finir par .pptx ou .html.")
    click.echo("Les chiffres se lisent ou se calculent…", err=True)
    deck = gather(frozen or 0, now).deck
    with tqdm(total=len(deck.slides), desc="Pages", file=sys.stderr) as bar:
        _write_whole(deck, format, output, app, bar.update)
    documents.note_outside(str(uuid4()), format, frozen or 0, len(deck.slides), now)
    click.echo(f"Restitution écrite dans {output} : {len(deck.slides)} pages.")


def _write_whole(deck, format: str, output: Path, app, tell) -> None:
    """Written aside, then put in place: a file cut short never takes the name."""
    try:
        with TemporaryDirectory(dir=output.parent) as folder:
            aside = Path(folder) / output.name
            write_document(deck, format, aside, app, tell)
            aside.replace(output)
    except OSError:
        raise Refusal(f"Impossible d’écrire {output} : vérifiez le nom, le dossier et vos droits.") from None


@click.command("report-job", hidden=True)
@click.argument("export_id", type=int)
@with_appcontext
def report_job(export_id):
    """Écrire un document demandé depuis le site. Exemple : cafe report-job 12"""
    os.nice(LOW_PRIORITY)
    documents.make(export_id, vault(), current_app._get_current_object(), current_app.config["CLOCK"])
