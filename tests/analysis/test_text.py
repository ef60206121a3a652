import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text import counts, cut, fold, words


@pytest.mark.parametrize(
    ("word", "folded"), [("Éloignée", "eloignee"), ("ŒUVRE", "oeuvre"), ("numérique", "numerique")]
)
def test_folding_drops_case_accents_and_ligatures(word, folded):
    assert fold(word) == folded


def test_apostrophes_of_both_kinds_and_hyphens_part_words():
    assert words("L'accès, l’e-mail") == ["l", "accès", "l", "e", "mail"]


def test_words_of_a_decomposed_text_are_those_of_the_composed_one():
    assert words(unicodedata.normalize("NFD", "La médiathèque fermée")) == words("La médiathèque fermée")


def test_sentences_end_at_their_marks_and_clauses_at_commas():
    text = cut("Trop loin, trop cher. Et après ?")
    assert text.sentences == [0, 0, 0, 0, 1, 1]
    assert len(set(text.clauses[:4])) == 2


@pytest.mark.parametrize("text", ["voir ameli.fr demain", "la version 3.5 ici", "M. Martin passe"])
def test_a_dot_inside_a_name_a_number_or_after_a_title_ends_nothing(text):
    assert len(set(cut(text).sentences)) == 1


def test_little_words_do_not_count_as_distance():
    assert [word for word in cut("accès à l’eau").given if counts(word)] == ["accès", "eau"]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_every_word_is_where_it_is_said_to_be(text):
    found = cut(text)
    assert [text[start:end].lower() for start, end in zip(found.starts, found.ends, strict=True)] == found.forms
