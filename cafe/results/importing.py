"""The command that brings in interviews and workshops held elsewhere."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from cafe.clock import now as clock_now
from cafe.guide.published import current_guide
from cafe.referential.services import current_tagger
from cafe.results.frames_files import read_tables
from cafe.results.frames_import import Import, write_tables
from cafe.results.frames_questions import Asked
from cafe.web import key_of


@click.command("frames")
@click.argument("directory", type=click.Path(path_type=Path))
@with_appcontext
def import_frames(directory):
    """Importer des entretiens ou des ateliers tenus ailleurs : les tables de « cafe export frames », dans un dossier.

    participants.csv, et s’ils sont là groups, answers, contributions, tags. Sans tags.csv, nos règles en posent.

    Exemple : cafe import frames entretiens/
    """
    moment = clock_now()
    tables = read_tables(directory, moment)
    found = current_guide()
    where = Import(key_of("cards"), current_tagger(), Asked(found and found.guide), moment)
    added = write_tables(tables, where)
    known = len(tables.contributions) - added.contributions
    click.echo(
        f"{added.people} personnes, {added.answers} réponses et {added.contributions} contributions ajoutées ; "
        f"{known} contributions déjà connues."
    )
