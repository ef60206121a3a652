"""Learn words from coded texts: `python -m analysis.learned_training CODED > words.csv`.

The file has the columns text and those of the families, their codes separated by spaces. Each tag has a logistic
regression with an L2 penalty, whose cues are first scaled by how much they set the tag's texts apart: the log of the
ratio of their smoothed frequencies (Wang and Manning 2012, « NBSVM »).
scikit-learn is needed: `pip install '.[test]'`.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import numpy as np

from analysis.learned_words import LearnedWords, Weight, stem_of
from analysis.referential import load_referential
from analysis.rules_ready import name_of_rule
from analysis.tagging import Tagger, Tried

# Populations are named, not said in many ways: words would add nothing.
FAMILIES = ("freins", "usages")
PENALTY, SEED = 2.0, 2026
# Evens the scale of cues with that of the start, which the penalty weighs too.
SCALE = 4
# How far apart a cue may set a tag's texts, and what a scaled cue must weigh to be kept.
FARTHEST, LEAST = 3, 0.2
# A tag seen more rarely is not learnt, nor a cue found in fewer texts.
FEWEST_TEXTS, FEWEST_CUES = 12, 4


def learn(coded: Iterable[dict[str, str]], tagger: Tagger) -> Iterator[Weight]:
    """The weights of the cues and the start of each tag, from the coded texts where learnt words may speak."""
    rows = [(row, tried) for row in coded if (tried := tagger.heard(row["text"]))]
    names, cues = _cues([tried for _row, tried in rows])
    for family in tagger.referential.families:
        for tag in family.tags if family.code in FAMILIES else ():
            of_tag = np.array([tag.code in row[family.code].split() for row, _tried in rows])
            if of_tag.sum() >= FEWEST_TEXTS:
                start, weights = _fit(cues, of_tag)
                yield Weight(family.code, tag.code, "", round(100 * start))
                hundredths = (100 * SCALE * weights).round().astype(int)
                for at in np.flatnonzero(hundredths):
                    yield Weight(family.code, tag.code, names[at], int(hundredths[at]))


def _cues(texts: list[Tried]):
    """The names of the cues that are in enough texts, and what each text has of them (texts × cues, sparse)."""
    vectorizer = import_module("sklearn.feature_extraction").DictVectorizer()
    counts = vectorizer.fit_transform([dict.fromkeys(_names(one), 1.0) for one in texts])
    often = np.asarray((counts > 0).sum(axis=0)).ravel() >= FEWEST_CUES
    roots = np.sqrt([one.said().distinct for one in texts])
    return vectorizer.get_feature_names_out()[often], counts[:, often].multiply((SCALE / roots)[:, None]).tocsr()


def _names(tried: Tried) -> set[str]:
    """The cues of a text: its words, those side by side, and the rules that have all their words in it."""
    stems = [stem_of(word) for word in tried.reading.words.given]
    rules = {name_of_rule(one.family, one.tag, one.rule) for one in tried.candidates}
    return {*stems, *map(" ".join, pairwise(stems)), *rules}


def _fit(cues, of_tag: np.ndarray) -> tuple[float, np.ndarray]:
    """The start of a tag and the weights of the cues (texts × cues), given which texts are of the tag."""
    apart = _apart(cues, of_tag)
    model = import_module("sklearn.linear_model").LogisticRegression(
        C=PENALTY, solver="liblinear", tol=1e-3, max_iter=300, random_state=SEED
    )
    model.fit(cues.multiply(apart).tocsr(), of_tag)
    (weights,) = model.coef_
    return float(model.intercept_[0]), np.where(abs(weights) < LEAST, 0, weights) * apart


def _apart(cues, of_tag: np.ndarray) -> np.ndarray:
    """How much each cue sets the tag's texts apart: log((k + 1) / (K + 2)) among them, less that of the others."""
    there = cues > 0
    shares = [(np.asarray(there[of].sum(axis=0)).ravel() + 1) / (of.sum() + 2) for of in (of_tag, ~of_tag)]
    return np.clip(np.log(shares[0] / shares[1]), -FARTHEST, FARTHEST) / 2


def write(weights: Iterable[Weight], file) -> None:
    """Write weights as a table: a row a cue, a column a tag."""
    by_cue: dict[str, dict[str, int]] = {}
    keys: dict[str, None] = {}
    for family, tag, name, weight in weights:
        by_cue.setdefault(name, {})[f"{family}.{tag}"] = weight
        keys[f"{family}.{tag}"] = None
    writer = csv.DictWriter(file, ["cue", *keys], lineterminator="\n")
    writer.writeheader()
    writer.writerows({"cue": name, **row} for name, row in sorted(by_cue.items()))


def main() -> None:
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        write(learn(csv.DictReader(file), Tagger(load_referential(), LearnedWords())), sys.stdout)


if __name__ == "__main__":
    main()
