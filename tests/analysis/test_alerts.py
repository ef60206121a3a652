import re
from pathlib import Path

import pytest
import yaml

from analysis.alerts import Alert, find_alerts

SPELLINGS = yaml.safe_load((Path(__file__).parent / "alerts_spellings.yaml").read_text(encoding="utf-8"))
FOUND, SILENT = SPELLINGS["found"], SPELLINGS["silent"]
IDENTIFYING = ("phone", "email", "address", "name")
CARE = ("insult", "distress", "danger", "third_party")
BRACES = re.compile(r"\{([^{}]+)\}")


def expected(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence without its braces, and the passages that stood between them."""
    spans = []
    while match := BRACES.search(sentence):
        sentence = sentence[: match.start()] + match[1] + sentence[match.end() :]
        spans.append((match.start(), match.end() - 2))
    return sentence, spans


def hits(kind: str) -> list[bool]:
    """For each expected passage of a kind, whether an alert of that kind overlaps it."""
    seen = []
    for written in FOUND[kind]:
        text, spans = expected(written)
        alerts = [alert for alert in find_alerts(text) if alert.kind == kind]
        seen += [any(alert.start < end and start < alert.end for alert in alerts) for start, end in spans]
    return seen


@pytest.mark.parametrize("kind", IDENTIFYING)
def test_the_spellings_of_each_kind_are_found(kind):
    seen = hits(kind)
    assert len(seen) >= 75
    assert sum(seen) >= 0.95 * len(seen)


def test_three_hundred_spellings_are_found():
    seen = [hit for kind in IDENTIFYING for hit in hits(kind)]
    assert len(seen) >= 300
    assert sum(seen) >= 0.95 * len(seen)


@pytest.mark.parametrize("kind", CARE)
def test_what_wounds_or_worries_is_found(kind):
    seen = hits(kind)
    assert sum(seen) >= 0.95 * len(seen)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SILENT.items() for text in texts])
def test_ordinary_words_raise_nothing(kind, text):
    assert [text[alert.start : alert.end] for alert in find_alerts(text) if alert.kind == kind] == []


def test_spans_count_the_characters_of_the_text_as_given():
    text = "É\u00a0🙂 ŒUVRE İ : Mme\u00a0Durandeau, 06\u202f39\u202f98\u202f12\u202f34"
    assert [(alert.kind, text[alert.start : alert.end]) for alert in find_alerts(text)] == [
        ("name", "Mme\u00a0Durandeau"),
        ("phone", "06\u202f39\u202f98\u202f12\u202f34"),
    ]


def test_the_whole_of_an_address_is_lit():
    text = "J’habite 27 rue du Général Leclerc, 63999 Villeneuve-les-Roses depuis 2012."
    (alert,) = (alert for alert in find_alerts(text) if alert.kind == "address")
    assert text[alert.start : alert.end] == "27 rue du Général Leclerc, 63999 Villeneuve-les-Roses"


def test_two_numbers_are_two_alerts_in_the_order_of_the_text():
    text = "06 39 98 12 34 ou 01 99 00 12 34"
    assert find_alerts(text) == [Alert("phone", 0, 14), Alert("phone", 18, 32)]


@pytest.mark.parametrize("text", ["", " ", "0" * 5000, "06 " * 2000, "a@" * 2000, "rue de la " * 500, "M. " * 2000])
def test_odd_texts_are_read_to_their_end(text):
    assert all(0 <= alert.start < alert.end <= len(text) for alert in find_alerts(text))
