"""The page of the obstacles, put together: filters, sentence, chart, table."""

from dataclasses import dataclass

import pandas as pd

from cafe.people.models import Group
from cafe.results.charts import Bar, bars, number, people, percent
from cafe.results.sentences import headline
from cafe.results.services import Results

MEASURES = {"expressed": "réponses exprimées", "cited": "personnes", "score": "points"}
VIEWS = {"total": "groupes du total", "all": "tous les groupes entendus"}
MEANINGS = {
    "expressed": "Part des réponses exprimées : chaque champ compte une fois par personne.",
    "cited": "Part des personnes qui citent l’enjeu ou le champ.",
    "score": "Points : chaque personne en partage autant, selon son classement ou ses mots.",
}
BASES = {
    "total": "Moyenne des groupes du total, chaque groupe pesant autant",
    "all": "Moyenne de tous les groupes entendus, chaque groupe pesant autant",
    "none": "Aucun groupe du total n’a encore parlé : moyenne de tous les groupes entendus",
}


@dataclass(frozen=True)
class Filters:
    """What the analyst asked to see; anything unknown, or that nobody spoke in, falls back on what there is."""

    measure: str
    view: str
    target: str

    @classmethod
    def read(cls, args, targets: list[str], has_total: bool):
        measure = args.get("mesure") if args.get("mesure") in MEASURES else "expressed"
        target = args.get("cible") if args.get("cible") in targets else ""
        view = args.get("vue") if args.get("vue") in VIEWS else "total"
        # A target is read over the groups of the total alone.
        return cls(measure, "total" if target else view if has_total else "all", target)

    def link(self, **change) -> dict[str, str]:
        """The query of the same page with one filter changed."""
        current = {"mesure": self.measure, "vue": self.view, "cible": self.target}
        return {name: value for name, value in (current | change).items() if value}


@dataclass(frozen=True)
class FreinsPage:
    filters: Filters
    targets: dict[str, str]
    views: dict[str, str]
    sentence: str
    basis: str
    facts: list[str]
    weak: str
    enjeux: list[Bar]
    champs: list[Bar]
    by_group: list[dict]


def build_freins(results: Results, args, groups: list[Group], labels: dict[str, str], targets: dict[str, str]):
    """What the page of the obstacles shows for these filters. `labels`, `targets`: the référentiel's, by option."""
    scores = results.scores
    known = {code: targets.get(code, code) for code in sorted(set(scores["target"]) - {""})}
    has_total = bool((scores["view"] == "total").any())
    filters = Filters.read(args, list(known), has_total)
    kept = scores[(scores["measure"] == filters.measure) & (scores["target"] == filters.target)]
    shown = kept[kept["view"] == ("target" if filters.target else filters.view)]
    enjeux = _options(shown, "freins.enjeux", labels)
    return FreinsPage(
        filters=filters,
        targets=known,
        views=VIEWS if has_total and not filters.target else {filters.view: VIEWS[filters.view]},
        sentence=headline(shown[shown["section"] == "freins.enjeux"], labels),
        basis=BASES[filters.view if has_total else "none"],
        facts=_facts(enjeux[0], results) if enjeux else [],
        weak=enjeux[0]["fragile"] if enjeux else "",
        enjeux=bars(enjeux),
        champs=bars(_options(shown, "freins.champs", labels)),
        by_group=_by_group(kept, filters, groups),
    )


def _options(shown: pd.DataFrame, section: str, labels: dict[str, str]) -> list[dict]:
    rows = shown[shown["section"] == section].sort_values("rank")
    rows = rows.assign(label=[labels.get(option, option) for option in rows["option"]])
    return rows.astype(object).where(rows.notna(), None).to_dict("records")


def _facts(first: dict, results: Results) -> list[str]:
    """What every figure of the page rests on."""
    reach = results.coverage
    facts = [f"n = {people(first['n'])}", f"n efficace {first['kish']:.0f}"]
    if reach.texts:
        without = percent(reach.people_without / reach.people)
        facts.append(f"{percent(reach.texts_without / reach.texts)} des textes et {without} des personnes sans tag")
    return [*facts, f"référentiel v{results.version}"]


def _by_group(kept: pd.DataFrame, filters: Filters, groups: list[Group]) -> list[dict]:
    """A line a group: its label, n, whether it is fragile, and its figure for each enjeu."""
    view = "group_target" if filters.target else "group"
    rows = kept[(kept["section"] == "freins.enjeux") & (kept["view"] == view)]
    lines = []
    for group in groups:
        own = rows[rows["group"] == group.code]
        if len(own):
            first = own.iloc[0]
            figures = {row["option"]: number(row["value"]) for row in own.to_dict("records")}
            lines.append({"label": group.label, "n": first["n"], "fragile": first["fragile"], "figures": figures})
    return lines
