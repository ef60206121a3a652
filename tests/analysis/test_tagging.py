import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.referential import load_referential, parse_referential
from analysis.tagging import Tagger
from tests.analysis.small import BICYCLES

BICYCLE = Tagger(parse_referential(BICYCLES))
SHIPPED = Tagger(load_referential())


def tags(text, question="", tagger=BICYCLE):
    return {found.tag for found in tagger.tag(text, question)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le prix des bicyclettes monte", {"cout"}),
        ("Mon vélo coûte, mais le prix du train aussi", {"cout"}),
        ("Le vélo n'est pas cher", set()),
        ("Le prix du vélo n'est pas un problème", set()),
        ("Le prix du vélo n'est pas un problème mais on me vole", {"vol"}),
        ("Prix fou. Vélo neuf.", set()),
        ("Mon vélo est cher, sans doute", {"cout"}),
    ],
)
def test_a_price_counts_near_its_object_and_unless_denied(text, expected):
    assert tags(text) == expected


@pytest.mark.parametrize(
    "text", ["VELO VOLÉ", "vélo volé", "Des vélos volés", "velo vole", "Mon ve\u0301lo vole\u0301", "voler\nun vélo"]
)
def test_accents_case_and_inflections_do_not_matter(text):
    assert tags(text) == {"vol"}


def test_a_family_with_a_subject_is_silent_off_it_unless_the_question_holds_it():
    assert tags("On me l'a volé") == set()
    assert tags("On me l'a volé", "Et votre vélo ?") == {"vol"}
    assert tags("On me l'a volé", "Et votre chat ?") == set()
    assert tags("Les enfants jouent") == {"enfants"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vélo et cadenas", {"vol"}),
        ("vélo et cadenas. Au musée.", set()),
        ("vélo sur la route", {"piste"}),
        ("vélo sur la route fleurie", set()),
        ("vélo sur une route. Un jardin fleuri.", {"piste"}),
        ("vélo et budget", set()),
        ("vélo et budget. Un atelier ?", {"cout"}),
        ("bonjour, un vélo", {"bref"}),
        ("bonjour à tous, je vends mon vélo rouge", set()),
    ],
)
def test_conditions_bear_on_the_sentence_the_text_or_its_length(text, expected):
    assert tags(text) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("vélo : une piste enfin cyclable", True),
        ("vélo : une piste de la ville pour vous", False),
        ("vélo sans trottoir", True),
        ("vélo et trottoir", False),
        ("il n'y a jamais de trottoir pour mon vélo", True),
        ("il n'y a plus rien, mais le trottoir oui, à vélo", False),
    ],
)
def test_gaps_are_counted_and_denial_has_an_end(text, found):
    assert ("piste" in tags(text)) is found


def test_however_wide_its_window_a_pattern_stands_in_one_sentence():
    wide = Tagger(parse_referential(BICYCLES.replace("piste ..1 cyclable", "piste &90 ville")))
    assert wide.tag("Mon vélo. Une piste. La ville.") == []
    assert [found.matched for found in wide.tag("Mon vélo. Une piste vers la ville.")] == ["piste vers la ville"]


@pytest.mark.parametrize(
    ("word", "found"),
    [("écoliers", True), ("ecoliers", False), ("collégienne", True), ("collegien", True), ("enfnat", False)],
)
def test_exact_words_keep_their_accents_and_prefixes_do_not(word, found):
    assert bool(tags(word)) is found


def test_a_long_unknown_word_is_read_despite_one_typo_but_not_another_first_letter():
    assert tags("une bicylette volé") == {"vol"}
    assert tags("une kicyclette volé") == set()


@pytest.mark.parametrize("text", ["Un vélo qu'ils volent", "Des vélos volés", "Une bicyclette volée"])
def test_a_verb_is_read_in_forms_that_the_dictionary_keeps_apart(text):
    assert tags(text) == {"vol"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("un vélo pour ceux qui n'ont trottoir ou ne veulent pas tomber", {"piste"}),
        ("un vélo pour ceux qui ont un trottoir ou ne veulent pas tomber", set()),
    ],
)
def test_one_denier_bears_on_both_verbs_that_it_is_said_for(text, expected):
    assert tags(text) == expected


