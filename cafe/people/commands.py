import click
from flask.cli import with_appcontext

from cafe.clock import now
from cafe.people.accounts import Account, create_account
from cafe.people.cards import draw_words


@click.command("organiser")
@click.argument("login")
@with_appcontext
def organiser(login):
    """Ouvrir un compte d’organisation : le mot de passe s’affiche une seule fois.

    Exemple : cafe organiser marie
    """
    password = draw_words(5)
    create_account(Account(login, "organiser"), password, now())
    click.echo(f"Le compte « {login} » est ouvert. Mot de passe, montré une seule fois : {password}")
