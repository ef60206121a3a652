"""A page of the results, put together: for each section its sentence, chart, table and words."""

from dataclasses import dataclass

import pandas as pd

from analysis.report import Report
from cafe.results.charts import Bar, bars, note, note_bars, people, percent, precise
from cafe.results.filters import Filters, Shown
from cafe.results.groups import GroupTable, by_group
from cafe.results.labels import Labels
from cafe.results.sentences import headline, stability
from cafe.results.services import Results
from cafe.results.site import MEANS, SectionTitle, SitePage

MEANINGS = {
    "expressed": "Part des réponses exprimées : chaque réponse compte une fois par personne.",
    "cited": "Part des personnes qui citent cette réponse.",
    "score": "Points : chaque personne en partage autant, selon son classement ou ses mots.",
}
MEAN = "Moyenne des notes, de 1 (pas du tout) à 5 (totalement)."
SHOWN, QUOTES, COMPARED = 12, 3, 6
PLACE = ["group", "subgroup", "profile", "source", "target"]


@dataclass(frozen=True)
class Section:
    """One section as its card shows it; `corrected`: lines of « cited » beside what the tagger's errors make of it."""

    title: SectionTitle
    sentence: str
    bars: list[Bar]
    more: list[Bar]
    meaning: str
    facts: list[str]
    weak: str
    stable: str
    by_group: GroupTable
    corrected: list[dict]
    quotes: list[dict]


@dataclass(frozen=True)
class ResultsPage:
    """`has_total`: whether a group of the total spoke; without one, all of those heard make the whole."""

    has_total: bool
    sections: list[Section]


def build_page(results: Results, page: SitePage, filters: Filters, place: Shown, labels: Labels) -> ResultsPage:
    """What a page shows; `place`: where these results hold what the filters ask."""
    scores = _scores_of(results, page)
    has_total = bool((scores["view"] == "total").any())
    if place.view == "total" and not has_total:
        place = Shown("all")
    made = (_section(results, scores, title, filters, place, labels) for title in page.sections)
    return ResultsPage(has_total, [section for section in made if section])


def _scores_of(results: Results, page: SitePage) -> pd.DataFrame:
    whole = all_scores(results)
    return whole[whole["section"].isin([title.name for title in page.sections])]


def all_scores(results: Results) -> pd.DataFrame:
    """Every section's figures, once each; put together once a process."""
    return results.once("scores", lambda: _put_together(results.report))


def _put_together(report: Report) -> pd.DataFrame:
    tables = (
        report.links, report.all_initiatives, report.populations, report.uses, report.obstacles, report.reasons,
        report.essentials, report.success_factors, report.organisation,
    )  # fmt: skip
    whole = pd.concat(tables, ignore_index=True)
    return whole.drop_duplicates(["section", "measure", "view", *PLACE, "option"])


def _section(results: Results, scores, title: SectionTitle, filters: Filters, place: Shown, labels) -> Section | None:
    own = scores[(scores["section"] == title.name) & scores["value"].notna()]
    is_mean = title.name in MEANS
    own = own if is_mean else own[own["measure"] == filters.measure]
    rows = _weighted(_at(own, place), filters.weight)
    if rows.empty:
        return None
    named = {option: labels.options.get((title.family, option), option) for option in rows["option"]}
    records = rows.assign(label=rows["option"].map(named)).astype(object)
    records = records.where(records.notna(), None).to_dict("records")
    drawn = note_bars(records) if is_mean else bars([row for row in records if row["value"] > 0] or records[:1])
    first = [bar.option for bar in drawn[:COMPARED]]
    figure = note if is_mean else precise(row["value"] for row in records)
    return Section(
        title, headline(rows, named, figure), drawn[:SHOWN], drawn[SHOWN:],
        MEAN if is_mean else MEANINGS[filters.measure], _facts(records[0], title, results), records[0]["fragile"] or "",
        stability(rows, named), by_group(results, own, title, place, first, labels),
        _corrected(results, title, filters, place, named),
        _quotes(results, title, [bar.option for bar in drawn], named),
    )  # fmt: skip


def _at(own: pd.DataFrame, place: Shown) -> pd.DataFrame:
    here = own["view"] == place.view
    for column in ("group", "target", "source"):
        here &= own[column] == getattr(place, column)
    return own[here]


def _weighted(rows: pd.DataFrame, weight: str) -> pd.DataFrame:
    """One view's options, ranked by the value asked for; intervals are those of equal groups, blank otherwise."""
    if weight == "value":
        return rows.sort_values("rank")
    blank = dict.fromkeys(("low", "high", "stable"), float("nan"))
    pooled = rows.assign(value=rows["unweighted"], **blank)
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
    guide = [f"guide v{results.guide}"] if results.guide else []
    return [*facts, f"référentiel v{results.version}", *guide]


def _corrected(results: Results, title: SectionTitle, filters: Filters, place: Shown, named) -> list[dict]:
    """« cited » as read, and as it would be without the tagger's errors, for the options whose errors are known."""
    if filters.measure != "cited" or filters.weight != "value" or place.view not in ("total", "all", "group"):
        return []
    table = results.report.corrected
    table = table[(table["section"] == title.name) & (table["view"] == place.view) & (table["group"] == place.group)]
    table = table[table["cited"] > 0].sort_values("cited", ascending=False)
    known = ((row, results.errors.get((title.family, row.option))) for row in table.itertuples())
    return [
        {
            "label": named.get(row.option, row.option), "cited": percent(row.cited),
            "corrected": "—" if pd.isna(row.corrected) else percent(row.corrected),
            "sensitivity": percent(error.sensitivity), "specificity": percent(error.specificity),
            "carrying": error.carrying, "texts": error.texts,
        }
        for row, error in known if error
    ]  # fmt: skip


def one_of_each(table: pd.DataFrame) -> pd.DataFrame:
    """The first of the rows that hold the same text, or the same words by another person."""
    words = table["text"].str.casefold().str.strip(" .!?…")
    return table[~(table["contribution"].duplicated() | words.duplicated())]


def _quotes(results: Results, title: SectionTitle, options: list[str], named: dict[str, str]) -> list[dict]:
    """A few words that say the first options: those kept by people, then the most typical."""
    table = results.report.verbatims
    table = table[(table["family"] == title.family) & table["tag"].isin(options)]
    table = table[table["contribution"].isin(results.quotable)]
    best = one_of_each(table.sort_values("rank")).groupby("tag").head(1)
    order = {option: place for place, option in enumerate(options)}
    best = best.assign(place=best["tag"].map(order)).sort_values("place").head(QUOTES)
    return [
        {"text": row.text, "signature": row.signature, "label": named[row.tag], "contribution": row.contribution}
        for row in best.itertuples()
    ]
