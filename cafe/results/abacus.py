"""The page of the Abaque de Régnier: people × statements in colours and signs, and the indices of each statement.

People are numbered columns, in the order of their mean, so that a number follows nobody from one page to another.
Those of a group of fewer than five are drawn among others, or not at all: alone under their group's name, each of
their votes would be known. Their group's shares are shown as everywhere, marked fragile.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import func, select

from analysis.abacus import in_order
from analysis.views import FEW_PEOPLE
from cafe.corpus.models import Question
from cafe.corpus.votes import LEVELS, SCALES, Level
from cafe.extensions import db
from cafe.forum.models import Cafe
from cafe.forum.voting_models import Statement
from cafe.results.reasons import reasons_of
from cafe.results.regnier_figures import Comparison, Figures, compare, decimal, figures_of, told
from cafe.results.services import Results

# Beyond this many columns a page is neither read nor light: people are then taken at even steps of their order.
MOST_COLUMNS = 60
TITLES = {"words": "en mots", "colours": "en couleurs"}
GUIDE = "Questionnaires et entretiens"
FEW = "Groupes de moins de 5 personnes, ensemble"


@dataclass(frozen=True)
class Band:
    """The columns of one group: its label, how many voted, and the mean of each person drawn."""

    label: str
    people: int
    means: list[str]


@dataclass(frozen=True)
class Row:
    """A statement: its index, and the level that each column voted, None where they did not."""

    statement: str
    index: str
    cells: list[Level | None]


@dataclass(frozen=True)
class Grid:
    """People × statements. `step`: one person in so many is drawn; `left_out`: people too few to be drawn."""

    bands: list[Band]
    rows: list[Row]
    step: int
    left_out: int


@dataclass(frozen=True)
class ScalePage:
    """All that is shown of the statements that were voted on together, on one scale."""

    name: str
    scale: str
    title: str
    fact: str
    levels: tuple[Level, ...]
    grid: Grid
    figures: list[Figures]
    comparison: Comparison | None


@dataclass(frozen=True)
class AbacusPage:
    """`groups`: those that voted; `group`: the one chosen, empty for all together.

    `reasons`: why people voted so, by statement: their words and how they are signed.
    """

    groups: dict[str, str]
    group: str
    scales: list[ScalePage]
    reasons: dict[str, list[tuple[str, str]]]


def build_abacus(results: Results, groups: Mapping[str, str], asked: str, is_live: bool = True) -> AbacusPage:
    """The page for one group, or for all of them together. `groups`: their labels.

    What people say of their votes is read live: beside figures that are frozen it has no place.
    """
    table, votes = results.report.regnier, results.report.abacus
    voted = {code: groups.get(code, code) for code in sorted(votes["group"].unique(), key=lambda c: groups.get(c, c))}
    chosen = asked if asked in voted else ""
    known = _statements(list(votes["statement"].unique()))
    parts = []
    for place, asked_in in enumerate(sorted({where for _, where in known.values()}, key=lambda title: title == GUIDE)):
        texts = {code: text for code, (text, where) in known.items() if where == asked_in}
        own = votes[votes["statement"].isin(list(texts))], table[table["statement"].isin(list(texts))]
        for scale, title in TITLES.items():
            made = _scale_page(f"{scale}-{place}", scale, f"{asked_in}, {title}", *own, voted, chosen, texts)
            parts += [made] if made else []
    return AbacusPage(voted, chosen, parts, reasons_of(known) if is_live else {})


def _statements(codes: list[str]) -> dict[str, tuple[str, str]]:
    """The words of each statement, and where it was asked: those of one café were voted on together."""
    query = (
        select(Question.code, Question.text, func.coalesce(Cafe.title, GUIDE))
        .outerjoin(Statement, Statement.question_id == Question.id)
        .outerjoin(Cafe, Cafe.id == Statement.cafe_id)
        .where(Question.code.in_(codes))
    )
    found = {code: (text, where) for code, text, where in db.session.execute(query)}
    return {code: (code, GUIDE) for code in codes} | found


def _scale_page(name, scale: str, title: str, votes, table, groups, chosen: str, texts) -> ScalePage | None:
    votes = votes[votes["scale"] == scale]
    own = table[table["scale"] == scale]
    here = own[(own["view"] == "group") & (own["group"] == chosen)] if chosen else _whole(own)
    if here.empty:
        return None
    records = here.to_dict("records")
    heard = {code: label for code, label in groups.items() if (votes["group"] == code).any()}
    figures = [figures_of(row, texts[row["statement"]]) for row in records]
    grid = _grid(records, votes[votes["group"] == chosen] if chosen else votes, heard, texts)
    comparison = None if chosen or len(heard) < 2 else compare(records, own[own["view"] == "group"], heard, texts)
    return ScalePage(name, scale, title, told(records, texts), SCALES[scale], grid, figures, comparison)


def _whole(table: pd.DataFrame) -> pd.DataFrame:
    """The total; all that were heard, when no group of the total voted."""
    total = table[table["view"] == "total"]
    return total if len(total) else table[table["view"] == "all"]


def _grid(records: list[dict], votes: pd.DataFrame, groups: Mapping[str, str], texts) -> Grid:
    parts = _parts(votes, groups)
    shown = sum(len(means) for _, means in parts)
    step = -(-shown // MOST_COLUMNS) or 1
    drawn = [(label, means, means.iloc[::step]) for label, means in parts]
    columns = [person for _, _, kept in drawn for person in kept.index]
    cast = votes.set_index(["statement", "person"])["value"].to_dict()
    rows = [_row(row, columns, cast, texts) for row in records]
    bands = [Band(label, len(means), [decimal(mean, 1) for mean in kept]) for label, means, kept in drawn]
    return Grid(bands, rows, step, votes["person"].nunique() - shown)


def _parts(votes: pd.DataFrame, groups: Mapping[str, str]) -> list[tuple[str, pd.Series]]:
    """Each group's people in order, under its label; those of small groups together, if they are enough."""
    sizes = votes.groupby("group")["person"].nunique()
    small = votes[votes["group"].isin(sizes.index[sizes < FEW_PEOPLE])]
    parts = [
        (groups[code], in_order(votes[votes["group"] == code])) for code in groups if sizes.get(code, 0) >= FEW_PEOPLE
    ]
    return [*parts, (FEW, in_order(small))] if small["person"].nunique() >= FEW_PEOPLE else parts


def _row(row: dict, columns: list[int], cast: dict, texts) -> Row:
    code = row["statement"]
    cells = [LEVELS.get(cast.get((code, person))) for person in columns]
    index = decimal(row["mean"] if row["scale"] == "colours" else row["net"])
    return Row(texts[code], index, cells)
