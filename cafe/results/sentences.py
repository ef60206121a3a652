"""What the figures say, in one French sentence; said only as firmly as the intervals allow."""

import pandas as pd


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def headline(rows: pd.DataFrame, labels: dict[str, str]) -> str:
    """The sentence above the enjeux's chart. `rows`: one view's options, ranked."""
    if rows.empty:
        return ""
    first, second = rows.sort_values("rank").head(2).to_dict("records")
    one, two = (f"{labels[row['option']]} ({percent(row['value'])})" for row in (first, second))
    if pd.isna(first["low"]) or first["low"] <= second["high"]:
        return f"En tête, au coude à coude : {one} et {two}."
    return f"Un enjeu vient en tête : {one}, devant {two}."
