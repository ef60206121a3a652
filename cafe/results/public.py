"""The results as citizens read them: plain sentences, no small group, no word that was not kept to be quoted."""

from dataclasses import dataclass

import pandas as pd

from cafe.results.charts import Bar, bars, note, note_bars, number
from cafe.results.labels import Labels
from cafe.results.page import all_scores, one_of_each
from cafe.results.queries import FEW_PEOPLE
from cafe.results.services import Results
from cafe.results.site import MEANS, SectionTitle, SitePage

SHOWN, QUOTES, LEVEL = 6, 3, 3
MOST_SAID = "Ce qui revient le plus"


@dataclass(frozen=True)
class PublicGroup:
    """What a group says first, in one sentence."""

    label: str
    n: int
    sentence: str


@dataclass(frozen=True)
class PublicSection:
    """A section: its sentence, its first options as bars, how many people, their groups, a few words.

    `hidden`: how many groups are too small to be shown alone.
    """

    title: SectionTitle
    sentence: str
    is_weak: bool
    n: int
    bars: list[Bar]
    meaning: str
    groups: list[PublicGroup]
    hidden: int
    quotes: list[dict]


def public_sections(results: Results, page: SitePage, labels: Labels, citable: frozenset[str]) -> list[PublicSection]:
    """The sections of a page that rest on enough people."""
    made = (_section(results, title, labels, citable) for title in page.sections)
    return [section for section in made if section]


def _section(results: Results, title: SectionTitle, labels: Labels, citable: frozenset[str]) -> PublicSection | None:
    scores = scores_of(results, title.name)
    rows = next((rows for view in ("total", "all") if len(rows := scores[scores["view"] == view])), scores.head(0))
    if rows.empty or rows["n"].iloc[0] < FEW_PEOPLE:
        return None
    named = {option: labels.options.get((title.family, option), option) for option in rows["option"]}
    records = rows.assign(label=rows["option"].map(named)).astype(object)
    records = records.where(records.notna(), None).to_dict("records")
    is_mean = title.name in MEANS
    drawn = note_bars(records) if is_mean else bars([row for row in records if row["value"] > 0] or records[:1])
    groups, hidden = _groups(scores, labels, named, is_mean)
    return PublicSection(
        title, _sentence(records, named, is_mean), pd.isna(rows["low"].iloc[0]) or bool(records[0]["fragile"]),
        int(records[0]["n"]), drawn[:SHOWN], "Notes de 1 à 5" if is_mean else "Sur 100 réponses",
        groups, hidden, _quotes(results, title, named, citable),
    )  # fmt: skip


def scores_of(results: Results, section: str) -> pd.DataFrame:
    """The section's shares, or means, of everyone and of each group, ranked."""
    table = all_scores(results)
    wanted = (table["section"] == section) & table["value"].notna() & table["view"].isin(["total", "all", "group"])
    own = table[wanted & ((table["measure"] == "expressed") | (section in MEANS))]
    return own.sort_values("rank")


def _sentence(rows: list[dict], named: dict[str, str], is_mean: bool) -> str:
    """What comes first, and how firmly: options whose intervals meet are told together."""
    told = {row["option"]: f"{named[row['option']]} ({_figure(row['value'], is_mean)})" for row in rows}
    first, others = rows[0], [row for row in rows[1:] if row["value"] > 0]
    level = [told[row["option"]] for row in others if row["high"] is not None and row["high"] >= (first["low"] or 0)]
    if level:
        more = len(level) + 1 - LEVEL
        names = [told[first["option"]], *level][:LEVEL]
        tail = f" Et {more} autre{'s' if more > 1 else ''}, presque autant." if more > 0 else ""
        lead = "Les notes les plus hautes" if is_mean else MOST_SAID
        return f"{lead} : {', '.join(names[:-1])} et {names[-1]}.{tail}"
    tail = f" Ensuite vient : {told[others[0]['option']]}." if others else ""
    return f"{'La note la plus haute' if is_mean else MOST_SAID} : {told[first['option']]}.{tail}"


def _figure(value: float, is_mean: bool) -> str:
    return f"{note(value)} sur 5" if is_mean else f"{number(value)} sur 100"


def _groups(scores: pd.DataFrame, labels: Labels, named: dict[str, str], is_mean: bool) -> tuple[list, int]:
    """What each large enough group says first; and how many groups are kept back.

    One alone kept back could be worked out from the whole and the others: the smallest of these then goes with it.
    """
    rows = scores[scores["view"] == "group"]
    sizes = rows.groupby("group")["n"].max().sort_values()
    small = int((sizes < FEW_PEOPLE).sum())
    hidden = min(2, len(sizes)) if small == 1 else small
    made = []
    for code in sorted(sizes.index[hidden:], key=lambda code: labels.groups.get(code, code)):
        own = [row for row in rows[rows["group"] == code].to_dict("records") if row["value"] > 0][:2]
        told = [f"{named.get(row['option'], row['option'])} ({_figure(row['value'], is_mean)})" for row in own]
        if told:
            said = f"{', puis '.join(told)}."
            made.append(PublicGroup(labels.groups.get(code, code), int(sizes[code]), said))
    return (made, hidden) if len(made) + hidden > 1 else ([], hidden)


def _quotes(results: Results, title: SectionTitle, named: dict[str, str], citable: frozenset[str]) -> list[dict]:
    """Words that moderators kept, one an option; signed with a group or a subgroup of enough people."""
    table = results.report.verbatims
    table = table[(table["family"] == title.family) & table["tag"].isin(named) & (table["retained"] == 1)]
    table = table[table["contribution"].isin(citable & results.quotable)]
    best = one_of_each(table.sort_values("rank")).drop_duplicates("tag")
    order = {option: place for place, option in enumerate(named)}
    best = best.assign(place=best["tag"].map(order)).sort_values("place").head(QUOTES)
    return [{"text": row.text, "signature": row.signature} for row in best.itertuples()]
