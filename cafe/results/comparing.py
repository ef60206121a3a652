"""Two groups side by side in one section, or a group against the others: bars, gaps, and what they say."""

from dataclasses import dataclass

import pandas as pd

from analysis.pairs import OTHERS
from cafe.results.charts import Bar, bars, note, note_bars, number
from cafe.results.filters import Filters
from cafe.results.labels import Labels
from cafe.results.services import Results
from cafe.results.site import MEANS, PAGES, SectionTitle

WAYS = {"answers": "dans leurs réponses", "words": "dans leurs mots"}
SECTIONS = {section.name: section for page in PAGES for section in page.sections}
SLUGS = {section.name: page.slug for page in PAGES for section in page.sections}
NEARLY = "Aucun écart net entre eux."
ALL_OTHERS = "les autres groupes"


@dataclass(frozen=True)
class Line:
    """An option of both sides, and the gap between them; `wide`: the gap stands out."""

    option: str
    label: str
    first: Bar
    second: Bar
    gap: str
    interval: str
    wide: bool


@dataclass(frozen=True)
class Way:
    """One way of asking, among the people asked so."""

    title: str
    sentence: str
    n: int
    n_other: int
    fragile: str
    lines: list[Line]


@dataclass(frozen=True)
class Comparison:
    section: SectionTitle
    first: str
    second: str
    groups: dict[str, str]
    labels: tuple[str, str]
    ways: list[Way]


def compare(results: Results, section: SectionTitle, asked: tuple[str, str], filters: Filters, labels: Labels):
    """The comparison asked for; groups unknown or silent there fall back on the first one and the others."""
    table = results.report.pair_gaps
    measure = "score" if section.name in MEANS else filters.measure
    table = table[(table["section"] == section.name) & (table["measure"] == measure)]
    spoken = {code: label for code, label in labels.groups.items() if code in set(table["group"]) | set(table["other"])}
    first = asked[0] if asked[0] in spoken else next(iter(spoken), "")
    second = asked[1] if asked[1] in spoken and asked[1] != first else OTHERS
    rows = _oriented(table, first, second)
    named = spoken.get(first, ""), spoken.get(second, ALL_OTHERS)
    ways = [_way(own, way, section, named, labels) for way, own in rows.groupby("way", sort=False)]
    return Comparison(section, first, second, spoken, named, ways)


def _oriented(table: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """The pair's rows, turned round where the table holds them the other way."""
    straight = table[(table["group"] == first) & (table["other"] == second)]
    if len(straight) or second == OTHERS:
        return straight
    swap = {"n": "n_other", "value": "other_value", "low": "other_low", "high": "other_high"}
    turned = table[(table["group"] == second) & (table["other"] == first)]
    turned = turned.rename(columns=swap | {new: old for old, new in swap.items()})
    return turned.assign(gap=-turned["gap"], gap_low=-turned["gap_high"], gap_high=-turned["gap_low"])


def _way(rows: pd.DataFrame, way: str, section: SectionTitle, named: tuple[str, str], labels: Labels) -> Way:
    rows = rows[(rows["value"] > 0) | (rows["other_value"] > 0)]
    wide = (rows["separated"] == 1).fillna(False).astype(bool)
    rows = rows.assign(most=rows[["value", "other_value"]].mean(axis=1), wide=wide)
    rows = rows.sort_values(["most", "option"], ascending=[False, True])
    is_mean, lines = section.name in MEANS, []
    drawn = _drawn(rows, is_mean, section, labels)
    for row, first, second in zip(rows.itertuples(), drawn[::2], drawn[1::2], strict=True):
        gap, interval = _gap(row, is_mean)
        lines.append(Line(row.option, first.label, first, second, gap, interval, row.wide))
    n, n_other = (int(rows[column].max()) if len(rows) else 0 for column in ("n", "n_other"))
    fragile = next((row.fragile for row in rows.itertuples() if row.fragile), "")
    return Way(WAYS[way], _sentence(lines, named), n, n_other, fragile, lines)


def _drawn(rows: pd.DataFrame, is_mean: bool, section: SectionTitle, labels: Labels) -> list[Bar]:
    """Each option's two bars, one after the other, all on one scale."""
    names = (("value", "low", "high"), ("other_value", "other_low", "other_high"))
    sides = [
        {"option": row["option"], "label": labels.options.get((section.family, row["option"]), row["option"])}
        | {name: None if pd.isna(row[own]) else row[own] for name, own in zip(names[0], side, strict=True)}
        for row in rows.to_dict("records")
        for side in names
    ]
    return note_bars(sides) if is_mean else bars(sides)


def _gap(row, is_mean: bool) -> tuple[str, str]:
    told = (lambda gap: _signed(gap, note)) if is_mean else (lambda gap: _signed(gap, number))
    interval = "" if pd.isna(row.gap_low) else f"{told(row.gap_low)} à {told(row.gap_high)}"
    return ("—" if pd.isna(row.gap) else told(row.gap)), interval


def _signed(gap: float, figure) -> str:
    told = figure(abs(gap))
    return told if told.strip("0,") == "" else f"{'+' if gap > 0 else '−'}{told}"


def _sentence(lines: list[Line], named: tuple[str, str]) -> str:
    """What sets the two apart, the widest gaps first; said only where the gap stands out."""
    wide = sorted((line for line in lines if line.wide), key=lambda line: -abs(line.first.width - line.second.width))
    if not wide:
        return NEARLY
    told = [f"{line.label} ({line.first.figure} et {line.second.figure})" for line in wide[:3]]
    more = f", et {len(wide) - 3} autres réponses" if len(wide) > 3 else ""
    return f"{named[0]} et {named[1]} s’écartent sur : {', '.join(told)}{more}."
