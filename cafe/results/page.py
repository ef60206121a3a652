"""A page of the results, put together: filters, and for each section its sentence, chart, table and words."""

from dataclasses import dataclass

import pandas as pd

from cafe.people.models import Group
from cafe.results.charts import Bar, bars, note, note_bars, number, people, percent
from cafe.results.sentences import headline
from cafe.results.services import Results
from cafe.results.site import MEANS, SectionTitle, SitePage

MEASURES = {"expressed": "réponses exprimées", "cited": "personnes", "score": "points"}
VIEWS = {"total": "groupes du total", "all": "tous les groupes entendus"}
WEIGHTS = {"value": "chaque groupe pèse autant", "unweighted": "chaque personne pèse autant"}
MEANINGS = {
    "expressed": "Part des réponses exprimées : chaque réponse compte une fois par personne.",
    "cited": "Part des personnes qui citent cette réponse.",
    "score": "Points : chaque personne en partage autant, selon son classement ou ses mots.",
}
MEAN = "Moyenne des notes, de 1 (pas du tout) à 5 (totalement)."
SHOWN, QUOTES = 12, 3


@dataclass(frozen=True)
class Labels:
    """The French of options, targets, groups and sources."""

    options: dict[tuple[str, str], str]
    targets: dict[str, str]
    groups: dict[str, str]


@dataclass(frozen=True)
class Filters:
    """What the analyst asked to see; anything unknown, or that nobody spoke in, falls back on what there is."""

    measure: str
    view: str
    target: str
    source: str
    weight: str

    @classmethod
    def read(cls, args, targets: list[str], sources: list[str], has_total: bool):
        measure = args.get("mesure") if args.get("mesure") in MEASURES else "expressed"
        target = args.get("cible") if args.get("cible") in targets else ""
        source = args.get("source") if args.get("source") in sources and not target else ""
        view = args.get("vue") if args.get("vue") in VIEWS else "total"
        weight = args.get("poids") if args.get("poids") in WEIGHTS else "value"
        # A target or a way of answering is read over the groups of the total alone.
        narrow = target or source or not has_total
        return cls(measure, ("total" if has_total else "all") if narrow else view, target, source, weight)

    def link(self, **change) -> dict[str, str]:
        """The query of the same page with one filter changed."""
        current = {
            "mesure": self.measure, "vue": self.view, "cible": self.target, "source": self.source, "poids": self.weight,
        }  # fmt: skip
        return {name: value for name, value in (current | change).items() if value}

    @property
    def shown_view(self) -> str:
        return "target" if self.target else "source" if self.source else self.view


@dataclass(frozen=True)
class Section:
    """One section as its card shows it."""

    title: SectionTitle
    sentence: str
    bars: list[Bar]
    more: list[Bar]
    meaning: str
    facts: list[str]
    weak: str
    by_group: list[dict]
    columns: list[str]
    quotes: list[dict]


@dataclass(frozen=True)
class ResultsPage:
    page: SitePage
    filters: Filters
    targets: dict[str, str]
    sources: list[str]
    views: dict[str, str]
    has_total: bool
    sections: list[Section]


def build_page(results: Results, page: SitePage, args, groups: list[Group], labels: Labels) -> ResultsPage:
    """What a page shows for these filters."""
    scores = _scores_of(results, page)
    targets = {code: labels.targets.get(code, code) for code in sorted(set(scores["target"]) - {""})}
    sources = sorted(set(scores["source"]) - {""})
    has_total = bool((scores["view"] == "total").any())
    filters = Filters.read(args, list(targets), sources, has_total)
    views = VIEWS if has_total and not (filters.target or filters.source) else {filters.view: VIEWS[filters.view]}
    made = (_section(results, scores, title, filters, groups, labels) for title in page.sections)
    return ResultsPage(page, filters, targets, sources, views, has_total, [section for section in made if section])


def _scores_of(results: Results, page: SitePage) -> pd.DataFrame:
    report = results.report
    tables = (
        report.links, report.all_initiatives, report.populations, report.uses, report.obstacles, report.reasons,
        report.essentials, report.success_factors, report.organisation,
    )  # fmt: skip
    whole = pd.concat(tables, ignore_index=True).drop_duplicates(["section", "measure", "view", *PLACE, "option"])
    return whole[whole["section"].isin([title.name for title in page.sections])]


