"""What single pages of the results show besides charts: words, materiality, gaps, triptychs."""

import pandas as pd

from cafe.people.models import Group
from cafe.results.charts import number, percent
from cafe.results.page import Labels, build_page
from cafe.results.regnier_figures import decimal
from cafe.results.services import Results
from cafe.results.site import PAGES

CLOUD, TOLD, SIZES = 40, 30, 5


def first_facts(results: Results, groups: list[Group], labels: Labels) -> dict[str, str]:
    """The first sentence of each page that has one."""
    built = ((page.slug, build_page(results, page, {}, groups, labels)) for page in PAGES if page.sections)
    return {slug: page.sections[0].sentence for slug, page in built if page.sections}


def extra(results: Results, slug: str, labels: Labels):
    """What a page shows besides its sections, None for most."""
    makers = {
        "liens": _cloud, "essentiels": _materiality, "ecarts": _gaps, "triptyques": _triptychs,
    }  # fmt: skip
    return makers[slug](results, labels) if slug in makers else None


def _cloud(results: Results, _labels: Labels) -> list[dict]:
    """The words most said, each with the people who say it, in five sizes, in alphabetical order."""
    words = results.report.words.head(CLOUD)
    top = words["people"].max() if len(words) else 1
    rows = [
        {"word": row.lemma, "people": row.people, "size": max(1, round(SIZES * row.people / top))}
        for row in words.itertuples()
    ]
    return sorted(rows, key=lambda row: row["word"])


def _materiality(results: Results, labels: Labels) -> list[dict]:
    """The propositions that both axes place, in hundredths from the left and from the bottom."""
    table = results.report.materiality
    placed = table[table["external"].notna() & table["internal"].notna()]
    top = max(placed[["external", "internal"]].max().max(), 0.01) if len(placed) else 1
    return [
        {
            "number": place, "label": labels.options.get((row.family, row.proposition), row.proposition),
            "theme": labels.options.get((row.family, row.theme), row.theme),
            "x": round(96 * row.external / top + 2, 1), "y": round(98 - 96 * row.internal / top, 1),
            "external": percent(row.external), "internal": percent(row.internal), "fragile": row.fragile,
            "placement": row.placement.capitalize() or "—",
        }
        for place, row in enumerate(placed.itertuples(), 1)
    ]  # fmt: skip


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
