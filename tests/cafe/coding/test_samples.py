"""Two moderators code the same texts blind, settle what differs, and read what the rules are worth."""

import re

import pytest

from cafe.coding import samples
from cafe.people import services as people
from tests.cafe.coding.growing import Grower
from tests.conftest import NOON, PASSWORD

ONE = "/referentiel/accord/1"


@pytest.fixture
def coders(house, client_as):
    """Two moderators, and a sample of ten texts: eight speak of the price, two of nothing."""
    first = Grower(house, client_as("moderator")).begin()
    first.inside(people.create_staff, "second", "moderator", PASSWORD, NOON)
    client = house.app.test_client()
    client.get("/equipe/entrer")
    client.send("/equipe/entrer", login="second", password=PASSWORD)
    for number in range(10):
        first.say(f"Internet est trop cher, {number}" if number < 8 else f"Bonne journée, {number}")
    assert first.send("/referentiel/accord", family="freins", size="10").location == ONE
    return first, Grower(house, client)


def code_all(coder, codes_of) -> None:
    for number in coder.inside(samples.find, 1).texts:
        text = coder.inside(samples.read_text, number).text
        coder.send(f"{ONE}/texte/{number}", codes=codes_of(text))


def by_words(text: str) -> list[str]:
    return ["cout_internet"] if "cher" in text else []


def all_but_one(text: str) -> list[str]:
    return [] if "cher, 0" in text else by_words(text)


def test_whoever_codes_sees_nothing_of_the_others_before_the_end(coders):
    first, second = coders
    code_all(first, by_words)
    number = second.inside(samples.find, 1).texts[0]
    second.send(f"{ONE}/texte/{number}", codes=[])
    assert "moderator :" not in second.read(f"{ONE}/texte/{number}")
    assert "Alpha" not in second.read(ONE)


def test_agreement_is_told_by_tag_and_what_differs_is_settled_into_gold(coders):
    first, second = coders
    code_all(first, by_words)
    code_all(second, all_but_one)
    page = first.read(ONE)
    # F1 = 2·7 / (2·7 + 1). Alpha: 20 values, 15 given; 1/10 of pairs apart, 2·15·5/(20·19) expected.
    assert re.search(r"<td>7</td><td>1</td><td>0,93</td><td>0,75</td>", page)
    (apart,) = re.findall(r"/accord/1/texte/(\d+)\">Texte", page)
    first.send(f"{ONE}/or")
    first.send(f"{ONE}/texte/{apart}", codes=["cout_internet"], action="settle")
    assert len(first.inside(lambda: samples.settled(samples.find(1)))) == 10
    quality = first.read("/referentiel/accord/qualite")
    assert "10 textes de référence" in quality and "Indicatif" in quality
    assert re.search(r"Tous les tags</th><td>8</td><td>1,00</td><td>1,00</td><td>1,00", quality)


def test_a_sample_is_within_bounds(coders):
    answer = coders[0].send("/referentiel/accord", family="freins", size="3")
    assert answer.status_code == 400 and "de 10 à 300" in answer.text
