"""A document from its page and its command: made once, for its maker alone, and gone with the words that it quotes."""

import io
from uuid import uuid4

import pytest
from pptx import Presentation
from sqlalchemy import update

from cafe.corpus.models import Contribution
from cafe.corpus.services import withdraw
from cafe.exports.desk import vault
from cafe.extensions import db, writing
from cafe.people.models import Participant
from cafe.restitution import deck_desk, documents, making
from cafe.restitution.commands import report_command
from cafe.restitution.written import Written
from cafe.results.freezing import freeze
from tests.conftest import NOON
from tests.exporting import say

PAGE, WORDS = "/restitution/document", "Internet est trop cher, zanzibar."


@pytest.fixture
def made(house, monkeypatch):
    """A document is made when a test says so, in its own process; returns how."""
    monkeypatch.setattr(deck_desk, "start_export", lambda *_: None)

    def make(number: int) -> None:
        with house.app.app_context():
            documents.make(number, vault(), house.app, house.clock)

    return make


@pytest.fixture
def said(house) -> dict[str, int]:
    with house.app.app_context():
        return {"Tilleul": say(WORDS), "Garance": say("Le débit est mauvais.", who="Garance")}


@pytest.fixture
def analyst(said, client_as):
    client = client_as("analyst")
    client.get(PAGE)
    return client


def ask(client, format="html", key=None, **more):
    return client.send(PAGE, key=key or str(uuid4()), format=format, **more)


def words_of(client, here) -> str:
    with client.get(f"{here}/fichier") as answer:
        assert answer.status_code == 200
        return answer.data.decode()


def test_a_document_is_waited_for_then_read_by_its_maker_alone(analyst, made, client_as):
    here = ask(analyst, "pptx").location
    assert "Les chiffres se lisent ou se calculent" in analyst.get(here).text
    made(1)
    page = analyst.get(here).text
    assert "Votre document est prêt" in page and "2 paroles citées" in page
    with analyst.get(f"{here}/fichier") as answer:
        slides = Presentation(io.BytesIO(answer.data)).slides
    assert slides[0].shapes.title.text_frame.text == "Dialogue d’essai"
    organiser = client_as("organiser")
    assert [organiser.get(path).status_code for path in (here, f"{here}/fichier")] == [404, 404]


def test_sent_again_it_is_the_same_document_and_with_other_choices_it_is_refused(analyst, made):
    key = str(uuid4())
    assert {ask(analyst, key=key).location for _ in range(3)} == {f"{PAGE}/1"}
    assert ask(analyst, "pptx", key=key).status_code == 409


def test_what_is_asked_of_nothing_is_refused_in_one_sentence(analyst, made):
    assert ask(analyst, "docx").status_code == 404
    refused = ask(analyst, frozen="7")
    assert refused.status_code == 404 and "Ce jeu de données n’existe pas" in refused.text


def _withdraw(house, said):
    author = db.session.get(Contribution, said["Tilleul"]).participant_id
    withdraw(said["Tilleul"], author, NOON)


def _erase(house, said):
    with writing() as session:
        session.execute(update(Participant).where(Participant.pseudonym == "Tilleul").values(erased_at=NOON))


@pytest.mark.parametrize("leave", [_withdraw, _erase])
def test_whoever_withdrew_is_in_no_document_and_no_link_made_before(leave, analyst, made, house, said):
    here = ask(analyst).location
    made(1)
    assert "zanzibar" in words_of(analyst, here)
    with house.app.app_context():
        leave(house, said)
        folder = vault().folder
    gone = analyst.get(f"{here}/fichier")
    assert gone.status_code == 404 and "ont été retirées" in gone.text
    assert not [path for path in folder.iterdir() if path.is_file()]
    assert "Refaire ce document" in analyst.get(here).text
    again = ask(analyst).location
    made(2)
    page = words_of(analyst, again)
    assert "zanzibar" not in page and "Le débit est mauvais." in page


def test_whoever_objects_is_no_longer_quoted_nor_in_the_link_made_before(analyst, made, house, said, monkeypatch):
    here = ask(analyst).location
    made(1)
    with house.app.app_context():
        name = making.contribution_names()[said["Tilleul"]]
    objected = Written(not_quoted=frozenset({name}), withdrawn=1)
    monkeypatch.setattr(making.writing, "written", lambda _names=None: objected)
    assert analyst.get(f"{here}/fichier").status_code == 404
    again = ask(analyst).location
    made(2)
    page = words_of(analyst, again)
    assert "zanzibar" not in page and "Une citation a quitté cette édition" in page


def _say_more(house):
    say("Le site est trop compliqué.", question_id=4, who="Garance")


def test_from_a_frozen_dataset_it_is_the_same_file_while_the_dialogue_goes_on(analyst, made, house, said):
    with house.app.app_context():
        number = freeze("Mi-parcours", str(uuid4()), None, NOON, lambda *_: None)
    first = ask(analyst, "pptx", frozen=number).location
    made(1)
    with house.app.app_context():
        _say_more(house)
    second = ask(analyst, "pptx", frozen=number).location
    made(2)
    files = []
    for here in (first, second):
        with analyst.get(f"{here}/fichier") as answer:
            files.append(answer.data)
    assert files[0] == files[1]


def test_words_said_to_the_team_alone_are_not_quoted(analyst, made, house):
    with house.app.app_context():
        say("Internet est trop cher, quetzal.", question_id=3, who="Mésange")
    here = ask(analyst).location
    made(1)
    page = words_of(analyst, here)
    assert "zanzibar" in page and "quetzal" not in page


def test_the_organiser_gives_a_colour_and_the_document_bears_it(analyst, made, client_as):
    organiser = client_as("organiser")
    organiser.get(PAGE)
    refused = organiser.send(f"{PAGE}/allure", colour="#ffffff")
    assert refused.status_code == 400 and "trop claire" in refused.text
    assert organiser.send(f"{PAGE}/allure", colour="#0a3d62").status_code == 303
    here = ask(analyst).location
    made(1)
    assert "#0a3d62" in words_of(analyst, here)


def test_the_command_writes_it_whole_or_says_why(said, house, tmp_path):
    runner = house.app.test_cli_runner()
    path = tmp_path / "restitution.html"
    told = runner.invoke(report_command, ["-o", str(path)])
    assert told.exit_code == 0 and "zanzibar" in path.read_text(encoding="utf-8")
    refused = runner.invoke(report_command, ["-o", str(tmp_path / "restitution.doc")])
    assert "doit finir par .pptx ou .html" in str(refused.exception)
    refused = runner.invoke(report_command, ["-o", str(tmp_path / "x.pptx"), "--frozen", "9"])
    assert "n’existe pas" in str(refused.exception) and not (tmp_path / "x.pptx").exists()
