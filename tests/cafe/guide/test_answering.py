"""What may be answered to a step, and the rows that it makes."""

import random

import pytest

from cafe.errors import Refusal
from cafe.guide.engine import check, draw_order, find_step, rows
from cafe.guide.steps import Given
from tests.cafe.guide.small import chosen, ranked, small_guide, told

OPENED = {
    "liens": told(),
    "freins.enjeux": ranked("acces"),
    "freins.champs.acces": ranked("lieu_acces"),
    "essentiels@lieu_acces": told(),
    "usages.critiques": chosen("sante", "emploi", kind="multi"),
}


def step(key, **given):
    return find_step(small_guide(), OPENED | given.get("given", {}), "alone", key)


@pytest.mark.parametrize(
    ("key", "sent", "sentence"),
    [
        ("liens", Given("open", text=" \n"), "vide"),
        ("liens", Given("open", text="a" * 10_001), "trop long"),
        ("liens", chosen("seniors"), "Rechargez"),
        ("liens", Given("open", state="peut-être"), "Rechargez"),
        ("populations.cible", chosen("martiens"), "pas dans la liste"),
        ("populations.cible", chosen("nsp"), "pas dans la liste"),
        ("populations.cible", chosen(), "Choisissez une réponse"),
        ("populations.cible", chosen("seniors", "jeunes"), "une seule"),
        ("populations.cible", chosen("seniors", others=("les aidants",)), "une seule"),
        ("populations.cible", chosen("autre"), "Écrivez votre autre"),
        ("populations.cible", chosen(others=("a" * 201,)), "trop longue"),
        ("populations.cible", chosen(others=("un", "deux")), "Une seule"),
        ("usages.critiques", chosen("sante", "emploi", "banque", "logement", kind="multi"), "3 réponses au plus"),
        ("usages.critiques", chosen("sante", kind="multi", others=("jouer",)), "Rechargez"),
        ("usages.critiques", chosen("sante", "sante", kind="multi"), "deux fois"),
        ("freins.enjeux", ranked(), "Choisissez une réponse"),
        ("freins.enjeux", Given("rank", (("acces", "1"), ("parcours", "1"))), "même rang"),
        ("freins.enjeux", Given("rank", (("acces", "0"),)), "à partir de 1"),
        ("freins.enjeux", Given("rank", (("acces", "²"),)), "à partir de 1"),
        ("freins.enjeux", Given("rank", (("acces", "9" * 4999),)), "à partir de 1"),
        ("freins.champs.acces", ranked("navigation"), "pas dans la liste"),
        ("usages.dependance", Given("rate", (("sante", "6"),)), "de 1 à 5"),
        ("usages.dependance", Given("rate", (("sante", "٣"),)), "de 1 à 5"),
        ("regnier.droit", chosen("6", kind="statement"), "pas dans la liste"),
        ("regnier.droit", chosen("5", "4", kind="statement"), "une seule"),
    ],
)
def test_an_impossible_answer_is_refused_in_one_sentence(key, sent, sentence):
    with pytest.raises(Refusal, match=sentence):
        check(step(key), sent)


@pytest.mark.parametrize("state", ["nsp", "refus", "passed"])
@pytest.mark.parametrize("key", ["liens", "populations.cible", "freins.enjeux", "usages.dependance", "regnier.droit"])
def test_not_knowing_refusing_and_passing_answer_every_question(key, state):
    kind = step(key).question.kind
    assert check(step(key), Given(kind, state=state)) == Given(kind, state=state)


def test_a_text_is_stored_clean():
    assert check(step("liens"), Given("open", text=" e\u0301té\r\nfini ")).text == "été\nfini"


def test_a_partial_ranking_is_welcome_and_its_holes_are_closed():
    sent = Given("rank", (("acces", "7"), ("parcours", "3")))
    assert check(step("freins.enjeux"), sent) == ranked("parcours", "acces")


def test_words_just_typed_come_last_in_the_ranking():
    sent = ranked("cout_internet", "lieu_acces", others=(" Pas de prise ",))
    kept = check(step("freins.champs.acces"), sent)
    assert kept == ranked("cout_internet", "lieu_acces", "autre.acces", others=("Pas de prise",))


def test_words_typed_can_be_ranked_first():
    sent = ranked("autre.acces", "lieu_acces", others=("Pas de prise",))
    assert check(step("freins.champs.acces"), sent).retained() == ("autre.acces", "lieu_acces")


