"""Weak cues add up to a tag: none is enough alone, and each is told with what it weighs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import BadInput
from analysis.referential import parse_referential
from analysis.referential_editing import add_rule, describe_tag, merge_tags, split_tag, written_rules
from analysis.tagging import Tagger

GARDEN = """\
slug: jardin
label: Le jardin
version: 1
families:
  freins:
    label: Freins
    tags:
      arrosage:
        label: Arrosage
        threshold: 3
        rules:
          - tuyau percé
          - {if: eau, weight: 1}
          - {if: sec|sécheresse, weight: 2}
          - {if: soir, weight: 1}
          - {if: eau .. soir, weight: 1}
      outil: {label: Outil, rules: [bêche]}
"""
GARDENER = Tagger(parse_referential(GARDEN))
CUES = {"eau": 1, "sec": 2, "soir": 1}


def found(text):
    return [(one.matched, one.weight) for one in GARDENER.tag(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il fait sec", []),
        ("De l’eau ! De l’eau ! De l’eau !", []),
        ("Il fait sec. Pas d’eau.", [("sec", 2), ("eau", 1)]),
        ("Un tuyau percé", [("tuyau percé", 0)]),
        ("Un tuyau percé, de l’eau partout", [("tuyau percé", 0), ("eau", 1)]),
        # The longer cue holds the shorter ones: what overlaps is told, and counted, once.
        ("L’eau coule le soir", []),
        ("L’eau coule le soir, il fait sec", [("eau coule le soir", 1), ("sec", 2)]),
    ],
)
def test_cues_add_up_each_rule_once_and_a_rule_without_weight_is_enough(text, expected):
    assert found(text) == expected


@given(st.lists(st.sampled_from([*CUES, "jardin", "beau"]), max_size=12))
def test_a_tag_is_laid_when_the_cues_said_reach_its_threshold(words):
    said = set(words) & set(CUES)
    assert bool(found(". ".join(word.capitalize() for word in words))) == (sum(CUES[word] for word in said) >= 3)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{if: soir, weight: 1}", "{if: soir, weight: 3}", "atteint seul le seuil"),
        ("{if: soir, weight: 1}", "{if: soir, weight: peu}", "nombre entier"),
        ("threshold: 3", "threshold: 1", "au moins 2"),
        ("rules: [bêche]", "rules: [{if: bêche, weight: 1}]", "demande un seuil"),
    ],
)
def test_each_fault_is_told_with_its_line(old, new, told):
    line = next(number for number, line in enumerate(GARDEN.split("\n"), 1) if old in line)
    with pytest.raises(BadInput, match=f"Ligne {line} : .*{told}"):
        parse_referential(GARDEN.replace(old, new))


def test_a_hostile_text_full_of_cues_is_tagged():
    assert {one.tag for one in GARDENER.tag("eau soir sec " * 8000)} == {"arrosage"}


def test_a_threshold_then_a_weight_are_written_from_the_screen():
    text = describe_tag(GARDEN, "freins", "outil", {"label": "Outil", "threshold": "2"})
    text = add_rule(text, "freins", "outil", "manche", weight="1")
    assert written_rules(text, "freins", "outil") == [{"if": ["bêche"]}, {"if": ["manche"], "weight": ["1"]}]


def test_a_threshold_that_weights_need_is_not_taken_out():
    with pytest.raises(BadInput, match="demande un seuil"):
        describe_tag(GARDEN, "freins", "arrosage", {"label": "Arrosage", "threshold": ""})


def test_rules_that_move_to_another_tag_take_their_threshold_along():
    text = split_tag(GARDEN, "freins", "arrosage", [2, 3], "secheresse", "Sécheresse", "")
    assert {one.tag for one in Tagger(parse_referential(text)).tag("Sec, sans eau")} == {"secheresse"}
    text = merge_tags(GARDEN, "freins", "outil", "arrosage")
    assert {one.tag for one in Tagger(parse_referential(text)).tag("Sec, sans eau")} == {"outil"}
