"""`cafe score`: from a directory of tables to its scores."""

import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from tqdm import tqdm

from analysis.coverage import coverage
from analysis.frames import SILENT, Frames, read_frames
from analysis.referential import load_referential
from analysis.scoring import DRAWS, SEED, score

DICTIONARY = (
    ("section", "ce que la question demande", "code"),
    ("measure", "expressed : part des réponses exprimées ; cited : part des personnes ; score : points", "code"),
    ("view", "total, all, group, target, group_target", "code"),
    ("group", "groupe, quand la vue en fixe un", "code"),
    ("subgroup", "sous-groupe, quand la vue en fixe un", "code"),
    ("profile", "profil, quand la vue en fixe un", "code"),
    ("source", "façon de répondre, quand la vue en fixe une", "code"),
    ("target", "population prioritaire, quand la vue en fixe une", "code"),
    ("option", "option du référentiel", "code"),
    ("n", "personnes qui ont cette mesure ici", "personnes"),
    ("value", "valeur, chaque groupe pesant autant", "part de 0 à 1"),
    ("unweighted", "valeur, toutes les personnes ensemble", "part de 0 à 1"),
    ("low", "borne basse de l’intervalle de stabilité à 95 %, vide sous 2 unités", "part de 0 à 1"),
    ("high", "borne haute de l’intervalle de stabilité à 95 %, vide sous 2 unités", "part de 0 à 1"),
    ("rank", "rang par valeur, puis par code", "rang"),
    ("kish", "taille efficace de Kish : G² / Σ(1/n_g)", "personnes"),
    ("fragile", "fragile : groupe de moins de 5 personnes ; indicatif : la vue en contient un", "mention"),
)


@click.command("score")
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Le dossier des résultats.")
@click.option("--referential", type=click.Path(path_type=Path), help="Un autre référentiel que celui livré.")
def score_dir(directory, output, referential):
    """Calculer les scores d’un dossier de tables (participants.csv, answers.csv, contributions.csv, tags.csv).

    Exemple : cafe score tables/ -o resultats/
    """
    frames, known = read_frames(directory), load_referential(referential)
    with tqdm(desc="Scores", unit=" mesures", file=sys.stderr) as bar:
        scores = score(frames, known, progress=lambda _name: bar.update())
    output.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=output) as folder:
        aside = Path(folder)
        scores.to_csv(aside / "scores.csv", index=False, lineterminator="\n")
        _write_dictionary(aside / "scores.dictionary.csv")
        (aside / "summary.json").write_text(json.dumps(_summary(frames, known, scores), ensure_ascii=False, indent=2))
        for path in aside.iterdir():
            path.replace(output / path.name)
    click.echo(f"{len(scores)} lignes de scores sont dans {output}.")


def _write_dictionary(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("column", "meaning", "unit"), *DICTIONARY])


def _summary(frames: Frames, known, scores) -> dict:
    silent = frames.answers[frames.answers["option"].isin(SILENT)]
    return {
        "participants": len(frames.participants),
        "participants_by_group": frames.participants["group"].value_counts().sort_index().to_dict(),
        "contributions": len(frames.contributions),
        "coverage": {"freins": asdict(coverage(frames, "freins"))},
        "silent_answers": {option: int((silent["option"] == option).sum()) for option in SILENT},
        "sections": sorted(scores["section"].unique()),
        "referential": {"slug": known.slug, "version": known.version, "hash": known.hash},
        "draws": DRAWS,
        "seed": SEED,
    }
