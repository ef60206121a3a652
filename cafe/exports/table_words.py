"""What each column of a bundle's tables means, in French, for someone who has only the bundle."""

import csv
from pathlib import Path

from analysis.dictionary import DICTIONARIES

WHO = "La personne : un pseudonyme, le même dans toutes les tables"
TABLES = {
    "participants": {
        "participant": WHO, "group": "Groupe (sphère), par son code", "subgroup": "Sous-groupe",
        "profile": "Profil, tel que la personne l’a dit", "target": "Population prioritaire choisie",
        "place": "Lieu, tel que la personne l’a dit", "cluster": "Atelier, s’il y en a un",
    },
    "groups": {
        "group": "Code du groupe", "label": "Son nom", "side": "external : parties prenantes ; internal : l’opérateur",
        "in_total": "1 : le groupe compte dans le total",
    },
    "answers": {
        "participant": WHO, "question": "Code de la question",
        "kind": "rank : classement ; rate : notes ; choice, multi : choix ; regnier : vote",
        "option": "Option, une par ligne",
        "value": "rank : 1 pour la première ; rate : de 1 à 5 ; choice, multi : 1 ; regnier : niveau, blanc ou noir",
    },
    "contributions": {
        "contribution": "Numéro de la contribution", "participant": WHO,
        "source": "Façon de répondre : cafe, questionnaire, interview, workshop", "question": "Code de la question",
        "feeds": "Familles pour lesquelles ces mots comptent ; * : toutes", "about": "Ce dont la question parlait",
        "prompted": "1 : réponse à une relance, qui ne compte pas comme spontanée", "text": "Les mots",
        "created_at": "Moment, en UTC",
    },
    "tags": {
        "contribution": "Numéro de la contribution", "family": "Famille du référentiel", "tag": "Code du tag",
        "start": "Début du passage, en caractères comptés depuis 0", "end": "Fin du passage, exclue",
        "rule": "Règle qui l’a posé, s’il y en a une ; à la fin, mots : des mots appris de textes codés",
        "origin": "rule : par une règle ou des mots appris ; human : par une personne",
        "stance": "Comment une proposition est tenue : incontournable, souhaitable, dilemme, contre, ou rien",
    },
}  # fmt: skip
CODES = {
    "family": "Famille du référentiel", "code": "Code, unique dans sa famille", "label": "Ce qu’il veut dire",
    "parent": "Code dont il dépend ; pour les freins : l’enjeu d’un champ d’action",
}  # fmt: skip


def write_table_words(path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["fichier", "colonne", "définition"])
        for name, columns in TABLES.items():
            writer.writerows((f"tables/{name}.csv", column, meaning) for column, meaning in columns.items())
        writer.writerows(("codes.csv", column, meaning) for column, meaning in CODES.items())
        scores = DICTIONARIES["scores"]
        writer.writerows(("resultats/scores.csv", column, f"{meaning} ({unit})") for column, meaning, unit in scores)
