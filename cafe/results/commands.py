"""`cafe score`: from a directory of tables to its scores; `cafe freeze`: a dated snapshot of the dialogue's."""

import csv
import json
import sys
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import click
import pandas as pd
from flask.cli import with_appcontext
from tqdm import tqdm

from analysis.dictionary import DICTIONARIES
from analysis.frames import read_frames
from analysis.materiality import Thresholds
from analysis.referential import load_referential
from analysis.tables import Tables, tables
from cafe.results.freezing import STEPS, find, freeze

SHARE = click.FloatRange(0, 1)


@click.command("score")
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Le dossier des résultats.")
@click.option("--referential", type=click.Path(path_type=Path), help="Un autre référentiel que celui livré.")
@click.option("--external-threshold", type=SHARE, default=Thresholds.external, help="Part qui rend haut l’axe externe.")
@click.option("--internal-threshold", type=SHARE, default=Thresholds.internal, help="Part qui rend haut l’axe interne.")
def score_dir(directory, output, referential, external_threshold, internal_threshold):
    """Calculer les scores d’un dossier de tables (participants.csv, answers.csv, contributions.csv, tags.csv).

    Exemple : cafe score tables/ -o resultats/
    """
    frames, known = read_frames(directory), load_referential(referential)
    thresholds = Thresholds(external_threshold, internal_threshold)
    with tqdm(desc="Scores", unit=" familles", file=sys.stderr) as bar:
        made = tables(frames, known, thresholds=thresholds, progress=lambda _name: bar.update())
    output.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=output) as folder:
        _write(made, Path(folder))
        for path in Path(folder).iterdir():
            path.replace(output / path.name)
    click.echo(f"{len(made.scores)} lignes de scores sont dans {output}.")


@click.command("freeze")
@click.option("--title", required=True, help="Ce que ce jeu garde : « Fin de la consultation ».")
@with_appcontext
def freeze_dataset(title):
    """Figer les résultats de maintenant : un jeu daté, avec son empreinte, sur lequel les chiffres ne bougent plus.

    Exemple : cafe freeze --title "Fin de la consultation"
    """
    with tqdm(desc="Jeu figé", total=STEPS, file=sys.stderr) as bar:
        number = freeze(title, str(uuid4()), None, datetime.now(UTC), lambda done, _total: bar.update(done - bar.n))
        bar.update(STEPS - bar.n)
    click.echo(f"Jeu {number}, SHA-256 {find(number).sha256}.")


def _write(made: Tables, folder: Path) -> None:
    """Each table with the dictionary of its columns, and the summary."""
    for field in fields(made):
        content = getattr(made, field.name)
        if isinstance(content, pd.DataFrame):
            content.to_csv(folder / f"{field.name}.csv", index=False, lineterminator="\n", encoding="utf-8")
            _write_dictionary(DICTIONARIES[field.name], folder / f"{field.name}.dictionary.csv")
    text = json.dumps(made.summary, ensure_ascii=False, indent=2)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")


def _write_dictionary(columns: list[tuple[str, str, str]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("column", "meaning", "unit"), *columns])
