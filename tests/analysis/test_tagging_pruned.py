"""What decides early which rules and options are worth trying changes nothing of what is found."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.referential import load_referential, parse_referential
from analysis.tagging import Tagger
from analysis.text import CACHE, LONGEST_KEPT, Memo, cut
from tests.analysis.small import BICYCLES

SHIPPED = Tagger(load_referential())
ALONE = replace(load_referential(), learned=None)
RULES = Tagger(ALONE)
HELD = settings(derandomize=True, deadline=None, max_examples=25)


@pytest.fixture(scope="module")
def thorough():
    """Rules that are all tried on every text, and every option of every union."""
    tagger = Tagger(ALONE)
    index = tagger._ready.index
    rules, everything = {rule for rule, _needs in index._ways}, -1
    index.candidates, index.possible = lambda *_: rules, lambda _present: everything
    return tagger


WORDS = st.sampled_from(
    "internet ordinateur site mairie cher prix pas ne n’est sans aucun plus jamais mais car personnes âgées aider "
    "former savoir utiliser payer carte bancaire mot de passe données personnelles peur réseau zone blanche connexion "
    "guichet retraités jeunes ruraux démarches CAF en ligne numérique tout opérateur forfait . , ! trop compliqué pa "
    "tro ordi accompagner médiateur abonnement gratuit droit comprendre partenariat".split()
)
SAID = st.lists(WORDS, min_size=3, max_size=30).map(" ".join)


@HELD
@given(SAID, st.sampled_from(["", "Et le numérique ?", "Que pensez-vous de votre opérateur ?"]))
def test_a_tagger_that_tries_everything_finds_the_same(thorough, text, question):
    assert RULES.tag(text, question) == thorough.tag(text, question)


def test_rules_of_common_words_are_tried_when_the_question_alone_holds_the_subject():
    common = Tagger(parse_referential(BICYCLES.replace("budget, also: [atelier]", "avoir ..2 temps")))
    assert [found.matched for found in common.tag("On n’a pas le temps", "Et votre vélo ?")] == ["a pas le temps"]
    assert common.tag("On n’a pas le temps") == []


# What people put around words on a phone: emojis with skin and joiners, marks that combine, spaces that do not show.
AROUND = st.text("😀👩🏽\u200d🦽\ufe0f\u0301\u0323\u200b\u00a0 \t«»—…!?", max_size=12)


@HELD
@given(AROUND, AROUND, st.booleans())
def test_spans_follow_the_words_whatever_stands_around_them(before, after, decomposed):
    said = "Les retraités n’ont pas Internet, c’est trop cher"
    said = unicodedata.normalize("NFD", said) if decomposed else said
    text = f"{before} {said} {after}"
    alone, found = SHIPPED.tag(said), SHIPPED.tag(text)
    shift = len(before) + 1
    assert [one._replace(start=one.start + shift, end=one.end + shift) for one in alone] == found
    assert alone and all(text[one.start : one.end] == one.matched for one in found)


@HELD
@given(SAID, AROUND)
def test_a_passage_begins_and_ends_with_whole_words(said, between):
    text = said.replace(" ", f" {between} ", 3)
    words = cut(text)
    for found in SHIPPED.tag(text):
        assert text[found.start : found.end] == found.matched
        assert found.start in words.starts and found.end in words.ends


@HELD
@given(
    st.sampled_from(["ne sont pas", "ne sont jamais", "n’étaient pas", "ne sont guère", "NE SONT PAS"]),
    st.lists(st.sampled_from("vraiment très si 😀 toujours".split()), max_size=2),
)
def test_what_is_denied_tells_by_what_and_only_in_its_clause(denied, fillers):
    tagger = Tagger(parse_referential(BICYCLES.replace("non:trottoir", "trottoir")))
    said = f"À vélo les gens {denied} {' '.join(fillers)} sur un trottoir"
    (found,) = [found for found in tagger.tag(said) if found.tag == "piste"]
    assert found.matched == "trottoir" and found.negated.startswith("ne … ")
    (found,) = [
        found for found in tagger.tag(f"À vélo les gens {denied} là, mais sur un trottoir") if found.tag == "piste"
    ]
    assert found.negated == ""


def test_what_is_kept_of_words_is_bounded_in_number_and_in_length():
    memo = Memo(len)
    assert memo["a" * (LONGEST_KEPT + 1)] == LONGEST_KEPT + 1 and not memo
    for number in range(CACHE + 5):
        assert memo[str(number)] == len(str(number))
    assert len(memo) <= CACHE
