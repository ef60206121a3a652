"""The command that prints everyone's cards: the desk does the same from a button."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import click
from flask import current_app
from flask.cli import with_appcontext
from markupsafe import Markup

from cafe.assets import ROOT
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.extensions import writing
from cafe.forum.cafes import find_cafe
from cafe.people import printing, sheets

OWNER_ONLY = 0o600


@click.command("cards")
@click.option("--cafe", "slug", required=True, help="Le café dont les cartes portent le titre.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Un fichier .html ou .pdf.")
@with_appcontext
def cards(slug, output):
    """Imprimer une nouvelle carte pour chaque personne ; les anciennes ne marchent plus.

    Exemple : cafe cards --cafe essai -o cartes.pdf
    """
    if output.suffix not in (".html", ".pdf"):
        raise Refusal("Donnez un nom de fichier qui finit par .html ou .pdf.")
    cafe = find_cafe(slug)
    if cafe is None:
        raise NotFound(f"Le café « {slug} » n’existe pas.")
    try:
        number = _print(cafe.title, output)
    except OSError:
        raise Refusal(f"Impossible d’écrire {output} : vérifiez le nom, le dossier et vos droits.") from None
    click.echo(f"Cartes écrites dans {output} : {number}. Les anciennes ne marchent plus.")


def _print(title: str, output: Path) -> int:
    """Write the sheet aside before the cards change: when it cannot be written, no card dies."""
    with TemporaryDirectory(dir=output.parent) as folder:
        aside = Path(folder) / "cards"
        with writing():
            made = printing.issue_cards(printing.EVERYONE, str(uuid4()), current_app.config["KEYS"]["cards"], now())
            if not made:
                raise Refusal("Personne n’est encore invité : il n’y a pas de carte à imprimer.")
            aside.write_bytes(_sheet(made, title, output.suffix))
            aside.chmod(OWNER_ONLY)
        aside.replace(output)
    return len(made)


def _sheet(made, title: str, suffix: str) -> bytes:
    public_url = current_app.config["HOUSE"].public_url
    faces = sheets.faces(made, public_url)
    if suffix == ".pdf":
        return sheets.pdf(faces, title, public_url)
    # The file carries its own style, for it is opened far from the site.
    style = Markup((ROOT / "static" / "cards.css").read_text(encoding="utf-8"))
    template = current_app.jinja_env.get_template("people/sheet.html")
    return template.render(style=style, **sheets.printed(faces, title, public_url)).encode()