def test_an_elided_pronoun_is_no_form_of_a_verb():
    having = Tagger(parse_referential(BICYCLES.replace("[enfant, ", "[avoir, ")))
    assert tags("Il a froid", tagger=having) == {"enfants"}
    assert tags("Il s'adapte", tagger=having) == set()


def test_a_tag_tells_its_passage_rule_and_denier():
    text = "😀 J'ai un vélo, pas de trottoir"
    piste = next(found for found in BICYCLE.tag(text) if found.tag == "piste")
    assert text[piste.start : piste.end] == piste.matched == "trottoir"
    assert (piste.family, piste.rule, piste.negated) == ("freins", "freins.piste.3", "pas")


def test_overlapping_passages_of_a_tag_are_one():
    found = [tag for tag in BICYCLE.tag("vélo, prix du vélo, coût du vélo") if tag.tag == "cout"]
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


HELD = settings(derandomize=True, deadline=None, max_examples=40)
PIECES = st.sampled_from(["vélo", "prix", "n’est pas", "mais", "cher", ".", "\n", "e\u0301", "𝒳", "\0", "vol", "souci"])


@HELD
@given(st.lists(PIECES | st.text(max_size=5), max_size=25))
def test_spans_always_index_the_text_as_given(pieces):
    text = " ".join(pieces)
    for found in BICYCLE.tag(text):
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.matched


@HELD
@given(st.text(max_size=300))
def test_any_text_can_be_tagged_and_twice_alike(text):
    assert SHIPPED.tag(text) == SHIPPED.tag(text)


@HELD
@given(st.lists(PIECES, max_size=15))
def test_a_decomposed_text_and_a_shouted_one_carry_the_same_tags(pieces):
    text = unicodedata.normalize("NFC", " ".join(pieces))
    assert tags(unicodedata.normalize("NFD", text)) == tags(text) == tags(text.upper())


FILLERS = st.lists(st.sampled_from("le la un ce vraiment toujours ici 😀 mon".split()), max_size=3)


@HELD
@given(FILLERS)
def test_what_is_denied_stays_so_whatever_little_stands_between(fillers):
    between = " ".join(fillers)
    assert "piste" in tags(f"mon vélo : il n'y a pas {between} trottoir")
    assert "piste" not in tags(f"mon vélo : il n'y a pas {between} mais il y a un trottoir")
    assert "piste" not in tags(f"mon vélo : sans doute {between} un trottoir")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jarive pa a me co", "competences_digitales"),
        ("linternet est tro cher", "cout_internet"),
        ("mon abonemen internet est tro chère", "cout_internet"),
        ("INTERNET TROOOOP CHER !!! 😡", "cout_internet"),
        ("le site est tres complike et incomprehensible", "navigation"),
        ("zone blanche ici, ni fibre ni reseau", "couverture_reseau"),
    ],
)
def test_what_is_written_as_on_a_phone_is_read(text, expected):
    assert expected in {found.tag for found in SHIPPED.tag(text)}


HOSTILE = {
    "repeated": "les personnes âgées ne savent pas utiliser internet, trop cher, mairie ",
    "one word": "a",
    "denials": "ne ",
    "marks": ".,;",
    "accents": "e\u0301",
}


