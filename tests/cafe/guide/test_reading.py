"""A faulty guide is refused in one sentence that names the line and the cure."""

import re

import pytest

from analysis.errors import BadInput
from cafe.guide.definition import Guide
from cafe.guide.reading import Fault, find_faults, guide_hash, read_guide
from tests.cafe.guide.small import SMALL, referential, shipped_guide, small_guide

# What is written in the small guide, what replaces it, the line of the fault after its replacement, the sentence.
FAULTS = [
    ("label: Petit guide", "lable: Petit guide", "lable:", "« lable » n’est pas connu : vouliez-vous écrire « label »"),
    ("minutes: 5", "minutes: cinq", "minutes: cinq", "« cinq » n’est pas un nombre entier"),
    ("minutes: 5", "minutes: 0", "minutes: 0", "au moins 1"),
    ("minutes: 5", "minutes: 500", "minutes: 500", "au plus 240"),
    ("version: 1\n", "", "slug:", "il manque le champ « version »"),
    ("slug: petit", "slug: Petit Guide", "slug:", "n’est pas un code"),
    ("code: liens\n", "code: Liens\n", "code: Liens", "n’est pas un code"),
    ("kind: open\n        text: {", "kind: opne\n        text: {", "kind: opne", "« opne » ne convient pas .* écrivez"),
    ("text: Bonjour.", "text: {interview: Bonjour.}", "text: {interview", "il manque le champ « alone »"),
    ("text: Bonjour.", "text: {alone: a, phone: b}", "text: {alone: a", "« phone » n’est pas connu"),
    ("text: Bonjour.", "text:", "text:\n      - code: liens", "n’a pas de texte"),
    ("feeds: [liens]", "feeds: liens", "feeds: liens", "attend une liste de familles"),
    ("feeds: [liens]", "feeds: [lien]", "feeds: [lien]", "« lien » n’existe pas : vouliez-vous écrire « liens »"),
    ("        feeds: [liens]\n", "", "code: liens", "il manque « feeds »"),
    ("at_most: 3\n        text: Que f", "at_most: 0\n        text: Que f", "at_most: 0", "au moins 1"),
    ("at_most: 3\n        text: Que f", "each_alone: 3\n        text: Que f", "each_alone: 3", "« each_alone » ne va"),
    ("text: Qui aider", "at_most: 2\n        text: Qui aider", "at_most: 2", "« at_most » ne va pas avec « choice »"),
    ("text: Que faire ?", "other: Rien\n        text: Que faire ?", "other: Rien", "« other » ne va pas"),
    ("{question: populations.cible, answered: oui}", "{question: populations.cible, answered: peut-être}",
     "show_if: {", "il faut écrire oui ou non"),
    ("{question: populations.cible, answered: oui}", "{question: populations.cible}", "show_if: {", "ne demande rien"),
    ("{question: populations.cible, answered: oui}", "{answered: oui}", "show_if: {answered", "ajoutez « question »"),
    ("{question: populations.cible, answered: oui}", "{question: freins.enjeux, answered: oui}", "show_if: {",
     "« freins.enjeux » n’est pas posée avant : mettez-la plus haut"),
    ("{question: populations.cible, answered: oui}", "{question: population.cible, answered: oui}", "show_if: {",
     "vouliez-vous écrire « populations.cible »"),
    ("none_of: [refus, femmes]", "none_of: [refus, femme]", "[refus, femme]", "vouliez-vous écrire « femmes »"),
    ("{family: populations}", "{family: population}", "{family: population}", "vouliez-vous écrire « populations »"),
    ("{family: populations}", "{family: gouvernance}", "{family: gouvernance}", "n’a pas d’option"),
    ("depth: enjeux", "depth: enjeu", "depth: enjeu}", "« enjeu » ne convient pas"),
    ("{family: freins, depth: enjeux}", "{family: freins, parent: accès}", "parent: accès", "le tag « accès »"),
    ("options_from: {family: populations}", "kind2: x", "kind2: x", "« kind2 » n’est pas connu"),
    ("        options_from: {family: populations}\n", "", "code: populations.cible", "n’a pas d’option"),
    ("options_from: {family: populations}", "options: [{code: nsp, label: Rien}]", "nsp", "réservé"),
    ("options_from: {family: populations}", "options: [{code: a, label: A}, {code: a, label: B}]", "code: a",
     "deux fois"),
    ("options_from: {family: populations}", "options: seniors", "options: seniors", "attend une liste"),
    ("options_from: {family: populations}",
     "options: [{code: a, label: A}]\n        options_from: {family: populations}", "options_from: {family: pop",
     "pas les deux"),
    ("scale: [Pas du tout, Un peu, Assez,", "scale: [Un peu,", "scale: [Un peu", "5 mots"),
    ("scale: [Pas du tout, Un peu, Assez, Beaucoup, Totalement]", "scale: arc", "scale: arc", "attend couleurs"),
    ("code: raisons", "code: liens", "kind: open\n        show_if:\n          all_of", "« liens » sert déjà plus haut"),
    ("code: raisons", "code: freins.champs.acces", "kind: open\n        show_if:\n          all_of", "se confond"),
    ("  - code: freins\n", "  - code: debut\n", "  - code: debut\n    title: Les", "sert deux fois"),
    ("code: regnier.droit", "code: droit", "code: droit", "écrivez regnier.droit"),
    ("kind: multi\n        at_most: 3", "kind: choice", "kind: choice\n        text: Que f", "écrivez kind: multi"),
    ("within: freins.enjeux", "within: usages.critiques", "within: usages", "il faut une question rank"),
    ("within: freins.enjeux", "within: freins.enjeu", "within: freins.enjeu", "vouliez-vous écrire « freins.enjeux »"),
    ("depth: champs", "parent: acces", "within:", "aucune option n’est sous « autonomie »"),
    ("among: usages.critiques", "among: freins.enjeux", "among:", "aucune option de « freins.enjeux »"),
    ("each: freins.champs\n        each_alone: 2\n        text", "each: liens\n        text", "each: liens",
     "il faut une"),
    ("    acces: Avoir Internet", "    access: Avoir Internet", "access:", "vouliez-vous écrire « acces »"),
    ("  freins:\n", "  frein:\n", "  frein:", "la famille « frein » n’existe pas"),
    ("title: Les freins", "title: Les freins\n    title: Encore", "title: Encore", "écrit deux fois"),
    ("title: Les freins", 'title: "Les freins', "", "l'écriture YAML est fautive"),
    ("title: Les freins", "title: [Les, freins]", "title: [", "attend un texte simple"),
    ("title: Les freins", "title:", "title:\n    minutes: 10", "« title » est vide : écrivez-le"),
    ("text: Bonjour.", "text: " + "a" * 2001, "text: aaa", "trop long : 2000 signes"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "at", "sentence"), FAULTS, ids=[fault[3][:40] for fault in FAULTS])
