import numpy as np
import pandas as pd
import pytest

from analysis.vocabulary import lemmas, log_odds, recurrent_words, specific_words, used_words
from tests.analysis.made import frames, people


def _used(**texts):
    """One text a person: g0="…"."""
    rows = [{"contribution": f"c-{who}", "participant": who, "text": text} for who, text in texts.items()]
    return used_words(pd.DataFrame(rows))


def test_words_that_tell_nothing_are_left_out_and_the_others_are_lemmas():
    assert lemmas("Les ordinateurs de l’école coûtaient très cher !") == ["ordinateur", "école", "coûter", "cher"]


def test_recurrent_words_count_people_before_mentions():
    """« prix » ten times by one person comes after « réseau », by two."""
    table = recurrent_words(_used(g0="prix " * 10, g1="réseau", g2="réseaux"))
    assert table["lemma"].to_list() == ["réseau", "prix"]
    assert table.loc[1, ["people", "texts", "occurrences"]].to_list() == [1, 1, 10]


def test_log_odds_by_hand():
    """Counts 3 of 4 and 1 of 4, prior worth 2, half for each word: log(4/2) − log(2/4) = log 4; variance 1/4 + 1/2."""
    ratio, z = log_odds(np.array([3.0, 1.0]), np.array([1.0, 3.0]), prior=2.0)
    assert ratio == pytest.approx([np.log(4), -np.log(4)])
    assert z[0] == pytest.approx(np.log(4) / np.sqrt(3 / 4))


def test_a_word_of_one_group_marks_it():
    texts = {f"f{n}": "facture prix" for n in range(6)} | {f"g{n}": "réseau prix" for n in range(6)}
    table = specific_words(_used(**texts), frames(people(f=6, g=6)))
    marks = table.groupby("name")["lemma"].first().to_dict()
    assert marks == {"f": "facture", "g": "réseau"} and set(table["by"]) == {"group"}
