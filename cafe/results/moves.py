"""What moved between a frozen dataset and the live results: one glance, section by section."""

from dataclasses import dataclass

import pandas as pd

from cafe.results.public import scores_of
from cafe.results.services import Results
from cafe.results.site import MEANS, PAGES, SectionTitle

SHOWN = 4


@dataclass(frozen=True)
class Move:
    """An option's value then and now; None where nobody cites it."""

    option: str
    then: float | None
    now: float | None

    @property
    def by(self) -> float:
        return (self.now or 0) - (self.then or 0)


@dataclass(frozen=True)
class SectionMoves:
    """The options of a section that moved most, and the people on which each side rests."""

    title: SectionTitle
    is_mean: bool
    people_then: int
    people_now: int
    moves: list[Move]


def moves(then: Results, live: Results) -> list[SectionMoves]:
    """The sections in which anything moved, in the order of the restitution."""
    titles = [title for page in PAGES for title in page.sections]
    made = (_moved(title, _values(then, title), _values(live, title)) for title in titles)
    return [section for section in made if section.moves or section.people_then != section.people_now]


def _moved(title: SectionTitle, then: pd.DataFrame, today: pd.DataFrame) -> SectionMoves:
    options = sorted(set(then.index) | set(today.index))
    found = [Move(option, _value(then, option), _value(today, option)) for option in options]
    found = sorted((move for move in found if abs(move.by) > 1e-9), key=lambda move: (-abs(move.by), move.option))
    return SectionMoves(title, title.name in MEANS, _people(then), _people(today), found[:SHOWN])


def _values(results: Results, title: SectionTitle) -> pd.DataFrame:
    """The value and n of each option, for the groups of the total, or for all when none of them spoke."""
    rows = scores_of(results, title.name)
    view = "total" if (rows["view"] == "total").any() else "all"
    return rows[rows["view"] == view].drop_duplicates("option").set_index("option")[["value", "n"]]


def _value(rows: pd.DataFrame, option: str) -> float | None:
    return float(rows.loc[option, "value"]) if option in rows.index else None


def _people(rows: pd.DataFrame) -> int:
    return int(rows["n"].max()) if len(rows) else 0
