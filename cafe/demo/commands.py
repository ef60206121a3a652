import click

from cafe import create_app
from cafe.demo import build
from cafe.keys import write_keys
from cafe.people.accounts import ROLE_LABELS
from cafe.server import Server
from cafe.setup import initialise
from config import read_config


@click.command("demo")
@click.option("--no-serve", is_flag=True, help="Préparer la démonstration sans la servir.")
def demo(no_serve):
    """Un dialogue fictif : 31 citoyens, un café au 9e jour sur 15, servi à une adresse affichée.

    Exemple : PORT=8000 cafe demo
    """
    config = read_config()
    write_keys(config.data)
    app = create_app(config)
    initialise(app, build.TITLE, fictional=True)
    with app.app_context():
        doors = _prepare(app, config)
    _print_doors(doors)
    if not no_serve:
        Server(config).run()


def _prepare(app, config) -> dict:
    now = app.config["CLOCK"]()
    if build.is_built():
        build.move_to_today(now)
        doors = build.read_doors(config.data)
    else:
        click.echo("Écriture du dialogue fictif…")
        doors = build.build(now)
    doors["address"] = config.public_url
    build.write_doors(config.data, doors)
    return doors


def _print_doors(doors: dict) -> None:
    click.echo(f"\nDémonstration (personnes et messages fictifs) : {doors['address']}")
    click.echo(f"  Citoyen — carte : {doors['cards']['citizen']}")
    click.echo(f"  Équipe : {doors['address']}/equipe/entrer")
    for role, label in ROLE_LABELS.items():
        account = doors["staff"][role]
        click.echo(f"  {label} — identifiant : {account['login']} · mot de passe : {account['password']}")
    click.echo("\nCtrl+C pour arrêter.")
