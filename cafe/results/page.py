"""The page of the obstacles, put together: filters, sentence, chart, table."""

from dataclasses import dataclass

import pandas as pd

from cafe.people.models import Group
from cafe.results.sentences import headline
from cafe.results.services import Results

MEASURES = {"expressed": "réponses exprimées", "cited": "personnes", "score": "points"}
VIEWS = {"total": "groupes du total", "all": "tous les groupes entendus"}
MEANINGS = {
    "expressed": "Part des réponses exprimées : chaque champ compte une fois par personne.",
    "cited": "Part des personnes qui citent l’enjeu ou le champ.",
    "score": "Points : chaque personne en partage autant, selon son classement ou ses mots.",
}


@dataclass(frozen=True)
class Filters:
    """What the analyst asked to see; anything unknown falls back on the first choice."""

    measure: str
    view: str
    target: str

    @classmethod
    def read(cls, args, targets: list[str]):
        measure = args.get("mesure") if args.get("mesure") in MEASURES else "expressed"
        view = args.get("vue") if args.get("vue") in VIEWS else "total"
        return cls(measure, view, args.get("cible") if args.get("cible") in targets else "")

    def link(self, **change) -> dict[str, str]:
        """The query of the same page with one filter changed."""
        current = {"mesure": self.measure, "vue": self.view, "cible": self.target}
        return {name: value for name, value in (current | change).items() if value}


@dataclass(frozen=True)
class FreinsPage:
    filters: Filters
    targets: list[str]
    sentence: str
    enjeux: list[dict]
    champs: list[dict]
    by_group: list[dict]
    results: Results

    @property
    def first(self) -> dict | None:
        return self.enjeux[0] if self.enjeux else None


def build_freins(results: Results, args, groups: list[Group], labels: dict[str, str]) -> FreinsPage:
    """What the page of the obstacles shows for these filters. `labels`: the référentiel's, by option."""
    scores = results.scores
    targets = sorted(set(scores["target"]) - {""})
    filters = Filters.read(args, targets)
    kept = scores[scores["measure"] == filters.measure]
    view = "target" if filters.target else filters.view
    shown = kept[(kept["view"] == view) & (kept["target"] == filters.target)]
    enjeux, champs = (_options(shown, section, labels) for section in ("freins.enjeux", "freins.champs"))
    sentence = headline(shown[shown["section"] == "freins.enjeux"], labels)
    return FreinsPage(filters, targets, sentence, enjeux, champs, _by_group(kept, filters, groups), results)


def _options(shown: pd.DataFrame, section: str, labels: dict[str, str]) -> list[dict]:
    rows = shown[shown["section"] == section].sort_values("rank")
    rows = rows.assign(label=[labels.get(option, option) for option in rows["option"]])
    return rows.astype(object).where(rows.notna(), None).to_dict("records")


def _by_group(kept: pd.DataFrame, filters: Filters, groups: list[Group]) -> list[dict]:
    """A line a group: its label, n, whether it is fragile, and its value for each enjeu."""
    view = "group_target" if filters.target else "group"
    rows = kept[(kept["section"] == "freins.enjeux") & (kept["view"] == view) & (kept["target"] == filters.target)]
    lines = []
    for group in groups:
        own = rows[rows["group"] == group.code]
        if len(own):
            first = own.iloc[0]
            values = dict(zip(own["option"], own["value"], strict=True))
            lines.append({"label": group.label, "n": first["n"], "fragile": first["fragile"], "values": values})
    return lines
