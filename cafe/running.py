"""Commands that prepare an install and serve it."""

import click

from cafe import create_app
from cafe.keys import write_keys
from cafe.server import Server
from cafe.setup import initialise, migrate_base
from config import read_config


@click.command("init")
@click.option("--title", default="Dialogue", show_default=True, help="Le titre du dialogue.")
def init(title):
    """Un dialogue vide : clés, base, référentiel.

    Exemple : cafe init --title "Précarité et numérique"
    """
    config = read_config()
    write_keys(config.data)
    initialise(create_app(config), title)
    click.echo(f"Le dialogue « {title} » est prêt dans {config.data}.")


@click.command("serve")
def serve():
    """Servir le site (gunicorn), sur PORT.

    Exemple : PORT=8000 cafe serve
    """
    config = read_config()
    migrate_base(create_app(config))
    Server(config).run()
