"""What single pages of the results show besides charts: words, materiality, votes, gaps, triptychs."""

from dataclasses import dataclass

import pandas as pd

from analysis.frames import BLACK, BLANK, COLOURS, WORDS
from cafe.guide.published import current_guide
from cafe.results.charts import number, percent
from cafe.results.filters import Filters, Shown
from cafe.results.labels import Labels
from cafe.results.page import build_page
from cafe.results.services import Results
from cafe.results.site import PAGES

TOLD, MARKS = 30, 8
# A sign in each cell, so that no one needs the colours.
SIGNS = {
    "5": ("++", "tout à fait d’accord"),
    "4": ("+", "d’accord"),
    "3": ("±", "partagé"),
    "2": ("−", "pas d’accord"),
    "1": ("−−", "pas du tout d’accord"),
    "incontournable": ("++", "incontournable"),
    "souhaitable": ("+", "souhaitable"),
    "dilemme": ("±", "dilemme"),
    "contre": ("−", "contre"),
    BLANK: ("?", "ne sait pas"),
    BLACK: ("·", "ne se prononce pas"),
}


def first_facts(results: Results, filters: Filters, place: Shown, labels: Labels) -> dict[str, str]:
    """The first sentence of each page that has one."""
    built = ((page.slug, build_page(results, page, filters, place, labels)) for page in PAGES if page.sections)
    return {slug: page.sections[0].sentence for slug, page in built if page.sections}


def extra(results: Results, slug: str, labels: Labels):
    """What a page shows besides its sections, None for most."""
    makers = {
        "liens": _words, "essentiels": _materiality, "regnier": _votes, "ecarts": _gaps, "triptyques": _triptychs,
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
    return {"cloud": results.cloud, "words": results.report.words.to_dict("records"), "marks": told}


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


@dataclass(frozen=True)
class Votes:
    """A statement's votes: the shares of each level, signs beside, and its indices."""

    statement: str
    n: int
    levels: list[dict]
    index: str
    consensus: str
    agreement: str
    fragile: str


def _votes(results: Results, labels: Labels) -> list[dict]:
    """The abacus of the whole, then of each group: statements sorted by their index."""
    table = results.report.regnier
    views = [("Ensemble, chaque groupe pesant autant", table[table["view"] == "total"])]
    views += [(labels.groups.get(code, code), rows) for code, rows in table[table["view"] == "group"].groupby("group")]
    filled = ((title, rows.to_dict("records")) for title, rows in views if len(rows))
    statements = _statements()
    return [{"title": title, "votes": [_vote(row, statements) for row in rows]} for title, rows in filled]


def _statements() -> dict[str, str]:
    """What was voted on, in the words of the guide in use."""
    guide = current_guide()
    return {question.code: question.text.interview for question in guide.guide.questions()} if guide else {}


def _vote(row: dict, statements: dict[str, str]) -> Votes:
    is_colours = row["scale"] == "colours"
    names = [(level, f"colour_{level}") for level in COLOURS] if is_colours else [(level, level) for level in WORDS]
    levels = [
        {"level": level, "sign": SIGNS[level][0], "said": SIGNS[level][1], "share": _percent(row[column])}
        for level, column in [*names, (BLANK, BLANK), (BLACK, BLACK)]
    ]
    index = _decimal(row["mean"]) if is_colours else _decimal(row["net"])
    told = f"moyenne {index} sur 5" if is_colours else f"solde {index}"
    statement = statements.get(row["statement"], row["statement"])
    measured = _decimal(row["consensus"]), _decimal(row["agreement"])
    return Votes(statement, row["n"], levels, told, *measured, row["fragile"])


def _percent(share) -> str:
    return "—" if pd.isna(share) else percent(share)


def _decimal(value) -> str:
    return "—" if pd.isna(value) else f"{value:.2f}".replace(".", ",").replace("-", "−")


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
            "section": titles.get(row.section, row.section), "way": row.way, "w": _decimal(row.w),
            "rho": _decimal(row.mean_rho),
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
