import re

import pytest

from analysis.errors import BadInput
from analysis.referential import load_referential, parse_referential
from tests.analysis.small import BICYCLES

FREINS = (
    "cout_internet couverture_reseau qualite_equipement cout_equipement choix_equipement lieu_acces "
    "competences_digitales comprehension_interet craintes_securite competences_base connaissance_droits "
    "identite_digitale navigation compte_bancaire souscription_offre "
    "besoins_beneficiaires competences_aidants coordination_aidants moyens_aidants"
).split()
FAMILIES = (
    "freins populations usages liens initiatives raisons essentiels experience_client partenariats "
    "modele_economique gouvernance acteurs_internes mesure_impact"
).split()


@pytest.fixture(scope="module")
def shipped():
    return load_referential()


def test_the_shipped_referential_has_every_family(shipped):
    assert [family.code for family in shipped.families] == FAMILIES


def test_the_obstacles_are_nineteen_under_four_stakes(shipped):
    tags = shipped.family("freins").tags
    assert [tag.code for tag in tags if not tag.parent] == ["acces", "autonomie", "parcours", "accompagnement"]
    assert [tag.code for tag in tags if tag.parent] == FREINS
    assert all(tag.rules and tag.definition and tag.follow_up for tag in tags if tag.parent)


@pytest.mark.parametrize("family", ["populations", "usages"])
def test_flat_families_have_rules_and_no_parents(shipped, family):
    assert all(tag.rules and not tag.parent for tag in shipped.family(family).tags)


def test_every_tag_that_a_rule_can_lay_has_its_own_short_follow_up(shipped):
    laid = [tag for family in shipped.families for tag in family.tags if tag.rules]
    asked = [tag.follow_up for family in shipped.families for tag in family.tags if tag.follow_up]
    assert all(tag.follow_up for tag in laid)
    assert len(set(asked)) == len(asked) >= len(laid)
    for question in asked:
        assert question.endswith(" ?") and question.count("?") == 1, question
        assert len(re.findall(r"[\w-]+", question)) <= 14, question


def test_codes_are_unique_in_a_family_and_rules_in_all(shipped):
    rules = [rule.code for family in shipped.families for tag in family.tags for rule in tag.rules]
    assert len(set(rules)) == len(rules)
    for family in shipped.families:
        assert len({tag.code for tag in family.tags}) == len(family.tags)


def test_an_unknown_family_is_refused(shipped):
    with pytest.raises(BadInput, match="famille « velo »"):
        shipped.family("velo")


def test_the_hash_follows_the_content():
    assert parse_referential(BICYCLES).hash == parse_referential(BICYCLES).hash
    assert parse_referential(BICYCLES).hash != parse_referential(BICYCLES + "\n# autre").hash


def _line(text: str) -> int:
    return next(number for number, line in enumerate(BICYCLES.split("\n"), 1) if text in line)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("facile: [facile]", 'facile: ["&&"]', "ne se lit pas"),
        ("facile: [facile]", "facile: [un ..]", "il manque un mot"),
        ("facile: [facile]", 'facile: ["@inconnue"]', "@inconnue » n’est pas définie"),
        ("facile: [facile]", "Facile: [facile]", "n’est pas un code"),
        ("facile: [facile]", "cher: [facile]", "écrit deux fois"),
        ("subject: velo", "subject: moto", "« moto » n’est pas définie"),
        ("denial: pas_un_souci", "denials: pas_un_souci", "n'est pas connu"),
        ("autres: Autres", "autres: {rules: [x]}", "il manque le champ « label »"),
        ("autres: Autres", "enfants: Autres", "écrit deux fois"),
        ("{if: bonjour, within: 4}", "{if: bonjour, within: peu}", "nombre entier"),
        ("version: 2", "version: zéro", "nombre entier"),
    ],
)
def test_each_fault_is_told_with_its_line(old, new, told):
    with pytest.raises(BadInput) as refusal:
        parse_referential(BICYCLES.replace(old, new))
    assert told in str(refusal.value)
    assert str(refusal.value).startswith(f"Ligne {_line(old)} :")


def test_a_notion_cannot_use_itself_or_what_comes_after():
    with pytest.raises(BadInput, match="@cher"):
        parse_referential(BICYCLES.replace("velo: [", 'velo: ["@cher", '))


@pytest.mark.parametrize("text", ["", "[", "- a", "a: &x 1\nb: *x", "slug: 'x", "[" * 5000])
def test_what_is_no_referential_is_one_french_sentence(text):
    with pytest.raises(BadInput) as refusal:
        parse_referential(text)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith(".")


def test_a_file_that_is_absent_or_not_utf8_is_refused(tmp_path):
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("slug: é".encode("latin-1"))
    with pytest.raises(BadInput, match="UTF-8"):
        load_referential(latin)
    with pytest.raises(BadInput, match="ne peut pas être lu"):
        load_referential(tmp_path / "rien.yaml")
