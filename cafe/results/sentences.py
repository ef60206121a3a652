"""What the figures say, in one French sentence; said only as firmly as the intervals allow."""

import pandas as pd

from cafe.results.charts import percent

FEW = "Trop peu de personnes encore pour un intervalle : lisez-le comme une indication."


def headline(rows: pd.DataFrame, labels: dict[str, str]) -> str:
    """The sentence above the enjeux's chart. `rows`: one view's options, ranked."""
    if rows.empty:
        return ""
    ranked = rows.sort_values("rank").to_dict("records")
    first, others = ranked[0], [row for row in ranked[1:] if row["value"] > 0]
    if not others:
        return f"Un seul enjeu est cité : {_named(first, labels)}."
    if pd.isna(first["low"]):
        return f"En tête : {_named(first, labels)}, puis {_named(others[0], labels)}. {FEW}"
    level = [row for row in others if row["high"] >= first["low"]]
    if level:
        return f"En tête, au coude à coude : {_listed([first, *level], labels)}."
    return f"Un enjeu vient en tête : {_named(first, labels)}, devant {_named(others[0], labels)}."


def _named(row: dict, labels: dict[str, str]) -> str:
    return f"{labels[row['option']]} ({percent(row['value'])})"


def _listed(rows: list[dict], labels: dict[str, str]) -> str:
    names = [_named(row, labels) for row in rows]
    return f"{', '.join(names[:-1])} et {names[-1]}"
