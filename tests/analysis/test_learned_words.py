"""The words that were learnt lay what no rule found, say which they are, and can be hushed."""

import csv
from dataclasses import replace
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import BadInput
from analysis.learned_words import LONGEST, OF_RULE, LearnedWords, Said, Weight, is_by_words, path_of, read_weights
from analysis.referential import load_referential, parse_referential
from analysis.referential_editing import hush_words
from analysis.rules_ready import name_of_rule
from analysis.tagging import Tagger

BICYCLES = """\
slug: velo
label: Vélo
version: 1
learned: {words: precarite-numerique-1, subject: roues}
notions:
  roues: [vélo|roue]
families:
  freins:
    label: Freins
    tags:
      panne: {label: Panne, rules: [crevé, réparer vélo]}
      vol: {label: Vol, rules: [retrouvé vélo]}
"""
# A text of four distinct words halves each weight.
TABLE = [
    ("panne", "", -100), ("panne", "repar", 300), ("panne", "cher", -250), ("vol", "", -100),
    ("vol", "plus retrouv", 250), ("vol", "velo", -20), ("inconnu", "", -10), ("inconnu", "velo", 900),
]  # fmt: skip
WORDS = LearnedWords(Weight("freins", *row) for row in TABLE)


def tagger(source: str = BICYCLES, words: LearnedWords = WORDS) -> Tagger:
    return Tagger(parse_referential(source), words)


READER = tagger()


def laid(text: str, source: str = BICYCLES, question: str = "") -> list[tuple]:
    return [(one.tag, one.matched) for one in tagger(source).tag(text, question)]


def test_words_that_weigh_enough_together_lay_a_tag_that_a_rule_nearly_lays():
    assert laid("Vélo à réparer") == [("panne", "réparer")]
    assert laid("Vélo plus retrouvé ici") == [("vol", "plus retrouvé")]


def test_words_count_less_in_a_longer_text_and_some_speak_against():
    said = "vélo réparer " + " ".join(map(str, range(7)))
    assert 300 / sqrt(9) - 100 == 0 and laid(said) == []
    assert laid(said.removesuffix(" 6")) == [("panne", "réparer")]
    assert laid("Vélo cher à réparer") == []


def test_words_are_not_weighed_in_a_long_text_where_rules_have_enough_to_stand_on():
    said = ["vélo à réparer", *["ici"] * (LONGEST - 3)]
    assert laid(" ".join(said)) and laid(" ".join([*said, "ici"])) == []


def test_words_are_not_weighed_for_a_tag_that_no_rule_has_its_words_for():
    assert laid("Roue à réparer") == [] and laid("Vélo à réparer")


def test_a_rule_that_has_its_words_counts_by_itself_and_makes_a_tag_possible():
    table = [("", -600), ("repar", 2000), ("freins.panne: réparer vélo", 500)]
    both, alone = (LearnedWords(Weight("freins", "panne", *row) for row in rows) for rows in (table, table[:2]))
    found = [[one.matched for one in tagger(words=words).tag("Vélo à réparer")] for words in (both, alone)]
    assert found == [["réparer"], []]


def test_where_no_word_speaks_for_the_tag_the_heaviest_is_shown():
    table = [("", -100), ("freins.panne: réparer vélo", 500), ("velo", -20), ("repar", -10)]
    words = LearnedWords(Weight("freins", "panne", *row) for row in table)
    assert [one.matched for one in tagger(words=words).tag("Vélo à réparer")] == ["réparer"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(-999, 999)), max_size=12))
def test_the_tags_laid_are_those_whose_weights_add_up_above_their_start(cues):
    table = [
        Weight("freins", tag, name, (place + 1) * weight)
        for place, tag in enumerate("xyz")
        for name, weight in dict(cues).items()
    ]
    words = LearnedWords([*(Weight("freins", tag, "", 0) for tag in "xyz"), *table])
    said = Said(set(), ["a", "b", "c"], 3)
    above = [tag for tag in "xyz" if sum(one.weight for one in table if one.tag == tag and one.name in "abc") > 0]
    assert words.hear(said, [("freins", tag) for tag in "xyz"]) == [("freins", tag) for tag in above]


