"""Everyone's votes as a table, and the order of people in it."""

import pandas as pd

from analysis.abacus import abacus, in_order
from analysis.frames import make_frames
from analysis.heard import hear

VOTES = [
    ("p1", "regnier.a", "5"), ("p1", "regnier.b", "2"), ("p2", "regnier.a", "blanc"), ("p3", "regnier.a", "4"),
    ("p3", "regnier.b", "4"), ("p3", "regnier.mots", "contre"), ("p4", "freins.enjeux", "1"),
]  # fmt: skip


def _frames():
    people = pd.DataFrame([(f"p{n}", "g" if n < 3 else "h") for n in range(1, 5)], columns=["participant", "group"])
    rows = [(who, question, "regnier" if "regnier" in question else "rank", "" if "regnier" in question else "acces", v)
            for who, question, v in VOTES]  # fmt: skip
    answers = pd.DataFrame(rows, columns=["participant", "question", "kind", "option", "value"])
    return make_frames({"participants": people, "answers": answers})


def test_a_row_a_person_and_statement_under_a_number_that_says_nothing():
    table = abacus(hear(_frames()))
    assert table.values.tolist() == [
        [1, "g", "regnier.a", "colours", "5"],
        [1, "g", "regnier.b", "colours", "2"],
        [2, "g", "regnier.a", "colours", "blanc"],
        [3, "h", "regnier.a", "colours", "4"],
        [3, "h", "regnier.b", "colours", "4"],
        [3, "h", "regnier.mots", "words", "contre"],
    ]


def test_without_any_vote_it_has_its_columns():
    empty = make_frames({"participants": pd.DataFrame({"participant": ["p"], "group": ["g"]})})
    assert list(abacus(hear(empty)).columns) == ["person", "group", "statement", "scale", "value"]


def test_people_go_from_the_most_to_the_least_favourable_the_silent_last():
    table = abacus(hear(_frames()))
    order = in_order(table[table["scale"] == "colours"])
    assert order.dropna().to_dict() == {3: 4.0, 1: 3.5} and list(order.index) == [3, 1, 2]


def test_between_equal_nets_the_higher_words_come_first():
    rows = [(1, "souhaitable"), (2, "incontournable"), (3, "contre"), (4, "dilemme")]
    votes = pd.DataFrame([(who, "g", "s", "words", word) for who, word in rows],
                         columns=["person", "group", "statement", "scale", "value"])  # fmt: skip
    assert list(in_order(votes).index) == [2, 1, 4, 3]