def steps(text):
    """How many calls, of Python and of C, it takes to tag a text."""
    count = 0

    def one_more(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    SHIPPED.tag(text)
    sys.setprofile(one_more)
    try:
        SHIPPED.tag(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_the_work_on_a_hostile_text_grows_no_faster_than_the_text(piece):
    times = 6_000 // len(piece)
    assert steps(piece * times * 2) < 2.4 * steps(piece * times) + 200


def test_a_hostile_text_of_100_kb_is_tagged():
    assert SHIPPED.tag(HOSTILE["repeated"] * 1400)


def test_notions_made_of_notions_take_no_more_than_their_number():
    nested = "\n".join(f'  n{level + 1}: ["@n{level} ..2 @n{level}", "@n{level} & @n{level}"]' for level in range(40))
    source = f"slug: a\nlabel: A\nversion: 1\nnotions:\n  n0: [pain]\n{nested}\n"
    rules = 'families: {f: {label: F, tags: {t: {label: T, rules: ["@n40"]}}}}'
    assert Tagger(parse_referential(source + rules)).tag("pain " * 200) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon forfait coûte la moitié de mon RSA, on finit par me couper la ligne.", "cout_internet"),
        ("Chez nous pas de fibre, la 4G ne passe qu'au cimetière.", "couverture_reseau"),
        ("L'ordinateur date de 2009, il est obsolète.", "qualite_equipement"),
        ("On n'a pas les moyens d'acheter une tablette.", "cout_equipement"),
        ("Ma voisine n'a pas d'ordinateur, juste un vieux poste de radio.", "choix_equipement"),
        ("Une borne Internet à la médiathèque, avec quelqu'un.", "lieu_acces"),
        ("Mon père ne sait pas se servir d'une souris.", "competences_digitales"),
        ("Assez du tout numérique, rendez-nous des humains !", "comprehension_interet"),
        ("J'ai peur qu'on pirate mes données personnelles.", "craintes_securite"),
        ("Illettrée, elle ne peut pas lire ce que demande le site.", "competences_base"),
        ("Beaucoup ne connaissent pas leurs droits, un simulateur en ligne aiderait.", "connaissance_droits"),
        ("Encore un mot de passe oublié.", "identite_digitale"),
        ("Le site de la mairie est incompréhensible.", "navigation"),
        ("Sans carte bancaire, impossible de payer sur ce site.", "compte_bancaire"),
        ("Impossible de résilier mon contrat chez cet opérateur.", "souscription_offre"),
        ("N'oubliez pas ceux qui n'ont pas Internet.", "besoins_beneficiaires"),
        ("Il faut former les travailleurs sociaux aux outils numériques.", "competences_aidants"),
        ("Que les administrations partagent nos données au lieu de redemander !", "coordination_aidants"),
        ("Un médiateur numérique pour accompagner les gens.", "moyens_aidants"),
    ],
)
def test_each_obstacle_is_heard_in_a_plain_sentence(text, expected):
    assert expected in {found.tag for found in SHIPPED.tag(text) if found.family == "freins"}


@pytest.mark.parametrize(
    "text",
    [
        "Former les élus et baisser le coût des ministres.",
        "Tout le monde n'a pas Internet.",
        "Le prix d'Internet n'est pas un problème.",
        "J'ai rempli ma déclaration en ligne.",
    ],
)
def test_what_names_no_obstacle_of_the_subject_carries_none(text):
    assert not [found for found in SHIPPED.tag(text) if found.family == "freins"]


@pytest.mark.parametrize(
    ("text", "family", "expected"),
    [
        ("Les retraités du village sont seuls.", "populations", {"seniors", "ruraux"}),
        ("La retraite à 60 euros.", "populations", set()),
        ("Des étudiants et des personnes handicapées.", "populations", {"jeunes", "handicap"}),
        ("Une campagne d'information nationale.", "populations", set()),
        ("Je fais ma carte grise par Internet.", "usages", {"demarches_administratives"}),
        ("Je fais ma carte grise au guichet.", "usages", set()),
        ("Le site de la CAF et celui de Pôle emploi.", "usages", {"prestations_sociales", "emploi"}),
    ],
)
def test_people_are_heard_anywhere_and_uses_only_on_the_subject(text, family, expected):
    assert {found.tag for found in SHIPPED.tag(text) if found.family == family} == expected
