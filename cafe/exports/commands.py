from pathlib import Path
from tempfile import TemporaryDirectory

import click
from flask.cli import with_appcontext

from cafe.errors import Refusal
from cafe.exports.formats import FORMATS
from cafe.exports.frames_dir import write_frames_dir
from cafe.referential.services import current_tagger
from cafe.results.frames import frames_from_base


@click.command("export")
@click.argument("format", type=click.Choice(list(FORMATS)))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Le fichier ou le dossier.")
@click.option("--stable-pseudonyms", is_flag=True, help="Les mêmes pseudonymes à chaque export.")
@with_appcontext
def export_command(format, output, stable_pseudonyms):
    """Exporter les contributions, leurs tags, leur groupe et leur jour, sous pseudonymes.

    Exemple : cafe export xlsx -o contributions.xlsx
    """
    frames = frames_from_base(stable_pseudonyms)
    try:
        if format == "frames":
            write_frames_dir(frames, output)
        else:
            _write_whole(FORMATS[format], frames, output)
    except OSError:
        raise Refusal(f"Impossible d’écrire {output} : vérifiez le nom, le dossier et vos droits.") from None
    click.echo(f"Contributions écrites dans {output} : {len(frames.contributions)}.")


def _write_whole(format, frames, output: Path) -> None:
    """Written aside, then put in place: a file cut short never takes the name."""
    with TemporaryDirectory(dir=output.parent) as folder:
        aside = Path(folder) / "export"
        format.write(frames, list(current_tagger().referential.families), aside)
        aside.replace(output)
