"""Cards on paper: eight a page, words shown once, old ones dead; what is sent twice kills nothing."""

import io
import re
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlalchemy import func, insert, select

from cafe.cli import cafe as command
from cafe.errors import Conflict, NotFound, Refusal
from cafe.extensions import db
from cafe.people import printing, sheets
from cafe.people.models import Card, Participant
from tests.conftest import CITIZENS, NOON, Browser, counted_queries

SHEET = "/organisation/cartes/feuille"
FACE = re.compile(r"<h2>([^<]+)</h2>\s*<ul class=\"words\">((?:<li>[a-z]+</li>){3})</ul>")


@pytest.fixture
def organiser(client_as):
    client = client_as("organiser")
    client.get("/organisation/cartes")
    return client


def _words(page: str) -> dict[str, str]:
    """Each person's words, read on the sheet."""
    return {name: "-".join(re.findall("<li>([a-z]+)</li>", items)) for name, items in FACE.findall(page)}


def _invite(house, number: int) -> None:
    with house.app.app_context():
        rows = [
            {"pseudonym": f"Invité {n:03}", "group_code": "grand_public", "created_at": NOON} for n in range(number)
        ]
        db.session.execute(insert(Participant), rows)
        db.session.commit()


def _opens(house, words: str) -> bool:
    house.app.test_client_class = Browser
    client = house.app.test_client()
    client.get("/entrer")
    return client.send("/entrer", words=words).status_code == 303


def test_the_sheet_holds_eight_cards_a_page_with_words_and_a_qr_code(organiser, house):
    _invite(house, 14)
    page = organiser.send(SHEET, whom="everyone", key=str(uuid4()), format="html")
    assert page.headers["Cache-Control"] == "no-store"
    assert [part.count('class="face"') for part in page.text.split('class="page"')[1:]] == [8, 8, 1]
    assert page.text.count("<svg") == 17 and "127.0.0.1:8000/entrer" in page.text
    assert len(_words(page.text)) == 17
    assert all(_opens(house, words) for words in list(_words(page.text).values())[:3])


def test_the_pdf_holds_the_same_cards_as_the_page(organiser, house):
    _invite(house, 14)
    key = str(uuid4())
    words = _words(organiser.send(SHEET, whom="everyone", key=key, format="html").text)
    answer = organiser.send(SHEET, whom="everyone", key=key, format="pdf")
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    assert len(pages) == 3
    text = "\n".join(page.extract_text() for page in pages)
    assert "Dialogue d’essai" in text and "127.0.0.1:8000/entrer" in text
    for pseudonym, three in words.items():
        assert f"{pseudonym}\n{three.replace('-', chr(10))}" in text


def test_the_square_leads_to_the_door_with_the_words():
    (face,) = sheets.faces([printing.NewCard(1, "Tilleul", "pomme-arbre-vert")], "https://cafe.example.org")
    assert face.link == "https://cafe.example.org/carte/pomme-arbre-vert"
    assert sheets.address("https://cafe.example.org") == "cafe.example.org/entrer"
    assert face.qr.startswith("<svg") and "style" not in face.qr


def test_printing_for_those_without_a_card_leaves_the_others_alone(organiser, house):
    _invite(house, 2)
    key = str(uuid4())
    first = _words(organiser.send(SHEET, whom="missing", key=key).text)
    assert set(first) == {"Invité 000", "Invité 001"}
    assert _words(organiser.send(SHEET, whom="missing", key=key).text) == first
    assert _opens(house, house.cards["Tilleul"]) and _opens(house, first["Invité 000"])
    assert organiser.send(SHEET, whom="missing", key=str(uuid4())).location == "/organisation/cartes"


def test_printing_for_everyone_says_how_many_die_and_kills_them(organiser, house):
    assert "3 cartes cesseront de marcher" in organiser.get("/organisation/cartes/toutes").text
    words = _words(organiser.send(SHEET, whom="everyone", key=str(uuid4())).text)
    assert set(words) == set(CITIZENS)
    assert _opens(house, words["Tilleul"]) and not _opens(house, house.cards["Tilleul"])


