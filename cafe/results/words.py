"""The words of a report, taken out of it before it is kept in a file, and put back from the base when it is read."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from analysis.frames import Frames
from analysis.report import Report
from analysis.stakes_tables import WORDS_QUESTION
from analysis.vocabulary import lemmas

QUOTING = ("verbatims", "proposals")


def taken_out(report: Report, frames: Frames) -> Report:
    """The report with, in place of words, nothing or the names of the texts that said them."""
    quoting = {name: getattr(report, name).assign(text="") for name in QUOTING}
    texts = frames.contributions
    said = texts[texts["question"] == WORDS_QUESTION].groupby("participant")["contribution"].agg(" ".join)
    people = report.stakes_tables["participant"]
    stakes = report.stakes_tables.assign(words=people.map(said).astype(object).fillna(""))
    return replace(report, **quoting, stakes_tables=stakes)


def names_in(report: Report) -> set[str]:
    """The texts whose words a report shows."""
    shown = {name for table in QUOTING for name in getattr(report, table)["contribution"]}
    return shown | {name for names in report.stakes_tables["words"] for name in names.split()}


def put_back(report: Report, texts: Mapping[str, str], people: Callable[[str], bool]) -> Report:
    """The report with the words that still stand; what rests on others leaves its tables of words.

    `texts`: by name, the words that may be read; `people`: whether someone's own table may.
    """
    quoting = {name: _quoted(getattr(report, name), texts) for name in QUOTING}
    stakes = report.stakes_tables[report.stakes_tables["participant"].map(people).astype(bool)]
    said = stakes["words"].map(lambda names: "\n".join(texts[name] for name in names.split() if name in texts))
    return replace(report, **quoting, stakes_tables=stakes.assign(words=said).reset_index(drop=True))


def _quoted(table: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    kept = table[table["contribution"].isin(texts)]
    return kept.assign(text=kept["contribution"].map(texts)).reset_index(drop=True)


def purged(report: Report, lost: set[str], people: Callable[[str], bool], standing: Mapping[str, str]) -> Report:
    """A report without words, less what rests on texts that are lost: quotes, tables, and lemmas nobody says now."""
    quoting = {name: getattr(report, name)[~getattr(report, name)["contribution"].isin(lost)] for name in QUOTING}
    stakes = report.stakes_tables[report.stakes_tables["participant"].map(people).astype(bool)]
    still = {lemma for text in standing.values() for lemma in lemmas(text)}
    lists = {name: getattr(report, name) for name in ("words", "specific_words")}
    lists = {name: table[table["lemma"].isin(still)].reset_index(drop=True) for name, table in lists.items()}
    return replace(report, **quoting, **lists, stakes_tables=stakes)