def test_where_a_rule_lays_the_tag_words_add_nothing():
    assert laid("Vélo crevé, réparer") == [("panne", "crevé")]


def test_words_speak_only_on_a_text_that_holds_their_subject_whatever_was_asked():
    assert laid("À réparer") == laid("À réparer", question="Et votre vélo ?") == []


def test_words_speak_for_a_family_only_where_it_does():
    source = BICYCLES.replace("    label: Freins\n", "    label: Freins\n    subject: ville\n")
    source = source.replace("  roues:", "  ville: [rue]\n  roues:")
    assert laid("Vélo à réparer", source) == [] and laid("Vélo à réparer, rue", source) == [("panne", "réparer")]


def test_words_are_silent_where_the_text_denies_what_the_family_speaks_of():
    source = BICYCLES.replace("    label: Freins\n", "    label: Freins\n    denial: souci\n")
    source = source.replace("  roues:", "  souci: [non:souci]\n  roues:")
    assert laid("Vélo à réparer, pas de souci", source) == [] and laid("Vélo à réparer, souci", source)


def test_a_tag_is_hushed_then_heard_again():
    hushed = hush_words(BICYCLES, "freins", "panne", hushed=True)
    assert laid("Vélo à réparer", hushed) == [] and laid("Vélo crevé", hushed) == [("panne", "crevé")]
    assert laid("Vélo à réparer", hush_words(hushed, "freins", "panne", hushed=False)) == [("panne", "réparer")]


def test_the_rule_says_that_words_laid_it():
    (found,) = tagger().tag("Vélo à réparer")
    assert is_by_words(found.rule) and (found.start, found.end) == (7, 14)
    assert not is_by_words(tagger().tag("Vélo crevé")[0].rule)


def test_without_the_words_the_rules_lay_what_they_laid():
    shipped = load_referential()
    alone, both = Tagger(replace(shipped, learned=None)), Tagger(shipped)
    said = "Internet est trop cher, il faut un guichet en mairie pour ceux qui n’ont pas d’ordinateur"
    ruled = alone.tag(said)
    assert ruled and [found for found in both.tag(said) if not is_by_words(found.rule)] == ruled


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("precarite-numerique-1", "../../secret", "Ligne 4 : les mots appris « ../../secret » ne sont pas livrés"),
        ("precarite-numerique-1", "rien", "ne sont pas livrés"),
        ("subject: roues", "subject: rien", "« rien » n’est pas définie"),
        (", subject: roues", "", "il manque le champ « subject »"),
    ],
)
def test_words_that_are_not_there_are_told_with_their_line(before, after, said):
    with pytest.raises(BadInput, match=said):
        parse_referential(BICYCLES.replace(before, after))


def test_the_shipped_words_are_about_tags_of_the_shipped_referential_and_each_tag_has_its_start():
    shipped = load_referential()
    with path_of(shipped.learned.words).open(encoding="utf-8", newline="") as file:
        weights = list(read_weights(csv.DictReader(file)))
    known = {(family.code, tag.code) for family in shipped.families for tag in family.tags}
    starts = {(one.family, one.tag) for one in weights if not one.name}
    assert {(one.family, one.tag) for one in weights} == starts and starts <= known
    # None speaks without a word for it.
    assert all(one.weight < 0 for one in weights if not one.name)


def test_the_shipped_rules_that_were_learnt_are_nearly_all_rules_still():
    # Those that were changed since weigh nothing: the words are to be learnt again when many were.
    shipped = load_referential()
    named = {
        name_of_rule(family, tag, rule) for family in shipped.families for tag in family.tags for rule in tag.rules
    }
    with path_of(shipped.learned.words).open(encoding="utf-8", newline="") as file:
        learnt = {row["cue"] for row in csv.DictReader(file) if OF_RULE in row["cue"]}
    assert len(learnt) > 100 and len(learnt & named) >= 0.9 * len(learnt)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["vélo", "réparer", "cher", "plus", "retrouvé", "ÉTÉ", "e\u0301te\u0301", "🚲", "."])))
def test_what_is_shown_is_what_stands_there(pieces):
    text = " ".join(pieces)
    assert all(text[found.start : found.end] == found.matched for found in READER.tag(text))
