"""The command `cafe`: each subject brings its own, read when asked for; a refusal is one sentence and exit 1."""

import gc
import sys

import click
from flask import Flask
from flask.cli import AppGroup, ScriptInfo
from werkzeug.utils import import_string

from analysis.errors import BadInput
from cafe import bare_app, create_app
from cafe.errors import Refusal
from config import read_config

IMPORTS = {
    "contributions": "cafe.forum.importing:import_contributions",
    "tags": "cafe.exports.importing:import_tags",
    "frames": "cafe.results.importing:import_frames",
}
COMMANDS = {
    "init": "cafe.running:init",
    "demo": "cafe.demo.commands:demo",
    "serve": "cafe.running:serve",
    "organiser": "cafe.people.commands:organiser",
    "cards": "cafe.card_printing:cards",
    "scheduler": "cafe.scheduler:scheduler",
    "new-cafe": "cafe.forum.commands:new_cafe",
    "import": "cafe.cli:import_group",
    "tag": "cafe.referential.commands:tag_file",
    "score": "cafe.results.commands:score_dir",
    "freeze": "cafe.results.commands:freeze_dataset",
    "export": "cafe.exports.commands:export_command",
    "export-job": "cafe.exports.commands:export_job",
    "report": "cafe.restitution.commands:report_command",
    "report-job": "cafe.restitution.commands:report_job",
}
# Those that need the base and no page.
BARE = {"export", "export-job"}
# Objects between two turns of the collector: by default it goes again and again through what a library just made.
OBJECTS = 50_000


class LateGroup(AppGroup):
    """Commands by name and place, each loaded when it is asked for: an export needs no library of charts."""

    def __init__(self, *parts, places: dict[str, str], **settings):
        super().__init__(*parts, **settings)
        self.places = places

    def list_commands(self, _context) -> list[str]:
        return sorted(self.places)

    def get_command(self, _context, name: str) -> click.Command | None:
        return import_string(self.places[name]) if name in self.places else None


import_group = LateGroup("import", places=IMPORTS, help="Faire entrer ce qui a été dit ailleurs.")
cafe = LateGroup("cafe", places=COMMANDS, help="La plateforme d’un dialogue : café, tags, scores.")


def main() -> None:
    """Run a command; what is refused ends with one French sentence on stderr."""
    gc.set_threshold(OBJECTS)
    info = ScriptInfo(create_app=_application, set_debug_flag=False)
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


def _application() -> Flask:
    """The application that the command asked for needs."""
    asked = click.get_current_context().find_root().invoked_subcommand
    return (bare_app if asked in BARE else create_app)(read_config())


def _stop(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(1)