def test_a_fault_is_told_at_its_line_with_its_cure(old, new, at, sentence):
    assert old in SMALL
    text = SMALL.replace(old, new, 1) if "raisons" not in old else SMALL.replace(old, new)
    with pytest.raises(BadInput, match=sentence) as refusal:
        read_guide(text, referential())
    told = str(refusal.value)
    assert "\n" not in told
    line = int(re.match(r"Ligne (\d+) : ", told)[1])
    if at:
        wanted = text[: text.index(at)].count("\n") + 1
        assert line in (wanted, wanted - 1) if "all_of" in at else line == wanted
    assert Fault(line, told.partition(" : ")[2]) in find_faults(text, referential())


def test_faults_are_told_together_in_the_order_of_the_lines():
    assert find_faults(SMALL, referential()) == []
    text = SMALL.replace("minutes: 5", "minutes: cinq").replace("label: Petit guide", "lable: Petit guide")
    assert [fault.line for fault in find_faults(text, referential())] == [2, 10]
    senseless = SMALL.replace("feeds: [liens]", "feeds: [lien]").replace("code: raisons", "code: bonjour")
    assert len(find_faults(senseless, referential())) == 2


@pytest.mark.parametrize("text", ["[ " * 20_000, "a: {" * 5_000, "sections:\n" + "- " * 2_000], ids=len)
def test_brackets_without_end_are_refused_at_once(text):
    with pytest.raises(BadInput, match="emboîtés"):
        read_guide(text, referential())


@pytest.mark.parametrize("text", ["", "- a\n- b", "bonjour", "slug: [", "a: *b", "sections: {}", "\x00"])
def test_what_is_no_guide_is_refused(text):
    with pytest.raises(BadInput, match="^Ligne"):
        read_guide(text, referential())


def test_wordings_not_written_take_those_of_the_way_before():
    text = small_guide().question("liens").text
    assert (text.alone, text.interview) == ("Qu’est-ce qui change ?", "Quel lien voyez-vous ?")
    assert text.workshop == text.interview
    assert small_guide().question("raisons").text.workshop == "Pourquoi ?"


def test_options_come_from_the_referential_with_plain_words_for_someone_alone():
    access = small_guide().question("freins.enjeux").options[0]
    assert access.said("interview") == "Accès des utilisateurs au numérique"
    assert access.said("alone") == "Avoir Internet"


def test_codes_that_yaml_would_read_as_booleans_stay_text():
    text = SMALL.replace(
        "options_from: {family: populations}", "options: [{code: on, label: no}, {code: off, label: yes}]"
    )
    text = text.replace("none_of: [refus, femmes]", "none_of: [off]")
    options = read_guide(text, referential()).question("populations.cible").options
    assert [(option.code, option.label) for option in options] == [("on", "no"), ("off", "yes")]


def test_a_guide_kept_as_json_reads_back_the_same_without_the_referential():
    for guide in (small_guide(), shipped_guide()):
        assert Guide.model_validate_json(guide.model_dump_json()) == guide


def test_the_hash_changes_with_a_single_letter():
    assert guide_hash(SMALL) == guide_hash(str(SMALL))
    assert guide_hash(SMALL) != guide_hash(SMALL + " ")
