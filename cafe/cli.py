"""The command `cafe`: each subject brings its commands; a refusal is one sentence and exit 1."""

import sys

import click
from flask.cli import AppGroup, ScriptInfo

from analysis.errors import BadInput
from cafe import create_app
from cafe.card_printing import cards
from cafe.demo.commands import demo
from cafe.errors import Refusal
from cafe.exports.commands import export_command, export_job
from cafe.exports.importing import import_tags
from cafe.forum.commands import new_cafe
from cafe.forum.importing import import_group
from cafe.people.commands import organiser
from cafe.referential.commands import tag_file
from cafe.results.commands import freeze_dataset, score_dir
from cafe.results.importing import import_frames
from cafe.running import init, serve
from cafe.scheduler import scheduler
from config import read_config

COMMANDS = (
    init, demo, serve, organiser, cards, scheduler, new_cafe, import_group, tag_file, score_dir, export_command,
    export_job, freeze_dataset,
)  # fmt: skip


@click.group("cafe", cls=AppGroup, help="La plateforme d’un dialogue : café, tags, scores.")
def cafe():
    pass


for command in COMMANDS:
    cafe.add_command(command)
import_group.add_command(import_tags)
import_group.add_command(import_frames)


def main() -> None:
    """Run a command; what is refused ends with one French sentence on stderr."""
    info = ScriptInfo(create_app=lambda: create_app(read_config()), set_debug_flag=False)
    try:
        cafe.main(obj=info, standalone_mode=False)
    except (Refusal, BadInput) as refusal:
        _stop(str(refusal))
    except click.UsageError as error:
        error.show()
        sys.exit(1)
    except click.ClickException as error:
        _stop(error.format_message())
    except click.Abort:
        _stop("Arrêté. Rien de ce qui était en cours n’est gardé.")


def _stop(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(1)
