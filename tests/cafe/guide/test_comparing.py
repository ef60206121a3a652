"""Two versions of a guide, compared in words."""

import pytest

from cafe.guide.comparing import reused_codes
from cafe.guide.reading import compare, read_guide
from tests.cafe.guide.small import SMALL, referential, shipped_guide, small_guide

OPTIONS = "options: [{code: a, label: Un}, {code: b, label: Deux}]"


def changed(*changes, base=SMALL):
    text = base
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read_guide(text, referential())


def test_the_same_guide_has_no_difference():
    assert compare(small_guide(), changed(("version: 1", "version: 2"))) == []
    assert compare(shipped_guide(), shipped_guide()) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("Petit guide", "Le guide", "Titre du guide : « Petit guide » → « Le guide »."),
        ("title: Les freins", "title: Freins", "Titre de partie : « Les freins » → « Freins »."),
        ("minutes: 10", "minutes: 15", "Partie « Les freins » : 10 min → 15 min."),
        ("text: Bonjour.", "text: Bonsoir.",
         "bonjour : reformulée (seul, entretien, atelier) : « Bonjour. » → « Bonsoir. »."),
        ("Quel lien voyez-vous", "Quel lien",
         "liens : reformulée (entretien, atelier) : « Quel lien voyez-vous ? » → « Quel lien ? »."),
        ("text: Décrivez ces personnes.", "text: Décrivez ces personnes.\n        help: Leur âge.",
         "populations.mots : aide (seul, entretien, atelier) : « rien » → « Leur âge. »."),
        ("follow_up: Un exemple, peut-être.", "follow_up: Un exemple.",
         "liens : relance (seul, entretien, atelier) : « Un exemple, peut-être. » → « Un exemple. »."),
        ("at_most: 3", "at_most: 2", "usages.critiques : nombre de réponses : « 3 » → « 2 »."),
        ("feeds: [liens]", "feeds: [liens, freins]", "liens : familles nourries : « liens » → « liens, freins »."),
        ("scale: [Pas du tout,", "scale: [Jamais,",
         "usages.dependance : échelle reformulée, « Pas du tout » → « Jamais »."),
        ("{question: populations.cible, answered: oui}", "{question: populations.cible, any_of: [jeunes, femmes]}",
         "populations.mots : condition : « populations.cible a une réponse » → "
         "« populations.cible est jeunes ou femmes »."),
        ("other: Un autre frein\n", "other: Autre chose\n",
         "freins.champs : « un autre » : « Un autre frein » → « Autre chose »."),
        ("kind: statement", "kind: statement\n        shuffle: non",
         "regnier.droit : ordre au hasard : « oui » → « non »."),
        ("acces: Avoir Internet", "acces: Se connecter",
         "freins.enjeux : option reformulée, « Avoir Internet » → « Se connecter »."),
    ],
)  # fmt: skip
def test_one_change_is_one_sentence(old, new, sentence):
    assert compare(small_guide(), changed((old, new))) == [sentence]


def test_questions_added_and_withdrawn_are_told_with_their_words():
    other = changed(("code: raisons", "code: raisons.engagement"))
    assert compare(small_guide(), other) == [
        "Question retirée : raisons, « Pourquoi ? ».",
        "Question ajoutée : raisons.engagement, « Pourquoi ? ».",
    ]


def test_options_added_withdrawn_and_moved_are_told():
    family = "options_from: {family: populations}"
    before = changed((family, OPTIONS), ("none_of: [refus, femmes]", "none_of: [b]"))
    after = changed((family, OPTIONS.replace("code: a", "code: c")), ("none_of: [refus, femmes]", "none_of: [b]"))
    assert compare(before, after) == [
        "populations.cible : option retirée, « Un ».",
        "populations.cible : option ajoutée, « Un ».",
    ]
    turned = "options: [{code: b, label: Deux}, {code: a, label: Un}]"
    moved = changed((family, turned), ("none_of: [refus, femmes]", "none_of: [b]"))
    assert compare(before, moved) == ["populations.cible : l’ordre change (option)."]


def test_questions_that_change_their_order_or_section_are_told():
    greeting = "      - code: bonjour\n        kind: info\n        text: Bonjour.\n"
    end = "  - code: freins\n    title"
    last = changed((greeting, ""), (end, greeting + end))
    assert compare(small_guide(), last) == ["L’ordre des questions change."]
    head = "    minutes: 10\n    questions:\n"
    elsewhere = changed((greeting, ""), (head, head + greeting))
    assert compare(small_guide(), elsewhere) == [
        "bonjour passe dans la partie « Les freins ».",
        "L’ordre des questions change.",
    ]


def test_a_new_section_is_told():
    extra = "  - code: fin\n    title: Pour finir\n    minutes: 1\n    questions:\n"
    extra += "      - {code: merci, kind: info, text: Merci.}\n"
    assert compare(small_guide(), read_guide(SMALL + extra, referential())) == [
        "Partie ajoutée : « Pour finir », 1 min.",
        "Question ajoutée : merci, « Merci. ».",
    ]
    assert compare(read_guide(SMALL + extra, referential()), small_guide())[0] == "Partie retirée : « Pour finir »."


def test_a_withdrawn_code_is_never_given_again_nor_its_kind_changed():
    without = changed(("code: raisons", "code: raisons.engagement"))
    assert reused_codes([], small_guide()) == []
    assert reused_codes([small_guide()], without) == []
    assert reused_codes([small_guide(), without], small_guide()) == [
        "Le code « raisons » a servi à une question retirée : donnez-en un autre."
    ]
    other_kind = changed(
        ("code: bonjour\n        kind: info", "code: bonjour\n        kind: open\n        feeds: [liens]")
    )
    assert reused_codes([small_guide()], other_kind) == [
        "« bonjour » change de forme (ouverte) : donnez-lui un autre code."
    ]
