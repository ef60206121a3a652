"""The deck's sentences and what it chooses to show: they read well with any label, and leave no voice out."""

import pandas as pd
import pytest

from cafe.restitution.deck import Bars, Grid, Quotes, Stack
from cafe.restitution.deck_sections import first_by_group
from cafe.results.groups import Line
from tests.analysis.made import frames, people, said, voted
from tests.cafe.restitution.decks import GROUPS, deck_of, small_dialogue

OUT = {"group": "public", "label": "Grand public", "side": "external", "in_total": 0}


def line(code: str, label: str, **values: float) -> Line:
    return Line(code, label, 12, "", values)


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def page(deck, topic: str):
    return next(slide for slide in deck.slides if slide.topic == topic)


@pytest.mark.parametrize(
    "label", ["en emploi", "sans emploi", "Personnes en situation de handicap", "Élus et services publics", "L’État"]
)
def test_no_sentence_bends_round_a_label(label):
    told = first_by_group([line("a", label, x=0.6, y=0.4), line("b", "Opérateur", x=0.1, y=0.9)], {"x": "Banque"})
    assert spaced(told) == f"En tête : « Banque » ({label}) ; « y » (Opérateur)."


def test_what_all_put_first_is_said_once_and_marks_stand_within_marks():
    lines = [line("a", "A", x=0.6), line("b", "B", x=0.2)]
    assert spaced(first_by_group(lines, {"x": "Les « aidants »"})) == "En tête partout : « Les “aidants” »."


def test_a_title_is_never_cut_in_the_middle():
    lines = [line(code, "Acteurs de terrain", **{code: 0.5}) for code in "abcde"]
    told = first_by_group(lines, {code: f"{code}{'x' * 40}" for code in "abcde"})
    assert len(told) <= 240 and told.endswith("(Acteurs de terrain) ; ailleurs, autre chose.")


def test_groups_keep_the_order_of_their_dialogue_and_what_nobody_cites_takes_no_column():
    grid = page(deck_of(small_dialogue()), "Les raisons de s’engager, par groupe").blocks[0]
    assert isinstance(grid, Grid) and [row[0].text.split(" (")[0] for row in grid.rows] == [g["label"] for g in GROUPS]
    assert len(grid.head) == 4 and all(any(row[place].text != "0" for row in grid.rows) for place in (2, 3))


def test_the_same_words_of_two_people_are_quoted_once():
    spoken = [said(name, tag, family="raisons", question="raisons")
              for name, tag in (("gens0", "reputation_image"), ("gens1", "responsabilite_societale"))]  # fmt: skip
    for (contribution,), _ in spoken:
        contribution["text"] = "Qu’ils se parlent" if contribution["participant"] == "gens0" else "QU’ILS SE PARLENT."
    deck = deck_of(frames(people(gens=6), [], spoken, GROUPS))
    (quotes,) = [block for block in page(deck, "Les raisons de s’engager").blocks if isinstance(block, Quotes)]
    assert len(quotes.quotes) == 1


def test_statements_that_only_groups_out_of_the_total_voted_on_are_shown_and_said_to_be_so():
    votes = voted(4, "gens0", "gens1"), *(voted(5, f"public{n}", statement="regnier.t") for n in range(7))
    tables = frames(people(gens=6, public=7), votes, [], [*GROUPS, OUT])
    slides = [slide for slide in deck_of(tables).slides if slide.topic == "L’abaque de Régnier"]
    told = {stack.rows[0].label: slide.facts for slide in slides for stack in slide.blocks if isinstance(stack, Stack)}
    assert ["total" in told[words] for words in ("Un accueil humain partout.", "Une offre pour petits revenus.")] == [
        False, True,
    ]  # fmt: skip


def test_what_comes_first_in_brief_says_that_it_rests_on_few():
    deck = deck_of(frames(people(gens=3), [], [said("gens0", "reputation_image", family="raisons")], GROUPS))
    (prose,) = page(deck, "En bref").blocks
    assert "un groupe a moins de 5 personnes" in spaced(prose.paragraphs[0])


def test_an_interval_is_spoken_of_only_where_one_is_drawn():
    for slide in deck_of(small_dialogue()).slides:
        for bars in (block for block in slide.blocks if isinstance(block, Bars) and block.unit != "count"):
            assert ("intervalle" in bars.caption) == any(
                not pd.isna(row.low) and row.low is not None for row in bars.rows
            )
