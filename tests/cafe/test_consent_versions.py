"""The consent's wording: read before it is published, and asked again of everyone after."""

import pytest
from sqlalchemy import select

from cafe.extensions import db
from cafe.people.models import ConsentWording

PAGE = "/organisation/accord"
DAY = "/cafe/essai/jour/3/1"


@pytest.fixture
def organiser(client_as):
    client = client_as("organiser")
    client.get(PAGE)
    return client


def _versions(app) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(ConsentWording.version).order_by(ConsentWording.version)))


def test_a_new_text_asks_everyone_again_and_the_old_one_stays_known(organiser, client_as):
    citizen = client_as("citizen")
    assert "1 personne sur 3" in organiser.get(PAGE).text
    assert organiser.send(PAGE, text="Un <b>nouveau</b> texte.", version="1", act="publish").status_code == 303
    assert citizen.get(DAY).location == "/accord"
    assert "Un &lt;b&gt;nouveau&lt;/b&gt; texte." in citizen.get("/accord").text
    page = organiser.get(PAGE).text
    assert "0 personne sur 3" in page and "1 accord<" in page and "Texte n° 1" in page
    citizen.send("/accord", version="2")
    assert citizen.get(DAY).status_code == 200
    assert "1 personne sur 3" in organiser.get(PAGE).text


def test_a_preview_publishes_nothing_and_keeps_what_was_typed(organiser, house):
    answer = organiser.send(PAGE, text="Premier.\n\nSecond <i>.", version="1", act="preview")
    assert answer.status_code == 200
    assert "<p>Premier.</p><p>Second &lt;i&gt;.</p>" in answer.text
    assert "Premier.\n\nSecond &lt;i&gt;.</textarea>" in answer.text
    assert _versions(house.app) == [1]


def test_a_text_sent_twice_makes_one_version(organiser, house):
    for _ in range(3):
        assert organiser.send(PAGE, text="Nouveau.", version="1", act="publish").status_code == 303
    assert _versions(house.app) == [1, 2]


@pytest.mark.parametrize(
    ("text", "version", "status", "told"),
    [
        (" \n ", "1", 400, "Écrivez un texte"),
        ("x" * 10_001, "1", 400, "10000 signes"),
        ("Autre.", "0", 409, "texte n° 1"),
    ],
)
def test_a_text_that_cannot_be_published_is_kept_on_the_page(text, version, status, told, organiser, house):
    answer = organiser.send(PAGE, text=text, version=version, act="publish")
    assert answer.status_code == status and told in answer.text and text.strip() in answer.text
    assert _versions(house.app) == [1]


def test_a_text_left_as_it_was_asks_nobody_again(organiser, house, app):
    text = db.session.scalar(select(ConsentWording.text))
    assert organiser.send(PAGE, text=text.replace("\n", "\r\n"), version="1", act="publish").status_code == 400
    assert _versions(house.app) == [1]