def test_words_typed_before_stay_or_go_with_their_place_in_the_ranking():
    before = {"freins.champs.acces": ranked("autre.acces", others=("Pas de prise",))}
    kept = check(step("freins.champs.acces", given=before), ranked("lieu_acces", "autre.acces"))
    assert kept == ranked("lieu_acces", "autre.acces", others=("Pas de prise",))
    left = check(step("freins.champs.acces", given=before), ranked("lieu_acces", others=("Pas de prise",)))
    assert left == ranked("lieu_acces")
    alone = check(step("freins.champs.acces", given=before), ranked(others=("Pas de prise",)))
    assert alone == ranked("autre.acces", others=("Pas de prise",))


def test_words_typed_alone_are_the_choice():
    assert check(step("populations.cible"), chosen(others=("les aidants",))) == chosen("autre", others=("les aidants",))


def answered_rows(key, sent):
    return rows(step(key), check(step(key), sent))


def test_rows_are_those_of_the_table_of_answers():
    assert answered_rows("freins.enjeux", ranked("parcours", "acces")) == [
        ("freins.enjeux", "rank", "parcours", "1"),
        ("freins.enjeux", "rank", "acces", "2"),
    ]
    assert answered_rows("freins.champs.acces", ranked("lieu_acces", others=("Pas de prise",))) == [
        ("freins.champs.acces", "rank", "lieu_acces", "1"),
        ("freins.champs.acces", "rank", "autre.acces", "2"),
    ]
    assert answered_rows("populations.cible", chosen("jeunes")) == [("populations.cible", "choice", "jeunes", "1")]
    assert answered_rows("usages.critiques", chosen("sante", "emploi", kind="multi")) == [
        ("usages.critiques", "multi", "sante", "1"),
        ("usages.critiques", "multi", "emploi", "1"),
    ]
    assert answered_rows("usages.dependance", Given("rate", (("sante", "5"), ("emploi", "2")))) == [
        ("usages.dependance", "rate", "sante", "5"),
        ("usages.dependance", "rate", "emploi", "2"),
    ]
    assert answered_rows("regnier.droit", chosen("4", kind="statement")) == [("regnier.droit", "regnier", "", "4")]
    assert answered_rows("usages.proposition@lieu_acces", chosen("sante")) == [
        ("usages.proposition.lieu_acces", "choice", "sante", "1")
    ]


def test_words_are_contributions_not_rows():
    assert answered_rows("liens", told()) == []
    assert answered_rows("essentiels@lieu_acces", told()) == []
    assert answered_rows("bonjour", Given("info")) == []


@pytest.mark.parametrize(("state", "vote"), [("nsp", "blanc"), ("refus", "noir")])
def test_not_knowing_and_refusing_are_two_rows_of_their_own(state, vote):
    assert answered_rows("freins.enjeux", Given("rank", state=state)) == [("freins.enjeux", "rank", state, "1")]
    assert answered_rows("liens", Given("open", state=state)) == [("liens", "choice", state, "1")]
    assert answered_rows("essentiels@lieu_acces", Given("open", state=state)) == [
        ("essentiels.lieu_acces", "choice", state, "1")
    ]
    assert answered_rows("regnier.droit", Given("statement", state=state)) == [("regnier.droit", "regnier", "", vote)]


def test_what_is_passed_leaves_no_row():
    assert answered_rows("freins.enjeux", Given("rank", state="passed")) == []
    assert answered_rows("regnier.droit", Given("statement", state="passed")) == []


def test_a_follow_up_leaves_the_rows_of_its_question_alone():
    assert answered_rows("liens~suite", Given("open", state="nsp")) == []


def test_options_are_drawn_with_un_autre_last():
    given = {"populations.cible": chosen("autre", others=("les aidants",))}
    asked = step("populations.cible", given=given)
    drawn = {draw_order(asked, random.Random(seed)) for seed in range(40)}
    assert len(drawn) > 30
    assert {order[-1] for order in drawn} == {"autre"}
    assert {frozenset(order) for order in drawn} == {frozenset(option.code for option in asked.options)}


def test_a_scale_keeps_its_order():
    assert draw_order(step("regnier.droit"), random.Random(3)) == ("5", "4", "3", "2", "1")
