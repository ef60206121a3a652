"""The command `cafe`: each subject brings its own, read when asked for; a refusal is one sentence and exit 1."""

import gc
import sys
from dataclasses import dataclass

import click
from flask import Flask
from flask.cli import AppGroup, ScriptInfo
from werkzeug.utils import import_string

from analysis.errors import BadInput
from cafe import bare_app, create_app
from cafe.errors import Refusal
from config import read_config


@dataclass(frozen=True)
class Late:
    """Where a command is, and how its help begins: the help of all then loads none. A hidden one has no help here."""

    place: str
    help: str = ""


IMPORTS = {
    "contributions": Late(
        "cafe.forum.importing:import_contributions",
        "Importer des contributions : colonne text ; si présentes id, participant, question, created_at.",
    ),
    "tags": Late(
        "cafe.exports.importing:import_tags",
        "Importer des tags corrigés : un CSV exporté d’ici avec des pseudonymes stables, un .qdpx ou un .qdc.",
    ),
    "frames": Late(
        "cafe.results.importing:import_frames",
        "Importer des entretiens ou des ateliers tenus ailleurs : les tables de « cafe export frames », "
        "dans un dossier.",
    ),
}
COMMANDS = {
    "init": Late("cafe.running:init", "Un dialogue vide : clés, base, référentiel."),
    "demo": Late(
        "cafe.demo.commands:demo",
        "Un dialogue fictif : 31 citoyens, un café au 9e jour sur 15, servi à une adresse affichée.",
    ),
    "serve": Late("cafe.running:serve", "Servir le site (gunicorn), sur PORT."),
    "organiser": Late(
        "cafe.people.commands:organiser",
        "Ouvrir un compte d’organisation : le mot de passe s’affiche une seule fois.",
    ),
    "cards": Late(
        "cafe.card_printing:cards",
        "Imprimer une nouvelle carte pour chaque personne ; les anciennes ne marchent plus.",
    ),
    "scheduler": Late(
        "cafe.scheduler:scheduler",
        "Ce qui se fait à l’heure dite : messages, rappels, fin du café, travaux de la nuit.",
    ),
    "new-cafe": Late("cafe.forum.commands:new_cafe", "Créer un café et ses questions depuis un fichier YAML."),
    "import": Late("cafe.cli:import_group", "Faire entrer ce qui a été dit ailleurs."),
    "tag": Late(
        "cafe.referential.commands:tag_file",
        "Poser les tags sur un fichier de textes : colonnes id, text et, si elle existe, question.",
    ),
    "score": Late(
        "cafe.results.commands:score_dir",
        "Calculer les scores d’un dossier de tables (participants.csv, answers.csv, contributions.csv, tags.csv).",
    ),
    "freeze": Late(
        "cafe.results.commands:freeze_dataset",
        "Figer les résultats de maintenant : un jeu daté, avec son empreinte, sur lequel les chiffres ne bougent plus.",
    ),
    "export": Late(
        "cafe.exports.commands:export_command",
        "Exporter les contributions, leurs tags, leur groupe et leur jour, sous pseudonymes.",
    ),
    "export-job": Late("cafe.exports.commands:export_job"),
    "report": Late(
        "cafe.restitution.commands:report_command",
        "Écrire la restitution : tous les résultats, leurs graphiques, leurs paroles, ce que l’équipe en retient.",
    ),
    "report-job": Late("cafe.restitution.commands:report_job"),
}
# Those that need the base and no page.
BARE = {"export", "export-job"}
# Objects between two turns of the collector: by default it goes again and again through what a library just made.
OBJECTS = 50_000


class LateGroup(AppGroup):
    """Commands by name, each loaded when it is asked for: an export needs no library of charts."""

    def __init__(self, *parts, known: dict[str, Late], **settings):
        super().__init__(*parts, **settings)
        self.known = known

    def list_commands(self, _context) -> list[str]:
        return sorted(self.known)

    def get_command(self, _context, name: str) -> click.Command | None:
        return import_string(self.known[name].place) if name in self.known else None

    def format_commands(self, _context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, late.help) for name, late in sorted(self.known.items()) if late.help])


import_group = LateGroup("import", known=IMPORTS, help="Faire entrer ce qui a été dit ailleurs.")
cafe = LateGroup("cafe", known=COMMANDS, help="La plateforme d’un dialogue : café, tags, scores.")


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
