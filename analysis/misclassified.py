"""« cited » corrected for the tagger's measured errors; to show beside the figure, never instead."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from analysis.frames import Frames
from analysis.heard import fed
from analysis.people import People
from analysis.points import Measured
from analysis.scoring import Section

COLUMNS = ("section", "view", "group", "option", "cited", "corrected")
# (sensitivity, specificity) by (section, option): of the people who say it, the share found; of the others, spared.
Errors = Mapping[tuple[str, str], tuple[float, float]]


def corrected_cited(sections: Collection[Section], errors: Errors, people: People) -> pd.DataFrame:
    """The options whose errors are known, in total, all and each group: `cited`, and what it would be without them.

    Rogan & Gladen (1978), American Journal of Epidemiology 107: (p + specificity − 1) / (sensitivity + specificity −
    1), kept within 0 and 1. Only what was read from words is corrected; rankings and choices have no tagger.
    """
    rows = []
    for section in sections:
        if section.measure == "cited":
            (part,) = section.parts
            own = [place for place, option in enumerate(part.options) if (section.name, option) in errors]
            for place in own:
                rows += _option_rows(section.name, part, place, errors[section.name, part.options[place]], people)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _option_rows(section: str, part: Measured, place: int, error: tuple[float, float], people: People) -> list[tuple]:
    cites, groups = part.numerator[:, place], people.group[part.people]
    by_group = {group: _both(cites[groups == group], part.from_words[groups == group], error)
                for group in np.unique(groups)}  # fmt: skip
    counted = [both for group, both in by_group.items() if people.in_total[group]]
    views = [("total", "", counted), ("all", "", list(by_group.values()))]
    views += [("group", people.groups[group], [both]) for group, both in by_group.items()]
    option = part.options[place]
    return [(section, view, group, option, *np.mean(both, axis=0)) for view, group, both in views if both]


def _both(cites: np.ndarray, from_words: np.ndarray, error: tuple[float, float]) -> tuple[float, float]:
    """A group's share as read, and corrected: the part read from words is, the rest stands."""
    if not from_words.any():
        return float(cites.mean()), float(cites.mean())
    words = rogan_gladen(float(cites[from_words].mean()), *error)
    corrected = (words * from_words.sum() + cites[~from_words].sum()) / len(cites)
    return float(cites.mean()), float(corrected)


def rogan_gladen(share: float, sensitivity: float, specificity: float) -> float:
    """The share that errors of this size would have shown as `share`; nan when the tagger tells nothing."""
    told = sensitivity + specificity - 1
    return min(max((share + specificity - 1) / told, 0.0), 1.0) if told > 0 else float("nan")


def errors_over_people(sections: Collection[Section], over_texts: Errors, frames: Frames, people: People) -> Errors:
    """The errors of each section's options over its people, from those over texts, by (family, option)."""
    families = tuple(sorted({family for family, _ in over_texts}))
    author = people.positions(frames.contributions["participant"])
    counted = fed(frames.contributions, families)
    wrote = {
        family: np.bincount(author[own], minlength=len(people)) for family, own in zip(families, counted.T, strict=True)
    }
    made = {}
    for section in sections:
        family = section.name.split(".")[0]
        if section.measure == "cited" and family in wrote:
            (part,) = section.parts
            texts = wrote[family][part.people[part.from_words]]
            known = (option for option in part.options if len(texts) and (family, option) in over_texts)
            made |= {(section.name, option): person_errors(*over_texts[family, option], texts) for option in known}
    return made


def person_errors(sensitivity: float, specificity: float, texts: np.ndarray) -> tuple[float, float]:
    """The errors over people, from those over texts: `texts`: how many texts that count each person wrote.

    Rogan & Gladen correct a share of people, while gold measures texts. Where errors in a person's k texts are
    independent, and whoever says it says it in one of them: specificity_p = specificity^k, sensitivity_p =
    1 − (1 − sensitivity) · specificity^(k − 1); the mean over people. This extension is this project's.
    """
    spared = specificity ** np.asarray(texts, dtype=float)
    before = specificity ** (np.asarray(texts, dtype=float) - 1)
    return float((1 - (1 - sensitivity) * before).mean()), float(spared.mean())
