"""The table des enjeux of each person who answered the guide."""

import pandas as pd

from analysis.frames import SILENT, TARGET, Frames
from analysis.freins import CHAMPS, ENJEUX
from analysis.sections import CRITICAL

WORDS_QUESTION = "populations.mots"
COLUMNS = ("participant", "group", "subgroup", "sources", "population", "words", "rank", "enjeu", "champs", "uses")


def stakes_tables(frames: Frames) -> pd.DataFrame:
    """A row a person and enjeu, in the person's order: population, their words, rank, champs kept in order, uses.

    For whoever ranked an enjeu, kept a champ or chose a target; tied enjeux have the same rank; an enjeu that was not
    ranked but has champs has none. `sources`: the ways in which the person's texts came.
    """
    answers = frames.answers[~frames.answers["option"].isin(SILENT)]
    told = _by_person(answers[answers["question"].isin([ENJEUX, CRITICAL, TARGET]) | _on_champs(answers)])
    texts = frames.contributions
    words = texts[texts["question"] == WORDS_QUESTION].groupby("participant")["text"].agg("\n".join)
    sources = texts.groupby("participant")["source"].agg(lambda own: " ".join(sorted(set(own))))
    rows = []
    for person in frames.participants.sort_values("participant").itertuples(index=False):
        own, name = told.get(person.participant, {}), person.participant
        if own.keys() - {CRITICAL}:
            head = (name, person.group, person.subgroup, sources.get(name, ""), person.target, words.get(name, ""))
            uses = _codes(own.get(CRITICAL, []))
            rows += [(*head, *stake, uses) for stake in _stakes(own)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"rank": "Int64"})


def _on_champs(answers: pd.DataFrame) -> pd.Series:
    return answers["question"].str.startswith(CHAMPS + ".")


def _by_person(rows: pd.DataFrame) -> dict[str, dict[str, list[tuple[int, str]]]]:
    """By person, then question: (value, option), in order."""
    made: dict[str, dict[str, list]] = {}
    for row in rows.itertuples(index=False):
        value = int(row.value) if row.value.isdecimal() else 1
        made.setdefault(row.participant, {}).setdefault(row.question, []).append((value, row.option))
    return {name: {question: sorted(pairs) for question, pairs in own.items()} for name, own in made.items()}


def _codes(pairs: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(option for _, option in pairs)


def _stakes(own: dict[str, list[tuple[int, str]]]) -> list[tuple]:
    """(rank, enjeu, champs): those ranked, then those of which champs alone were kept; one empty row if none."""
    kept = {q.removeprefix(CHAMPS + "."): _codes(pairs) for q, pairs in own.items() if q.startswith(CHAMPS + ".")}
    ranked = own.get(ENJEUX, [])
    stakes = [(rank, enjeu, kept.get(enjeu, ())) for rank, enjeu in ranked]
    unranked = sorted(kept.keys() - set(_codes(ranked)))
    return stakes + [(pd.NA, enjeu, kept[enjeu]) for enjeu in unranked] or [(pd.NA, "", ())]
