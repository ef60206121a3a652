"""The figures of a Régnier vote in French: shares, mean or net with its interval, consensus, agreement; by group."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.frames import BLACK, BLANK
from cafe.corpus.votes import LEVELS, SCALES, Level
from cafe.results.charts import people, percent

INDICES = {"colours": "mean", "words": "net"}
NAMED = {"colours": "moyenne {} sur 5", "words": "solde {}"}


@dataclass(frozen=True)
class Share:
    """A level with its share of the opinions; `start` and `width`, of 100, place it on a bar."""

    level: Level
    figure: str
    start: float
    width: float


@dataclass(frozen=True)
class Figures:
    """A statement's votes in one view. `silences`: the two, of all who answered."""

    code: str
    statement: str
    facts: list[str]
    shares: list[Share]
    silences: list[Share]
    index: str
    interval: str
    consensus: str
    agreement: str
    fragile: str


def figures_of(row: dict, statement: str) -> Figures:
    """What the line of a statement in `regnier.csv` says."""
    scale = row["scale"]
    index = INDICES[scale]
    interval = "" if pd.isna(row["low"]) else f"de {decimal(row['low'])} à {decimal(row['high'])}"
    facts = [f"n = {people(row['n'])}", f"{row['opinions']} avis"]
    silences = [_share(LEVELS[code], row[code], 0) for code in (BLANK, BLACK)]
    told = NAMED[scale].format(decimal(row[index]))
    measured = decimal(row["consensus"]), decimal(row["agreement"])
    shares = _shares(row, scale)
    return Figures(row["statement"], statement, facts, shares, silences, told, interval, *measured, row["fragile"])


def _shares(row: dict, scale: str) -> list[Share]:
    shares, start = [], 0.0
    for level in SCALES[scale]:
        share = _share(level, row[f"colour_{level.code}" if scale == "colours" else level.code], start)
        start += share.width
        shares.append(share)
    return shares


def _share(level: Level, share: float, start: float) -> Share:
    if pd.isna(share):
        return Share(level, "—", start, 0)
    return Share(level, percent(share), round(start, 2), round(100 * share, 2))


def decimal(value: float, digits: int = 2) -> str:
    """« 4,25 », « −0,50 »; a dash when there is nothing to say."""
    return "—" if pd.isna(value) else f"{value:.{digits}f}".replace(".", ",").replace("-", "−")


def told(records: list[dict], texts: Mapping[str, str]) -> str:
    """The main fact: what is held most, as firmly as the intervals allow, and where people agree most."""
    ranked = [row for row in records if not pd.isna(row["rank"])]
    if not ranked:
        return "Personne n’a encore donné d’avis."
    index = INDICES[ranked[0]["scale"]]
    first, named = ranked[0], {row["statement"]: _quoted(row, texts) for row in ranked}
    level = [row for row in ranked[1:] if not pd.isna(first["low"]) and row["high"] >= first["low"]]
    value = NAMED[first["scale"]].format(decimal(first[index]))
    head = f"La plus soutenue : {named[first['statement']]} ({value})"
    if level:
        head += f", au coude à coude avec {len(level)} autre{'s' if len(level) > 1 else ''}"
    if len(ranked) == 1:
        return f"{head}."
    by_consensus = sorted(ranked, key=lambda row: row["consensus"])
    apart, closest = named[by_consensus[0]["statement"]], named[by_consensus[-1]["statement"]]
    return f"{head}. L’accord le plus fort : {closest}. Le plus faible : {apart}."


def _quoted(row: dict, texts: Mapping[str, str]) -> str:
    return f"«\u00a0{texts[row['statement']].rstrip('. ')}\u00a0»"


@dataclass(frozen=True)
class Comparison:
    """The index of each statement in each group. `groups`: their labels; `rows`: the statement, a cell a group."""

    groups: list[str]
    rows: list[tuple[str, list[dict]]]


def compare(records: list[dict], by_group: pd.DataFrame, groups: Mapping[str, str], texts) -> Comparison:
    """The groups side by side, statements in the order of the whole."""
    found = {(row["statement"], row["group"]): row for row in by_group.to_dict("records")}
    rows = [
        (texts[row["statement"]], [_cell(found.get((row["statement"], code))) for code in groups]) for row in records
    ]
    return Comparison(list(groups.values()), rows)


def _cell(row: dict | None) -> dict:
    if row is None:
        return {"index": "—", "n": 0, "fragile": ""}
    return {"index": decimal(row[INDICES[row["scale"]]]), "n": row["n"], "fragile": row["fragile"]}
