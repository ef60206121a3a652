"""Bars and sentences: no longer, no firmer than the figures."""

import pandas as pd
import pytest

from cafe.results.charts import bars, decimals, lengths, number, people, percent, precise
from cafe.results.sentences import headline, stability

LABELS = {"acces": "Accès", "parcours": "Parcours", "autonomie": "Autonomie"}


def _row(option, value, low=None, high=None):
    return {"option": option, "label": LABELS[option], "value": value, "low": low, "high": high}


def _headline(*rows):
    frame = pd.DataFrame([_row(*row) for row in rows]).astype({"low": float, "high": float})
    return headline(frame.assign(rank=range(1, len(frame) + 1)), LABELS).replace("\u00a0", " ")


def test_one_scale_holds_every_value_and_interval():
    first, second = bars([_row("acces", 0.4, 0.3, 0.5), _row("parcours", 0.2, 0.1, 0.3)])
    assert (first.width, first.low, first.high) == (80, 60, 100)
    assert (second.width, second.low, second.high) == (40, 20, 60)
    assert (first.figure, first.interval) == ("40\u00a0%", "30–50")


def test_without_interval_the_bar_stands_alone():
    (bar,) = bars([_row("acces", 1.0)])
    assert (bar.width, bar.low, bar.interval) == (100, None, "")


def test_nothing_makes_no_bar_and_zeros_make_empty_ones():
    assert bars([]) == [] and lengths([]) == []
    assert bars([_row("acces", 0.0, 0.0, 0.0)])[0].width == 0
    assert lengths([0, 0]) == [0, 0]
    assert lengths([5, 10]) == [50, 100]


def test_a_sentence_writes_a_figure_as_its_chart_does():
    rows = [_row("acces", 0.065, 0.05, 0.07), _row("parcours", 0.02)]
    assert precise(row["value"] for row in rows)(0.065) == bars(rows)[0].figure == "6,5\u00a0%"


def test_small_shares_keep_a_decimal():
    first, second = bars([_row("acces", 0.064, 0.059, 0.069), _row("parcours", 0.058, 0.05, 0.06)])
    assert (first.figure, first.interval, second.figure) == ("6,4\u00a0%", "5,9–6,9", "5,8\u00a0%")
    assert (decimals([0.1, 0.02]), decimals([])) == (0, 0)


@pytest.mark.parametrize(("count", "said"), [(0, "0 personne"), (1, "1 personne"), (2, "2 personnes")])
def test_people_agree_in_number(count, said):
    assert people(count).replace("\u00a0", " ") == said


def test_figures_are_french():
    assert (number(0.345, 1), percent(1)) == ("34,5", "100\u00a0%")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("acces", 0.5, 0.45, 0.55), ("parcours", 0.3, 0.25, 0.35)],
         "Nettement en tête : Accès (50 %), devant Parcours (30 %)."),
        ([("acces", 0.4, 0.3, 0.5), ("parcours", 0.3, 0.2, 0.4), ("autonomie", 0.1, 0.05, 0.15)],
         "En tête, au coude à coude : Accès (40 %) et Parcours (30 %)."),
        ([("acces", 0.4, 0.3, 0.5), ("parcours", 0.35, 0.2, 0.4), ("autonomie", 0.25, 0.1, 0.32)],
         "En tête, au coude à coude : Accès (40 %), Parcours (35 %) et Autonomie (25 %)."),
        ([("acces", 1.0, 1.0, 1.0), ("parcours", 0.0, 0.0, 0.0)], "Une seule réponse est citée : Accès (100 %)."),
    ],
)  # fmt: skip
def test_the_sentence_is_no_firmer_than_the_intervals(rows, said):
    assert _headline(*rows) == said


def test_without_interval_the_sentence_says_so():
    said = _headline(("acces", 0.8), ("parcours", 0.2))
    assert said.startswith("En tête : Accès (80 %), puis Parcours (20 %).") and "Trop peu de personnes" in said


def test_nothing_said_makes_no_sentence():
    assert headline(pd.DataFrame({"rank": []}), LABELS) == ""


def test_stability_is_said_of_what_may_leave_the_first_three():
    labels = dict(zip("abcd", "ABCD", strict=True))
    rows = pd.DataFrame({"option": list("abcd"), "value": [0.4, 0.3, 0.2, 0.1], "rank": range(1, 5)})
    said = stability(rows.assign(stable=[1.0, 0.98, 0.8, 0.01]), labels)
    assert said.replace("\u00a0", " ") == "A 100 %, B 98 %, C 80 %"
    assert stability(rows.head(3).assign(stable=1.0), labels) == ""
    assert stability(rows.assign(stable=float("nan")), labels) == ""
