"""What is hard to read alone is told with its line; what only an interviewer reads is not."""

import pytest

from cafe.guide.lint import ERROR, WARNING, lint, main
from tests.cafe.guide.small import SMALL, referential

FIVE = "un deux trois quatre cinq"


def remarks(old, new):
    """What is said of the small guide so changed, all of it at the last line written."""
    text = SMALL.replace(old, new, 1)
    assert text != SMALL
    wanted = text[: text.index(new) + len(new)].count("\n") + 1
    found = lint(text, referential())
    assert {remark.line for remark in found} <= {wanted}
    return [(remark.level, remark.sentence) for remark in found]


def test_the_small_guide_reads_easily():
    assert lint(SMALL, referential()) == []


@pytest.mark.parametrize(("words", "level"), [(12, None), (13, WARNING), (15, WARNING), (16, ERROR)])
def test_a_long_sentence_is_warned_of_then_refused(words, level):
    found = remarks("text: Bonjour.", f"text: {' '.join((FIVE.split() * 4)[:words])}.")
    assert [one[0] for one in found] == ([level] if level else [])


def test_each_sentence_is_counted_alone():
    assert remarks("text: Bonjour.", f"text: {FIVE} {FIVE}. {FIVE} {FIVE}.") == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Allez à la CAF.", "« CAF » n’est pas expliqué"),
        ("Vous ne venez pas sans lui.", "nie deux fois"),
        ("Il n’est pas impossible de venir.", "nie deux fois"),
        ("Bonjour !", "point d’exclamation"),
        ("Qui ? Et pourquoi ?", "plus d’une question"),
    ],
)
def test_what_is_hard_to_read_is_refused(text, word):
    [(level, sentence)] = remarks("text: Bonjour.", f'text: "{text}"')
    assert level == ERROR
    assert word in sentence


@pytest.mark.parametrize(
    "text",
    [
        "La caisse d’allocations familiales (CAF) répond. La CAF écoute.",
        "La CAF (caisse d’allocations familiales) répond.",
        "Vous ne venez pas. Il ne vient pas.",
        "Voici nos signes.",
    ],
)
def test_what_is_plain_passes(text):
    assert remarks("text: Bonjour.", f'text: "{text}"') == []


def test_help_counts_with_its_question():
    [(level, sentence)] = remarks("text: Pourquoi ?", "text: Pourquoi ?\n        help: Qui ?")
    assert level == ERROR
    assert "plus d’une question" in sentence


def test_plain_words_of_options_are_read_too():
    [(_, sentence)] = remarks("acces: Avoir Internet", "acces: Avoir la 4G ou le ADSL")
    assert "ADSL" in sentence


def test_words_for_an_interviewer_may_be_long():
    assert remarks("Quel lien voyez-vous ?", f"{FIVE} {FIVE} {FIVE} {FIVE} ? Et la CAF ?") == []


def test_the_command_prints_lines_and_fails_on_an_error_only(tmp_path, capsys):
    file = tmp_path / "guide.yaml"
    file.write_text(SMALL.replace("Bonjour.", "Bonjour !"), encoding="utf-8")
    assert main([str(file)]) == 1
    assert capsys.readouterr().out.startswith("Ligne 14 : erreur : ")
    file.write_text(SMALL.replace("Bonjour.", f"{FIVE} {FIVE} un deux trois."), encoding="utf-8")
    assert main([str(file)]) == 0
    assert capsys.readouterr().out.startswith("Ligne 14 : attention : ")


def test_the_command_tells_a_faulty_or_missing_guide_in_a_sentence(tmp_path, capsys):
    file = tmp_path / "guide.yaml"
    file.write_text("slug: petit", encoding="utf-8")
    assert main([str(file)]) == 1
    assert main([str(tmp_path / "absent.yaml")]) == 1
    assert capsys.readouterr().err.count("\n") == 2