PLACE = ["group", "subgroup", "profile", "source", "target"]


def _section(results: Results, scores, title: SectionTitle, filters: Filters, groups, labels: Labels) -> Section | None:
    own = scores[(scores["section"] == title.name) & scores["value"].notna()]
    is_mean = title.name in MEANS
    own = own if is_mean else own[own["measure"] == filters.measure]
    here = (own["target"] == filters.target) & (own["source"] == filters.source) & (own["view"] == filters.shown_view)
    rows = _weighted(own[here], filters.weight)
    if rows.empty:
        return None
    named = {option: labels.options.get((title.family, option), option) for option in rows["option"]}
    records = rows.assign(label=rows["option"].map(named)).astype(object)
    records = records.where(records.notna(), None).to_dict("records")
    drawn = note_bars(records) if is_mean else bars([row for row in records if row["value"] > 0] or records[:1])
    return Section(
        title, headline(rows, named, note if is_mean else percent), drawn[:SHOWN], drawn[SHOWN:],
        MEAN if is_mean else MEANINGS[filters.measure], _facts(records[0], title, results), records[0]["fragile"] or "",
        _by_group(own, filters, groups, [row["option"] for row in records[:6]], is_mean),
        [named[row["option"]] for row in records[:6]], _quotes(results, title, [bar.option for bar in drawn], named),
    )  # fmt: skip


def _weighted(rows: pd.DataFrame, weight: str) -> pd.DataFrame:
    """One view's options, ranked by the value asked for; intervals are those of equal groups, blank otherwise."""
    if weight == "value":
        return rows.sort_values("rank")
    pooled = rows.assign(value=rows["unweighted"], low=float("nan"), high=float("nan"))
    pooled = pooled.sort_values(["value", "option"], ascending=[False, True])
    return pooled.assign(rank=range(1, len(pooled) + 1))


def _facts(first: dict, title: SectionTitle, results: Results) -> list[str]:
    """What every figure of the section rests on."""
    facts = [f"n = {people(first['n'])}", f"n efficace {first['kish']:.0f}"]
    coverage = results.report.coverage.set_index("family")
    if title.family in coverage.index and coverage.loc[title.family, "texts"]:
        reach = coverage.loc[title.family]
        texts, without = reach["texts_without"] / reach["texts"], reach["people_without"] / max(reach["people"], 1)
        facts.append(f"{percent(texts)} des textes et {percent(without)} des personnes sans tag")
    return [*facts, f"référentiel v{results.version}"]


def _by_group(
    own: pd.DataFrame, filters: Filters, groups: list[Group], options: list[str], is_mean: bool
) -> list[dict]:
    """A line a group: its label, n, whether it is fragile, and its figure for each of the first options."""
    view = "group_target" if filters.target else "group"
    rows, lines, figure = own[own["view"] == view], [], note if is_mean else number
    rows = rows[rows["target"] == filters.target]
    for group in groups:
        mine = rows[rows["group"] == group.code]
        if len(mine):
            values = dict(zip(mine["option"], mine["value"], strict=True))
            figures = [figure(values[option]) if option in values else "—" for option in options]
            first = mine.iloc[0]
            lines.append({"label": group.label, "n": first["n"], "fragile": first["fragile"], "figures": figures})
    return lines


def _quotes(results: Results, title: SectionTitle, options: list[str], named: dict[str, str]) -> list[dict]:
    """A few words that say the first options: those kept by people, then the most typical."""
    table = results.report.verbatims
    table = table[(table["family"] == title.family) & table["tag"].isin(options)]
    table = table[table["contribution"].isin(results.quotable)]
    best = table.sort_values("rank").drop_duplicates("contribution").groupby("tag").head(1)
    order = {option: place for place, option in enumerate(options)}
    best = best.assign(place=best["tag"].map(order)).sort_values("place").head(QUOTES)
    return [
        {"text": row.text, "signature": row.signature, "label": named[row.tag], "contribution": row.contribution}
        for row in best.itertuples()
    ]