def test_the_same_form_sent_five_times_makes_the_same_cards(organiser, app):
    key = str(uuid4())
    sent = [_words(organiser.send(SHEET, whom="everyone", key=key).text) for _ in range(5)]
    assert all(words == sent[0] for words in sent)
    assert db.session.scalar(select(func.count()).select_from(Card)) == 6


def test_a_sheet_that_was_replaced_since_does_not_come_back(app):
    key, secret = str(uuid4()), app.config["KEYS"]["cards"]
    printing.issue_cards(printing.EVERYONE, key, secret, NOON)
    printing.issue_cards(1, str(uuid4()), secret, NOON)
    with pytest.raises(Conflict, match="remplacées depuis"):
        printing.issue_cards(printing.EVERYONE, key, secret, NOON)


def test_a_lost_card_is_replaced_its_words_shown_once_and_printed(organiser, house):
    page, key = "/organisation/participants/1", str(uuid4())
    organiser.get(page)
    answer = organiser.send(f"{page}/carte", key=key)
    words = re.search(r'class="once">([a-z ]+)<', answer.text)[1]
    assert not _opens(house, house.cards["Tilleul"]) and _opens(house, words)
    printed = organiser.send(SHEET, whom="1", key=key, format="html").text
    assert _words(printed) == {"Tilleul": words.replace(" ", "-")}
    assert _opens(house, words)
    later = organiser.get(page).text
    assert words not in later and words.replace(" ", "-") not in later


def test_a_card_is_for_someone_who_is_there(house, organiser):
    with house.app.app_context(), pytest.raises(NotFound):
        printing.issue_cards(999, str(uuid4()), house.app.config["KEYS"]["cards"], NOON)
    assert organiser.send("/organisation/participants/999/carte", key=str(uuid4())).status_code == 404


def test_the_words_of_a_sheet_are_kept_nowhere(organiser, app):
    words = _words(organiser.send(SHEET, whom="everyone", key=str(uuid4())).text)["Tilleul"]
    kept = [
        str(value)
        for table in db.metadata.tables.values()
        for row in db.session.execute(select(table))
        for value in row
    ]
    assert not any(words in value or words.replace("-", " ") in value for value in kept)


def test_a_hundred_cards_take_as_many_queries_as_three(organiser, house):
    with counted_queries(house.app) as few:
        organiser.send(SHEET, whom="everyone", key=str(uuid4()), format="pdf")
    _invite(house, 97)
    with counted_queries(house.app) as many:
        answer = organiser.send(SHEET, whom="everyone", key=str(uuid4()), format="pdf")
    assert len(PdfReader(io.BytesIO(answer.data)).pages) == 13
    assert len(many) == len(few)


@pytest.mark.parametrize("suffix", ["html", "pdf"])
def test_the_command_prints_everyone_and_kills_the_old_cards(suffix, house, tmp_path):
    output = tmp_path / f"cartes.{suffix}"
    result = house.app.test_cli_runner().invoke(command, ["cards", "--cafe", "essai", "-o", str(output)])
    assert result.exit_code == 0 and ": 3." in result.output
    assert output.stat().st_mode & 0o077 == 0
    assert not _opens(house, house.cards["Tilleul"])
    if suffix == "pdf":
        assert "Café numérique" in PdfReader(output).pages[0].extract_text()
    else:
        page = output.read_text(encoding="utf-8")
        assert "<style>" in page and "Café numérique" in page and "csrf" not in page
        assert _opens(house, _words(page)["Garance"])


@pytest.mark.parametrize(("cafe", "name"), [("rien", "c.pdf"), ("essai", "c.txt"), ("essai", "absent/c.pdf")])
def test_a_refused_command_kills_no_card(cafe, name, house, tmp_path):
    result = house.app.test_cli_runner().invoke(command, ["cards", "--cafe", cafe, "-o", str(tmp_path / name)])
    assert isinstance(result.exception, Refusal)
    assert _opens(house, house.cards["Tilleul"]) and list(tmp_path.iterdir()) == []
