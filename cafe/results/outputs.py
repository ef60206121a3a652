"""What single pages of the results show besides charts: words, materiality, gaps, triptychs."""

import pandas as pd

from cafe.results.charts import number, percent
from cafe.results.filters import Filters, Shown
from cafe.results.labels import Labels
from cafe.results.page import Section, build_page
from cafe.results.regnier_figures import decimal
from cafe.results.services import Results, cloud_of
from cafe.results.site import PAGES

# Words that one person alone says are typos, or tell of that person.
TOLD, MARKS, SAID_BY = 30, 8, 2


def first_facts(results: Results, filters: Filters, place: Shown, labels: Labels) -> dict[str, Section]:
    """The first section of each page that has one: its sentence, and what it rests on."""
    built = ((page.slug, build_page(results, page, filters, place, labels)) for page in PAGES if page.sections)
    return {slug: page.sections[0] for slug, page in built if page.sections}


def extra(results: Results, slug: str, labels: Labels):
    """What a page shows besides its sections, None for most."""
    makers = {
        "liens": _words, "essentiels": _materiality, "ecarts": _gaps, "triptyques": _triptychs,
    }  # fmt: skip
    return makers[slug](results, labels) if slug in makers else None


def _words(results: Results, labels: Labels) -> dict:
    """The cloud, the table of its words, and the words that mark each group and each target."""
    marks = results.report.specific_words
    titles = {"group": labels.groups, "target": labels.targets}
    told = [
        {
            "by": by, "name": titles[by].get(name, name),
            "words": [{"word": row.lemma, "here": row.here} for row in own.head(MARKS).itertuples()],
        }
        for (by, name), own in marks.groupby(["by", "name"], sort=True)
    ]  # fmt: skip
    # A frozen dataset keeps no word: its cloud is placed for whoever reads it.
    cloud = results.once("cloud", lambda: cloud_of(results.report)) if results.cloud is None else results.cloud
    words = results.report.words
    common = words[words["people"] >= SAID_BY]
    return {"cloud": cloud, "words": common.to_dict("records"), "alone": len(words) - len(common), "marks": told}


def placed_propositions(results: Results) -> pd.DataFrame:
    """The propositions that both axes place, numbered from 1 in the order of the référentiel."""
    table = results.report.materiality
    placed = table[table["external"].notna() & table["internal"].notna()].reset_index(drop=True)
    return placed.assign(number=range(1, len(placed) + 1))


def _materiality(results: Results, labels: Labels) -> list[dict]:
    """The propositions placed, with what each axis rests on."""
    return [
        {
            "number": row.number, "label": labels.options.get((row.family, row.proposition), row.proposition),
            "theme": labels.options.get((row.family, row.theme), row.theme),
            "external": _with_bounds(row.external, row.external_low, row.external_high), "n": row.external_n,
            "internal": _with_bounds(row.internal, row.internal_low, row.internal_high), "n_internal": row.internal_n,
            "fragile": row.fragile, "unset": row.unset,
            "placement": row.placement.capitalize() or "—",
        }
        for row in placed_propositions(results).itertuples()
    ]  # fmt: skip


def _with_bounds(share: float, low: float, high: float) -> str:
    return percent(share) if pd.isna(low) else f"{percent(share)} ({number(low)}–{number(high)})"


def _gaps(results: Results, labels: Labels) -> dict:
    """The gaps that stand out, the widest first, and how far groups rank alike in each section."""
    titles = {section.name: section.title for page in PAGES for section in page.sections}
    table = results.report.gaps
    table = table[(table["measure"] == "expressed") & (table["separated"] == 1)]
    table = table.reindex(table["gap"].abs().sort_values(ascending=False).index).head(TOLD)
    wide = [
        {
            "group": labels.groups.get(row.group, row.group), "section": titles.get(row.section, row.section),
            "gap": _points(row.gap),
            "option": labels.options.get((row.section.split(".")[0], row.option), row.option),
            "value": percent(row.value), "others": percent(row.others), "n": row.n, "fragile": row.fragile,
            "interval": f"{_points(row.low)} à {_points(row.high)}", "way": row.way,
        }
        for row in table.itertuples()
    ]  # fmt: skip
    alike = results.report.convergences
    alike = alike[(alike["measure"] == "expressed") & (alike["group"] == "") & alike["w"].notna()]
    told = [
        {
            "section": titles.get(row.section, row.section), "way": row.way, "w": decimal(row.w),
            "rho": decimal(row.mean_rho),
        }
        for row in alike.itertuples()
    ]  # fmt: skip
    return {"wide": wide, "alike": told}


def _points(gap) -> str:
    return "—" if pd.isna(gap) else f"{'+' if gap > 0 else '−' if gap < 0 else ''}{number(abs(gap))}"


def _triptychs(results: Results, labels: Labels) -> list[dict]:
    """The triptychs that most people name, with what they propose."""
    return [
        {
            "population": labels.options.get(("populations", row.population), row.population),
            "use": labels.options.get(("usages", row.use), row.use),
            "obstacle": labels.options.get(("freins", row.obstacle), row.obstacle),
            "people": row.people, "texts": row.texts,
            "propositions": [labels.options.get(("essentiels", code), code) for code in row.propositions],
        }
        for row in results.report.triptychs.head(TOLD).itertuples()
    ]  # fmt: skip
