"""The interview: begun once with a consent, noted paragraph by paragraph, its table built from what was said."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from cafe.corpus.models import Answer, Contribution, Question
from cafe.extensions import db
from cafe.guide.engine import stakes_table
from cafe.guide.models import NoteTaken, Sitting
from cafe.guide.sittings import find_progress
from cafe.guide.timing import spent
from cafe.people.models import Consent, Contact, Participant
from tests.cafe.guide.interviewed import answer, begin, note, tell_the_example
from tests.conftest import NOON, counted_queries

RANKS = [("Autonomie", 1), ("Accompagnement", 2), ("Parcours", 3), ("Accès", 4)]
TABLE = (
    "18–25 ans, peu diplômés", "Craintes liées à la sécurité des données", "Compréhension et intérêt des usages",
    "Compétences digitales des aidants", "Coordination et synergies", "compte bancaire", "ouscrire une offre",
    "oût de l’équipement", "ouverture réseau", "Démarches administratives", "Prestations sociales",
)  # fmt: skip


@pytest.fixture
def interviewer(client_as):
    return client_as("interviewer")


def rows(app, *columns, **where) -> list[tuple]:
    with app.app_context():
        query = select(*columns).join(Question, Question.id == Contribution.question_id)
        query = query.where(Contribution.source == "interview").order_by(Contribution.id)
        return [tuple(row) for row in db.session.execute(query)]


def count(app, model) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def test_the_same_form_five_times_makes_one_person_and_one_interview(house, interviewer):
    form = {"key": str(uuid4()), "heard": "1", "version": "1", "group": "grand_public", "place": "Brest"}
    before = count(house.app, Participant)
    interviewer.get("/entretiens/nouveau/personne")
    rooms = {interviewer.send("/entretiens/nouveau/personne", **form).location for _ in range(5)}
    assert len(rooms) == 1 and count(house.app, Participant) == before + 1 and count(house.app, Sitting) == 1


def test_nothing_begins_before_the_consent_was_heard_and_it_is_dated(house, interviewer):
    interviewer.get("/entretiens/nouveau")
    refused = interviewer.send("/entretiens/nouveau/2", key=str(uuid4()), version="1")
    assert "cochez" in refused.text and "version 1" in refused.text and count(house.app, Sitting) == 0
    interviewer.send("/entretiens/nouveau/2", key=str(uuid4()), version="1", heard="1")
    with house.app.app_context():
        consent = db.session.scalar(select(Consent).where(Consent.participant_id == 2))
        assert consent.given_at == NOON and consent.staff_id
    again = interviewer.send("/entretiens/nouveau/2", key=str(uuid4()), version="1", heard="1")
    assert again.status_code == 409 and "déjà un entretien" in again.text


def test_an_interviewer_writes_no_name_the_organiser_does_and_nobody_opens_what_is_not_theirs(
    house, interviewer, client_as
):
    begin(interviewer, name="Une Personne", email="une@exemple.invalid")
    assert count(house.app, Contact) == 0
    organiser = client_as("organiser")
    room = begin(organiser, name="Une Personne")
    assert count(house.app, Contact) == 1
    assert interviewer.get(room).status_code == 404 and interviewer.get(f"{room}/table.pdf").status_code == 404
    assert "Aidants" in organiser.get("/entretiens").text


def test_each_paragraph_is_a_contribution_of_its_question_in_order(house, interviewer):
    room = begin(interviewer)
    note(interviewer, room, "liens", "Sans Internet, rien.\n\nOn perd ses droits.", place=2)
    note(interviewer, room, "liens", "D’abord ceci", place=1, reworded="1")
    note(interviewer, room, "liens~suite", "Mon voisin", place=9)
    assert rows(house.app, Contribution.text, Question.code, Contribution.prompted) == [
        ("Sans Internet, rien.", "liens", False), ("On perd ses droits.", "liens", False),
        ("D’abord ceci", "liens", False), ("Mon voisin", "liens", True),
    ]  # fmt: skip
    with house.app.app_context():
        notes = find_progress(1).notes
        assert [(noted.text, noted.reworded) for noted in notes][:2] == [
            ("D’abord ceci", True), ("Sans Internet, rien.", False),
        ]  # fmt: skip


def test_a_note_sent_five_times_is_one_and_other_words_are_handed_back(house, interviewer):
    room, form = begin(interviewer), {"key": str(uuid4()), "place": 4}
    for _ in range(5):
        assert note(interviewer, room, "liens", "Un\n\nDeux", **form).status_code == 303
    other = note(interviewer, room, "liens", "Trois", **form)
    assert other.status_code == 409 and "Trois</textarea>" in other.text
    assert [text for text, in rows(house.app, Contribution.text)] == ["Un", "Deux"]


def test_a_note_more_brings_back_its_question_alone_and_what_changes_the_table_brings_the_screen(interviewer):
    room, answers = begin(interviewer), []
    answer(interviewer, room, "populations.cible", "choice", option="jeunes")
    for step in ("liens", "liens", "populations.mots", "populations.mots"):
        form = {"key": str(uuid4()), "step": step, "text": "Sans rien", "csrf_token": interviewer.token}
        answers.append(interviewer.post(f"{room}/notes", data=form, headers={"HX-Request": "true"}).text)
    assert [text.count('id="room"') for text in answers] == [1, 0, 1, 1]
    assert answers[1].count("Sans rien") == 2 * 2 and len(answers[1]) < 1_000


def test_a_proposal_is_about_its_champ_and_leaves_with_it(house, interviewer):
    room = begin(interviewer)
    answer(interviewer, room, "freins.enjeux", "rank", **{"rank.acces": 1, "rank.parcours": 2})
    answer(interviewer, room, "freins.champs.acces", "rank", **{"rank.cout_internet": 1})
    note(interviewer, room, "essentiels@cout_internet", "Un forfait social")
    assert "usages.proposition" not in interviewer.get(room).text
    answer(interviewer, room, "usages.critiques", "multi", option=["emploi"])
    assert "usages.proposition@cout_internet" in interviewer.get(room).text
    answer(interviewer, room, "freins.enjeux", "rank", **{"rank.parcours": 1})
    assert rows(house.app, Contribution.about, Contribution.status) == [("cout_internet", "hidden")]
    late = note(interviewer, room, "essentiels@cout_internet", "Noté hors connexion", place=2)
    assert late.status_code == 303 and "Notes mises de côté" in interviewer.get(room).text
    answer(interviewer, room, "freins.enjeux", "rank", **{"rank.acces": 1})
    assert {status for status, in rows(house.app, Contribution.status)} == {"published"}


def test_the_screen_costs_no_more_queries_than_a_citizens_day(house, interviewer, client_as):
    room, citizen, counts = tell_the_example(interviewer), client_as("citizen"), []
    for client, page in ((interviewer, room), (citizen, "/cafe/essai/jour/1/2")):
        client.get(page)
        with counted_queries(house.app) as statements:
            assert client.get(page).status_code == 200
        counts.append(len(statements))
    assert counts[0] <= counts[1]


def test_a_note_answers_an_open_question_and_taking_it_back_opens_it_again(house, interviewer):
    room = begin(interviewer)
    answer(interviewer, room, "liens", "open", state="nsp")
    note(interviewer, room, "liens", "Finalement, si")
    assert count(house.app, Answer) == 0 and 'id="q-liens~suite"' in interviewer.get(room).text
    assert answer(interviewer, room, "liens", "open", state="refus").status_code == 409
    (number,) = rows(house.app, Contribution.id)[0]
    interviewer.send(f"{room}/notes/{number}", text="Corrigé", reworded="1")
    assert rows(house.app, Contribution.text) == [("Corrigé",)]
    interviewer.send(f"{room}/notes/{number}", act="withdraw")
    assert rows(house.app, Contribution.text) == [("",)]
    assert 'id="q-liens~suite"' not in interviewer.get(room).text


def test_a_refused_answer_is_handed_back_in_its_card(interviewer):
    room = begin(interviewer)
    refused = answer(interviewer, room, "freins.enjeux", "rank", **{"rank.acces": 1, "rank.parcours": 1})
    assert refused.status_code == 400 and "le même rang" in refused.text
    assert 'name="rank.parcours" value="1"' in refused.text


def test_the_example_gives_its_table_live(house, interviewer):
    room = tell_the_example(interviewer)
    with house.app.app_context():
        progress = find_progress(1)
        table = stakes_table(progress.guide, progress.given)
    assert [(stake.label.split()[0], stake.rank) for stake in table.stakes] == RANKS
    for page in (room, f"{room}/table", f"{room}/table.html"):
        text = interviewer.get(page).text
        assert [words for words in TABLE if words not in text] == [], page


def test_the_table_is_a_page_of_pdf_and_a_sheet_of_text(house, interviewer):
    room = tell_the_example(interviewer)
    reader = PdfReader(BytesIO(interviewer.get(f"{room}/table.pdf").data))
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1 and [words for words in TABLE if words not in text] == []
    assert [f"n° {rank} {label}" for label, rank in RANKS if f"n° {rank} {label}" not in text] == []
    sheet = openpyxl.load_workbook(BytesIO(interviewer.get(f"{room}/table.xlsx").data)).active
    cells = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert cells[3][:2] == ("Enjeu", "1") and cells[3][2].startswith("Autonomie")
    assert [words for words in TABLE if not any(words in str(row[2]) for row in cells)] == []
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_what_was_said_stays_inert_in_the_table(interviewer):
    room = begin(interviewer)
    answer(interviewer, room, "populations.cible", "choice", option="jeunes")
    note(interviewer, room, "populations.mots", "=1+1 <b>&amp; " + "très long " * 900)
    assert len(PdfReader(BytesIO(interviewer.get(f"{room}/table.pdf").data)).pages) == 1
    sheet = openpyxl.load_workbook(BytesIO(interviewer.get(f"{room}/table.xlsx").data)).active
    assert sheet["C3"].value.startswith("'=1+1 <b>")
    assert "<b>" not in interviewer.get(f"{room}/table.html").text


def test_the_end_gives_the_words_that_erase_and_erasing_wipes_the_notes(house, interviewer):
    room = begin(interviewer)
    note(interviewer, room, "liens", "Trop cher")
    interviewer.send(f"{room}/terminer")
    assert "trois mots" in interviewer.get(f"{room}/fin").text
    assert interviewer.send(f"{room}/effacer").status_code == 400
    interviewer.send(f"{room}/effacer", sure="1")
    assert rows(house.app, Contribution.text, Contribution.status) == [("", "withdrawn")]
    assert interviewer.get(room).status_code == 404 and count(house.app, NoteTaken) == 1


def test_time_goes_to_the_section_where_something_was_kept():
    minutes = [timedelta(minutes=n) for n in (4, 10, 12, 60)]
    events = list(zip([NOON + after for after in minutes], ["a", "b", "b", "c"], strict=True))
    assert spent(events, NOON, NOON + timedelta(minutes=63), "a") == {"a": 4, "b": 8, "c": 18}
    assert spent([], NOON, NOON + timedelta(minutes=3), "a") == {"a": 3}
