from pathlib import Path

import click
from flask.cli import with_appcontext

from cafe.forum.definition import read_definition
from cafe.forum.services import create_cafe


@click.command("new-cafe")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def new_cafe(file):
    """Créer un café et ses questions depuis un fichier YAML.

    Exemple : cafe new-cafe cafe.yaml
    """
    cafe = create_cafe(read_definition(file))
    click.echo(f"Le café « {cafe.title} » est créé : {cafe.days} jours à partir du {cafe.first_day:%d/%m/%Y}.")
