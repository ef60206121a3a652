"""The shipped guide holds the four parts of the dialogue, and is easy to read alone."""

import ast
from pathlib import Path

import pytest

import cafe.guide
from cafe.guide.checks import NAMED
from cafe.guide.definition import WAYS
from cafe.guide.lint import lint, main
from cafe.guide.reading import SHIPPED
from tests.cafe.guide.small import referential, shipped_guide

MOST_SHOWN = 7
PURE = (
    "definition", "checks", "reading", "comparing", "steps", "engine", "answering", "stakes", "lint",
)  # fmt: skip
PURE_TOO = ("cafe.errors", "cafe.corpus.votes", "cafe.corpus.words")
MAY_IMPORT = ("analysis.", *PURE_TOO, *(f"cafe.guide.{name}" for name in PURE))


def test_it_has_the_four_parts_with_their_minutes():
    sections = [(section.code, section.minutes) for section in shipped_guide().sections]
    assert sections == [("introduction", 5), ("populations", 10), ("freins", 15), ("operateur", 25)]


def test_it_asks_the_questions_that_the_results_read():
    kinds = {question.code: question.kind for question in shipped_guide().questions()}
    assert NAMED.items() <= kinds.items()


def test_every_family_of_the_referential_is_fed():
    fed = {family for question in shipped_guide().questions() for family in question.feeds}
    assert fed == {family.code for family in referential().families}


def test_the_obstacles_are_four_then_nineteen_with_another_under_each():
    enjeux, champs = (shipped_guide().question(code) for code in ("freins.enjeux", "freins.champs"))
    assert (len(enjeux.options), len(champs.options), champs.other) == (4, 19, "Un autre frein")


def test_proposals_are_made_in_turn_on_the_champs_retained():
    looped = [question.code for question in shipped_guide().questions() if question.each == "freins.champs"]
    assert looped == ["essentiels", "usages.proposition", "partenariats.avec"]


def test_every_question_has_words_for_every_way():
    assert all(question.text.said(way) for question in shipped_guide().questions() for way in WAYS)


def test_whoever_answers_alone_has_plain_words_for_what_the_referential_names():
    options = [o for question in shipped_guide().questions() if question.options_from for o in question.options]
    assert all(option.plain for option in options)


def test_rankings_and_votes_fit_one_screen():
    for question in shipped_guide().questions():
        if question.kind == "rank":
            groups = [option.parent for option in question.options]
            shown = max(groups.count(parent) for parent in groups) + bool(question.other)
            assert shown <= MOST_SHOWN, question.code
        assert len(question.scale) <= MOST_SHOWN


def test_it_reads_easily_without_a_single_remark():
    assert lint(SHIPPED.read_text(encoding="utf-8"), referential()) == []


def test_the_command_says_nothing_of_the_shipped_guide(capsys):
    assert main([]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", PURE)
def test_the_guide_knows_neither_the_web_nor_the_database(name):
    tree = ast.parse((Path(cafe.guide.__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
    imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert not [module for module in imported if module.startswith(("flask", "sqlalchemy"))]
    assert all(module.startswith(MAY_IMPORT) for module in imported if module.startswith(("cafe", "analysis")))
