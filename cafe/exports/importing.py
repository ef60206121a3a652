"""The command that brings corrected tags back."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from cafe.errors import NotFound
from cafe.exports.tag_import import apply_tags, plan_tags, read_tag_file
from cafe.exports.tag_plan import told_counts
from cafe.extensions import run
from cafe.people.models import Staff
from cafe.web import key_of

SAID = {
    "unknown_texts": "inconnus (l’export doit avoir des pseudonymes stables)", "gone": "retirés ou masqués depuis",
    "changed": "changés depuis", "unclear": "dont les colonnes se contredisent", "own": "de vos propres mots",
}  # fmt: skip


@click.command("tags")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", help="L’identifiant de qui a corrigé.")
@click.option("--dry-run", is_flag=True, help="Dire ce qui changerait, sans rien changer.")
@with_appcontext
def import_tags(file, by, dry_run):
    """Importer des tags corrigés : un CSV exporté d’ici avec des pseudonymes stables, un .qdpx ou un .qdc.

    Exemple : cafe import tags contributions.csv --by camille --dry-run
    """
    staff_id, key, found = _staff(by), key_of("session"), read_tag_file(file)
    plan = plan_tags(found, key, staff_id) if dry_run else apply_tags(found, key, staff_id, datetime.now(UTC))
    click.echo(f"{'Seraient' if dry_run else 'Tags'} : {told_counts(plan)}.")
    for name, meaning in SAID.items():
        if left := getattr(plan, name):
            click.echo(f"Textes laissés, {meaning} : {len(left)}.")
    for code, times in plan.unknown_codes.most_common():
        click.echo(f"Code inconnu du référentiel : {code or 'sans nom'} ({times}).")
    if found.kind == "qdc":
        click.echo("Un .qdc ne porte que des codes : aucun tag ne peut en venir.")


def _staff(login: str | None) -> int | None:
    number = run(select(Staff.id).where(Staff.login == login)).scalar()
    if login and number is None:
        raise NotFound(f"Personne de l’équipe n’a l’identifiant « {login} ».")
    return number
