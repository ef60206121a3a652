"""What is learnt from coded texts: the words that set a tag's texts apart, and how much is enough."""

import csv
from io import StringIO

import pytest

from analysis.learned_training import learn, write
from analysis.learned_words import LearnedWords, read_weights
from analysis.referential import parse_referential
from analysis.tagging import Tagger

SOURCE = """\
slug: velo
label: Vélo
version: 1
learned: {words: precarite-numerique-1, subject: roues}
notions:
  roues: [vélo]
families:
  freins:
    label: Freins
    tags:
      panne: {label: Panne, rules: [plus vélo]}
      vol: {label: Vol, rules: [vélo]}
  populations:
    label: Populations
    tags: {jeunes: Jeunes}
"""
SAID = [("mon vélo {} ne roule plus", "panne"), ("mon vélo {} est beau", ""), ("le vélo {} de mon enfant", "")]
PLACES = "rouge vert bleu noir blanc gris jaune rose".split()


def coded(count: int) -> list[dict[str, str]]:
    said = [(text.format(PLACES[place % 8]), code) for place in range(count) for text, code in SAID]
    return [{"text": text, "freins": code, "populations": "jeunes", "usages": ""} for text, code in said]


@pytest.fixture(scope="module")
def learnt():
    return list(learn(coded(36), Tagger(parse_referential(SOURCE), LearnedWords())))


def test_the_words_that_set_a_tag_apart_are_kept_and_lay_it_on_texts_never_seen(learnt):
    assert {weight.name for weight in learnt if weight.weight > 0} & {"roul", "plus", "roul plus", "ne roul"}
    tagger = Tagger(parse_referential(SOURCE), LearnedWords(learnt))
    assert {found.tag for found in tagger.tag("Ce vélo-là ne roule plus")} == {"panne", "vol"}
    assert {found.tag for found in tagger.tag("Ce vélo-là est beau")} == {"vol"}


def test_a_rule_that_has_its_words_is_learnt_as_a_word_is(learnt):
    assert {weight.name for weight in learnt} >= {"freins.panne: plus vélo"}


def test_a_tag_that_is_rare_and_families_that_are_named_are_not_learnt(learnt):
    assert {(weight.family, weight.tag) for weight in learnt} == {("freins", "panne")}


def test_the_same_texts_teach_the_same_words(learnt):
    assert list(learn(coded(36), Tagger(parse_referential(SOURCE), LearnedWords()))) == learnt


def test_what_is_written_is_read_as_it_was(learnt):
    file = StringIO()
    write(learnt, file)
    file.seek(0)
    assert sorted(read_weights(csv.DictReader(file))) == sorted(learnt)
