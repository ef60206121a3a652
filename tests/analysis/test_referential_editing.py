"""The référentiel's text changed in one place: nothing else moves, and what would not read is refused."""

from difflib import ndiff

import pytest

from analysis.errors import BadInput
from analysis.referential import SHIPPED, parse_referential
from analysis.referential_editing import (
    add_rule,
    add_tag,
    describe_tag,
    drop_rule,
    limit_rule,
    merge_tags,
    split_tag,
    written_rules,
)
from analysis.tagging import Tagger

SMALL = """\
# Un petit référentiel.
slug: petit
label: Petit
version: 1
families:
  freins:
    label: Freins
    tags:
      acces:
        label: Accès
        tags:
          prix:
            label: Prix
            rules:
              - trop cher   # le plus dit
              - if: coûter
                unless: [rien]
          reseau: Réseau
  liens:
    label: Liens
    tags: {}
"""


def changed(before: str, after: str) -> list[str]:
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[:2] in ("+ ", "- ")]


def tags_of(text: str, said: str) -> set[str]:
    return {found.tag for found in Tagger(parse_referential(text)).tag(said)}


def test_one_more_rule_is_one_more_line_of_the_shipped_text():
    text = SHIPPED.read_text(encoding="utf-8")
    (line,) = changed(text, add_rule(text, "freins", "cout_internet", "chèque énergie"))
    assert line.split() == ["+", "-", "chèque", "énergie"]


def test_a_rule_on_a_tag_written_as_its_label_alone():
    assert tags_of(add_rule(SMALL, "freins", "reseau", "débit"), "aucun débit") == {"reseau"}


def test_a_rule_goes_silent_beside_a_pattern():
    text = limit_rule(SMALL, "freins", "prix", 1, "restaurant")
    assert tags_of(text, "c’est trop cher") == {"prix"} and tags_of(text, "le restaurant est trop cher") == set()
    assert written_rules(text, "freins", "prix")[0] == {"if": ["trop cher"], "unless": ["restaurant"]}


def test_a_rule_dropped_and_the_last_one_too():
    text = drop_rule(drop_rule(SMALL, "freins", "prix", 2), "freins", "prix", 1)
    assert written_rules(text, "freins", "prix") == [] and "# Un petit référentiel." in text


def test_a_tag_added_under_another_and_in_an_empty_family():
    text = add_tag(add_tag(SMALL, "freins", "lieu", "Lieu", "acces"), "liens", "levier", "Levier")
    families = {family.code: family for family in parse_referential(text).families}
    assert [(tag.code, tag.parent) for tag in families["freins"].tags][-1] == ("lieu", "acces")
    assert [tag.label for tag in families["liens"].tags] == ["Levier"]


def test_words_of_a_tag_are_put_and_taken_out():
    text = describe_tag(SMALL, "freins", "prix", {"label": "Le prix", "definition": "Cher."}, ["Trop cher pour moi"])
    tag = next(tag for tag in parse_referential(text).family("freins").tags if tag.code == "prix")
    assert (tag.label, tag.definition, tag.examples) == ("Le prix", "Cher.", ("Trop cher pour moi",))
    assert "definition" not in describe_tag(text, "freins", "prix", {"label": "Prix"})


def test_a_tag_split_by_its_rules():
    text = split_tag(SMALL, "freins", "prix", [2], "cout", "Coût", "acces")
    assert tags_of(text, "cela va coûter") == {"cout"} and tags_of(text, "trop cher") == {"prix"}


def test_merged_tags_keep_their_rules_under_one_code_and_the_other_never_serves_again():
    text = merge_tags(add_rule(SMALL, "freins", "reseau", "débit"), "freins", "prix", "reseau")
    assert tags_of(text, "aucun débit") == {"prix"}
    assert parse_referential(text).family("freins").merged == (("reseau", "prix"),)
    with pytest.raises(BadInput, match="déjà servi"):
        add_tag(text, "freins", "reseau", "Réseau")


def test_what_was_merged_twice_ends_at_the_last():
    text = merge_tags(add_tag(SMALL, "freins", "lieu", "Lieu", "acces"), "freins", "prix", "reseau")
    text = merge_tags(text, "freins", "lieu", "prix")
    assert parse_referential(text).family("freins").merged == (("reseau", "lieu"), ("prix", "lieu"))


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda: add_rule(SMALL, "freins", "rien", "mot"), "pas dans cette famille"),
        (lambda: add_rule(SMALL, "rien", "prix", "mot"), "pas dans ce référentiel"),
        (lambda: add_rule(SMALL, "freins", "prix", "@rien"), "pas définie"),
        (lambda: add_tag(SMALL, "freins", "Prix", "Prix"), "pas un code"),
        (lambda: drop_rule(SMALL, "freins", "prix", 3), "n’est plus là"),
        (lambda: split_tag(SMALL, "freins", "prix", [], "cout", "Coût", "acces"), "au moins une règle"),
        (lambda: merge_tags(SMALL, "freins", "prix", "prix"), "deux tags différents"),
        (lambda: merge_tags(SMALL, "freins", "prix", "acces"), "en contient d’autres"),
    ],
)
def test_what_cannot_be_done_is_said(edit, said):
    with pytest.raises(BadInput, match=said):
        edit()
