import os
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import click
from flask import current_app
from flask.cli import with_appcontext

from cafe.errors import Refusal
from cafe.exports.choices import REVIEWED, SOURCE_LABELS, Choices
from cafe.exports.desk import vault
from cafe.exports.formats import FORMATS
from cafe.exports.services import corpus_of, note_outside, write_export
from cafe.exports.sql import read_in_place

LOW_PRIORITY = 10


@click.command("export")
@click.argument("format", type=click.Choice(list(FORMATS)))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Le fichier ou le dossier.")
@click.option("--stable-pseudonyms", "stable", is_flag=True, help="Les mêmes pseudonymes à chaque export.")
@click.option("--public", is_flag=True, help="Pour publier : sans petits effectifs, ni heure, ni mots pour l’équipe.")
@click.option("--group", help="Un groupe, par son code.")
@click.option("--target", help="Une population prioritaire, par son code.")
@click.option("--question", help="Une question, par son code.")
@click.option("--day", type=click.IntRange(1, 999), help="Un jour du café.")
@click.option("--tag", help="Une famille, ou famille:code.")
@click.option("--source", type=click.Choice(list(SOURCE_LABELS)), help="Une façon de répondre.")
@click.option("--reviewed", type=click.Choice(list(REVIEWED)), help="Relus par l’équipe, ou non.")
@with_appcontext
def export_command(format, output, **asked):
    """Exporter les contributions, leurs tags, leur groupe et leur jour, sous pseudonymes.

    Exemple : cafe export xlsx -o contributions.xlsx --group grand_public --public
    """
    choices = Choices(**{name: value for name, value in asked.items() if value})
    now = datetime.now(UTC)
    read_in_place()
    corpus = corpus_of(format, choices, vault(), now)
    try:
        if format == "frames":
            # Loaded late, as every format is.
            import_module("cafe.exports.frames_dir").write_frames_dir(corpus, output)
        else:
            _write_whole(FORMATS[format], corpus, output)
    except OSError:
        raise Refusal(f"Impossible d’écrire {output} : vérifiez le nom, le dossier et vos droits.") from None
    note_outside(str(uuid4()), format, choices, now)
    click.echo(f"Contributions écrites dans {output} : {len(corpus.texts)}.")


def _write_whole(format, corpus, output: Path) -> None:
    """Written aside, then put in place: a file cut short never takes the name."""
    with TemporaryDirectory(dir=output.parent) as folder:
        aside = Path(folder) / "export"
        format.write(corpus, aside)
        aside.replace(output)


@click.command("export-job", hidden=True)
@click.argument("export_id", type=int)
@with_appcontext
def export_job(export_id):
    """Écrire un export demandé depuis le site. Exemple : cafe export-job 12"""
    os.nice(LOW_PRIORITY)
    read_in_place()
    write_export(export_id, vault(), current_app.config["CLOCK"])
