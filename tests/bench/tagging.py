"""The tagger, all features on, beside spaCy's bare matcher: both warm, in turns, in one process on one core."""

import csv
import os
import statistics
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from analysis.referential import load_referential
from analysis.tagging import Tagger

TEXTS = Path(os.environ.get("TEXTS", "../shared/data/contributions.csv"))
ROUNDS, SAMPLE, GOAL, TERMS = 5, 6_000, 1.0, 300
# The terms that the bare matcher looks for: 30 things, alone or with each of 9 qualities.
THINGS = (
    "accès internet|réseau mobile|connexion|ordinateur|tablette|téléphone|imprimante|site|application|formulaire|"
    "mot de passe|compte|démarche|guichet|mairie|médiathèque|médiateur|agent|conseiller|formation|abonnement|forfait|"
    "facture|opérateur|données personnelles|paiement|carte bancaire|personne âgée|zone blanche|droit"
).split("|")
QUALITIES = "|trop cher|gratuit|compliqué|simple|en ligne|public|numérique|impossible|partout".split("|")


def terms() -> list[str]:
    return [f"{thing} {quality}".strip() for thing in THINGS for quality in QUALITIES][:TERMS]


def matcher() -> Callable[[str], object]:
    """spaCy's `blank("fr")` and a PhraseMatcher of the terms."""
    spacy, matching = import_module("spacy"), import_module("spacy.matcher")
    language = spacy.blank("fr")
    found = matching.PhraseMatcher(language.vocab, attr="LOWER")
    found.add("terms", [language.make_doc(term) for term in terms()])
    return lambda text: found(language(text))


def rate(read: Callable[[str], object], texts: list[str]) -> float:
    """Texts read in a second of this process's own time."""
    start = time.process_time()
    for text in texts:
        read(text)
    return len(texts) / (time.process_time() - start)


def measure_tagger() -> bool:
    if not TEXTS.exists():
        print(f"tagger: not measured, {TEXTS} is absent (TEXTS=file.csv says where texts are)")
        return True
    if not find_spec("spacy"):
        print("tagger: not measured beside spaCy, which is absent: pip install '.[bench]'")
        return True
    with TEXTS.open(encoding="utf-8", newline="") as file:
        rows = [row["text"] for row in csv.DictReader(file)]
    texts = rows[:: max(len(rows) // SAMPLE, 1)]
    floor, tag = matcher(), Tagger(load_referential()).tag
    rate(floor, texts), rate(tag, texts)
    pairs = [(rate(floor, texts), rate(tag, texts)) for _ in range(ROUNDS)]
    ratio = statistics.median(ours / theirs for theirs, ours in pairs)
    theirs, ours = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"tagger: spaCy {theirs:.0f} texts/s, ours {ours:.0f}, median ratio {ratio:.2f} (goal {GOAL:.2f})")
    return ratio >= GOAL


if __name__ == "__main__":
    measure_tagger()
