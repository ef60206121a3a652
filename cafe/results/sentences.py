"""What the figures say, in one French sentence; said only as firmly as the intervals allow."""

import pandas as pd

from analysis.views import FIRST
from cafe.results.charts import percent

FEW = "Trop peu de personnes encore pour un intervalle : lisez-le comme une indication."


def headline(rows: pd.DataFrame, labels: dict[str, str], figure=percent) -> str:
    """The sentence above a section's chart. `rows`: one view's options, ranked; `figure`: how a value is written."""
    if rows.empty:
        return ""
    ranked = rows.sort_values("rank").to_dict("records")
    first, others = ranked[0], [row for row in ranked[1:] if row["value"] > 0]
    told = {row["option"]: f"{labels[row['option']]} ({figure(row['value'])})" for row in ranked}
    if not others:
        return f"Une seule réponse est citée : {told[first['option']]}."
    if pd.isna(first["low"]):
        return f"En tête : {told[first['option']]}, puis {told[others[0]['option']]}. {FEW}"
    level = [told[row["option"]] for row in others if row["high"] >= first["low"]]
    if not level:
        return f"Nettement en tête : {told[first['option']]}, devant {told[others[0]['option']]}."
    return f"En tête, au coude à coude : {_listed([told[first['option']], *level])}."


def stability(rows: pd.DataFrame, labels: dict[str, str], least: float = 0.05) -> str:
    """How often, over the draws, each of the first options stays among the first three; empty where three stand alone.
    """
    cited = rows[rows["value"] > 0]
    if len(cited) <= FIRST:
        return ""
    told = cited[cited["stable"] >= least].sort_values(["stable", "rank"], ascending=[False, True])
    return ", ".join(f"{labels[row.option]} {percent(row.stable)}" for row in told.itertuples())


def _listed(names: list[str], most: int = 4) -> str:
    """The first names, then how many more stand with them."""
    if len(names) > most:
        return f"{', '.join(names[:most])} et {len(names) - most} autre{'s' if len(names) > most + 1 else ''}"
    return f"{', '.join(names[:-1])} et {names[-1]}"
