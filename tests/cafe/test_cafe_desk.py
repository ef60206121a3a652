"""The organiser's desk for cafés, lived through its real pages."""

import html
import io
import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from cafe.corpus.models import Question
from cafe.extensions import db
from cafe.forum.models import Cafe, CafeGroup, CafeQuestion, Draft, Reopening
from cafe.forum.openings import reopened_days
from cafe.people import services as people
from tests.conftest import counted_queries

DESK = "/organisation/cafe"
HERE = f"{DESK}/essai"
NEW = {
    "title": "L’été au café", "slug": "", "first_day": "2026-02-02", "days": "10", "opening_hour": "7",
    "timezone": "Indian/Reunion", "late_answers": "1", "moderation": "before", "quiet_from": "21", "quiet_to": "6",
    "reminder_hour": "17",
}  # fmt: skip
SAME = {
    "title": "Café numérique", "slug": "essai", "first_day": "2026-01-05", "days": "15", "opening_hour": "8",
    "timezone": "Europe/Paris", "late_answers": "1", "moderation": "after", "quiet_from": "20", "quiet_to": "8",
    "reminder_hour": "18",
}  # fmt: skip
ASKED = {"text": "Et après ?", "host": "Bonjour.", "visibility": "at_once", "feeds": ["freins", "usages"]}


@pytest.fixture
def organiser(client_as):
    client = client_as("organiser")
    client.get(f"{DESK}/nouveau")
    return client


@pytest.fixture
def answered(client_as):
    """A citizen answered the first question of day 1."""
    _answer(client_as("Tilleul"), "/cafe/essai/jour/1/1")


def _answer(citizen, place):
    return citizen.send(place, key=str(uuid4()), text="Je réponds")


def _cafe(house, slug="essai"):
    with house.app.app_context():
        return db.session.scalar(select(Cafe).where(Cafe.slug == slug))


def _questions(house, slug="essai"):
    """Each question of a café: its code, text, context, feeds, then its host's message and visibility."""
    rows = select(
        Question.code, Question.text, Question.context, Question.feeds, CafeQuestion.host, CafeQuestion.visibility
    )
    rows = rows.join(CafeQuestion, CafeQuestion.question_id == Question.id).join(Cafe).where(Cafe.slug == slug)
    with house.app.app_context():
        return [tuple(row) for row in db.session.execute(rows.order_by(CafeQuestion.day, CafeQuestion.n))]


def _texts(house, day):
    return {code: text for code, text, *_ in _questions(house) if code.startswith(f"essai.j{day}.")}


def _words(page):
    return html.unescape(page.text)


# Rights

PAGES = (
    "", "/nouveau", "/essai", "/essai/reglages", "/essai/archive", "/essai/jour/1", "/essai/jour/1/1",
    "/essai/jour/1/nouvelle", "/essai/jour/1/1/apercu", "/essai/importer", "/essai/importer/modele.csv",
)  # fmt: skip
ACTS = (
    "/nouveau", "/essai/reglages", "/essai/archive", "/essai/jour/1/1", "/essai/jour/1/nouvelle",
    "/essai/jour/1/1/apercu", "/essai/jour/1/1/deplacer", "/essai/jour/1/1/supprimer", "/essai/jour/1/rouvrir",
    "/essai/jour/1/refermer", "/essai/importer", "/essai/importer/confirmer",
)  # fmt: skip


@pytest.mark.parametrize("who", ["citizen", "moderator", "analyst", "observer"])
def test_only_the_organiser_enters(client_as, house, who):
    client, before = client_as(who), _questions(house)
    for path in PAGES:
        assert client.get(DESK + path).status_code in (303, 403), path
    for path in ACTS:
        assert client.send(DESK + path, **NEW, text="Q", action="archive").status_code in (303, 403), path
    assert (_questions(house), _cafe(house).archived_at) == (before, None)


def test_the_organiser_opens_every_page(organiser):
    for path in PAGES:
        assert organiser.get(DESK + path).status_code == 200, path


@pytest.mark.parametrize("path", ["/rien", "/essai/jour/0", "/essai/jour/16", "/essai/jour/1/7", "/rien/importer"])
def test_what_does_not_exist_is_not_found(organiser, path):
    assert organiser.get(DESK + path).status_code == 404


# The café


def test_a_cafe_is_created_from_the_screen_and_begins_empty(house, organiser):
    answer = organiser.send(f"{DESK}/nouveau", **NEW, group=["grand_public"])
    assert answer.location == f"{DESK}/l-ete-au-cafe"
    cafe = _cafe(house, "l-ete-au-cafe")
    assert {name: str(getattr(cafe, name)) for name in NEW if name not in ("slug", "late_answers")} == {
        name: value for name, value in NEW.items() if name not in ("slug", "late_answers")
    }
    assert cafe.late_answers and _questions(house, cafe.slug) == []
    page = organiser.get(answer.location)
    assert "10 jours sans question" in page.text and "Pour Grand public." in page.text


def test_the_same_form_sent_twice_makes_one_cafe_and_another_is_refused(house, organiser):
    for _ in range(2):
        assert organiser.send(f"{DESK}/nouveau", **NEW).location == f"{DESK}/l-ete-au-cafe"
    other = organiser.send(f"{DESK}/nouveau", **NEW | {"days": "3"})
    assert other.status_code == 400 and "existe déjà" in other.text and 'value="3"' in other.text
    with house.app.app_context():
        assert db.session.scalar(select(func.count(Cafe.id))) == 2


FAULTS = [
    ({"title": " "}, "Donnez un titre"),
    ({"slug": "Été"}, "petites lettres"),
    ({"slug": "nouveau"}, "réservée"),
    ({"first_day": "lundi"}, "premier jour"),
    ({"first_day": "9999-12-31"}, "premier jour"),
    ({"days": "0"}, "de 1 à 100 jours"),
    ({"opening_hour": "24"}, "une heure de la liste"),
    ({"timezone": "Mars/Phobos"}, "fuseau de la liste"),
    ({"moderation": "jamais"}, "quand l’équipe lit"),
    ({"reminder_hour": "22"}, "tombe dans les heures calmes"),
    ({"quiet_from": "16"}, "tombe dans les heures calmes"),
    ({"group": "inconnu"}, "groupes choisis"),
]


@pytest.mark.parametrize(("change", "told"), FAULTS)
def test_a_fault_is_told_and_all_that_was_typed_is_kept(house, organiser, change, told):
    answer = organiser.send(f"{DESK}/nouveau", **NEW | change)
    page = _words(answer)
    assert answer.status_code == 400 and told in page and 'role="alert"' in page
    kept = NEW | change
    assert f'value="{kept["title"].strip()}"' in page and f'value="{kept["days"]}"' in page
    assert f'value="{kept["first_day"]}"' in page
    with house.app.app_context():
        assert db.session.scalar(select(func.count(Cafe.id))) == 1


def test_french_zones_come_first(organiser):
    zones = re.findall(r"<option[^>]*>([A-Z]\w+/\w+)<", organiser.get(f"{DESK}/nouveau").text)
    assert zones[:3] == ["Europe/Paris", "America/Guadeloupe", "America/Martinique"] and len(zones) > 300
    assert len(zones) == len(set(zones))


def test_settings_change_and_questions_follow_the_address_and_the_title(house, organiser):
    answer = organiser.send(f"{HERE}/reglages", **SAME | {"slug": "autre", "title": "Autre", "days": "4"})
    assert answer.location == f"{DESK}/autre"
    code, text, context, *_ = _questions(house, "autre")[0]
    assert (code, context) == ("autre.j1.1", f"Autre : {text}")
    assert _cafe(house) is None and _cafe(house, "autre").days == 4


def test_days_that_hold_a_question_stay(house, organiser):
    answer = organiser.send(f"{HERE}/reglages", **SAME | {"days": "3"})
    assert answer.status_code == 409 and "Le jour 4 a une question" in answer.text
    assert _cafe(house).days == 15


def test_once_answered_the_past_stays_and_the_rest_is_free(house, organiser, answered, client_as):
    _answer(client_as("Tilleul"), "/cafe/essai/jour/3/1")
    for change in (
        {"slug": "autre"},
        {"first_day": "2026-01-06"},
        {"timezone": "Pacific/Gambier"} | {"opening_hour": "23"},
    ):
        assert organiser.send(f"{HERE}/reglages", **SAME | change).status_code == 409, change
    asked = _questions(house)[0]
    assert (
        organiser.send(f"{HERE}/reglages", **SAME | {"title": "Autre titre", "first_day": "2026-01-04"}).status_code
        == 303
    )
    assert _cafe(house).title == "Autre titre" and _questions(house)[0] == asked
    assert _questions(house)[-1][2] == "Autre titre : Et demain ?"


def test_a_group_that_spoke_stays_invited(house, organiser, answered):
    with house.app.app_context():
        people.create_group("operateur", "Opérateur")
    answer = organiser.send(f"{HERE}/reglages", **SAME, group=["operateur"])
    assert answer.status_code == 409 and "Grand public" in answer.text
    assert organiser.send(f"{HERE}/reglages", **SAME, group=["operateur", "grand_public"]).status_code == 303
    with house.app.app_context():
        assert set(db.session.scalars(select(CafeGroup.group_code))) == {"operateur", "grand_public"}


def test_the_list_says_where_each_cafe_stands(organiser, answered, clock, client_as):
    assert "en cours, jour 3" in organiser.get(DESK).text and "1 personne, 1 message." in organiser.get(DESK).text
    organiser.send(f"{DESK}/nouveau", **NEW)
    assert "à venir" in organiser.get(DESK).text
    clock.move(days=20)
    organiser = client_as("organiser")
    assert "terminé" in organiser.get(DESK).text
    organiser.send(f"{HERE}/archive", action="archive")
    assert "archivé" in organiser.get(DESK).text


def test_the_cafe_says_what_lacks(house, organiser, clock):
    assert "11 jours sans question" in organiser.get(HERE).text
    with house.app.app_context():
        people.create_participant("Sorbier", "grand_public", clock.now)
        people.create_participant("import-0123", "grand_public", clock.now)
    assert "1 personne sans carte, sur 4." in organiser.get(HERE).text


def test_pages_take_the_same_queries_with_more_questions(house, organiser, client_as):
    paths = (DESK, HERE, f"{HERE}/jour/4", f"{HERE}/jour/4/1")

    def count():
        counts = []
        for path in paths:
            with counted_queries(house.app) as seen:
                organiser.get(path)
            counts.append(len(seen))
        return counts

    before = count()
    for n in range(2, 9):
        organiser.send(f"{HERE}/jour/4/nouvelle", n=n, **ASKED | {"text": f"Question {n} ?"})
    for name in ("Tilleul", "Garance"):
        _answer(client_as(name), "/cafe/essai/jour/3/1")
    organiser.send(f"{DESK}/nouveau", **NEW)
    assert count() == before and max(before) <= 8


# Questions


def test_a_question_is_added_once_and_read_by_citizens(house, organiser, client_as, clock):
    assert 'name="n" value="2"' in organiser.get(f"{HERE}/jour/4/nouvelle").text
    for _ in range(2):
        assert organiser.send(f"{HERE}/jour/4/nouvelle", n="2", **ASKED).status_code == 303
    assert _questions(house)[-1] == (
        "essai.j4.2", "Et après ?", "Café numérique : Et après ?", "freins usages", "Bonjour.", "at_once",
    )  # fmt: skip
    clock.move(days=1)
    assert "Et après ?" in client_as("citizen").get("/cafe/essai/jour/4/2").text


def test_another_question_at_a_taken_place_is_kept_for_the_next(house, organiser):
    answer = organiser.send(f"{HERE}/jour/4/nouvelle", n="1", **ASKED)
    assert answer.status_code == 409 and "Et après ?" in answer.text and 'name="n" value="2"' in answer.text
    assert _texts(house, 4) == {"essai.j4.1": "Et demain ?"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": " \0"}, "Écrivez la question"),
        ({"text": "x" * 2001}, "2 000 signes"),
        ({"visibility": "x"}, "qui lit"),
    ],
)
def test_a_faulty_question_is_told_and_kept(house, organiser, change, told):
    before = _questions(house)
    for path in ("/jour/4/nouvelle", "/jour/4/1"):
        answer = organiser.send(HERE + path, n="2", **ASKED | change)
        assert answer.status_code == 400 and told in _words(answer) and "Bonjour." in answer.text
    assert _questions(house) == before


def test_a_question_changes_until_someone_answers(house, organiser, client_as, clock):
    organiser.send(f"{HERE}/jour/4/1", **ASKED | {"feeds": []})
    changed = ("essai.j4.1", "Et après ?", "Café numérique : Et après ?", "*", "Bonjour.", "at_once")
    assert _questions(house)[-1] == changed
    clock.move(days=1)
    _answer(client_as("Tilleul"), "/cafe/essai/jour/4/1")
    organiser = client_as("organiser")
    for change in ({"text": "Autre ?"}, {"visibility": "never"}, {"feeds": ["freins"]}):
        answer = organiser.send(f"{HERE}/jour/4/1", **ASKED | {"feeds": []} | change)
        assert answer.status_code == 409 and "Des personnes ont répondu" in answer.text
    assert _questions(house)[-1] == changed
    assert "readonly" in organiser.get(f"{HERE}/jour/4/1").text
    assert organiser.send(f"{HERE}/jour/4/1", **ASKED | {"feeds": [], "host": "Merci."}).status_code == 303
    assert _questions(house)[-1][4] == "Merci."


def test_questions_trade_places_and_their_codes_follow(house, organiser):
    organiser.send(f"{HERE}/jour/4/nouvelle", n="2", **ASKED)
    organiser.send(f"{HERE}/jour/4/2/deplacer", action="up")
    assert _texts(house, 4) == {"essai.j4.1": "Et après ?", "essai.j4.2": "Et demain ?"}
    organiser.send(f"{HERE}/jour/4/1/deplacer", action="down")
    assert _texts(house, 4) == {"essai.j4.1": "Et demain ?", "essai.j4.2": "Et après ?"}
    organiser.send(f"{HERE}/jour/4/1/deplacer", action="up")
    assert _texts(house, 4)["essai.j4.1"] == "Et demain ?"


def test_a_question_moves_to_another_day_and_those_left_close_up(house, organiser):
    organiser.send(f"{HERE}/jour/4/nouvelle", n="2", **ASKED)
    organiser.send(f"{HERE}/jour/4/1/deplacer", day="6")
    assert _texts(house, 4) == {"essai.j4.1": "Et après ?"} and _texts(house, 6) == {"essai.j6.1": "Et demain ?"}
    refused = organiser.send(f"{HERE}/jour/4/1/deplacer", day="16")
    assert refused.status_code == 400 and "de 1 à 15" in refused.text


def test_an_open_day_keeps_its_order_and_its_numbers(house, organiser):
    """What a citizen has open before them is sent to a day and a number."""
    answer = organiser.send(f"{HERE}/jour/1/2/deplacer", action="up")
    assert answer.status_code == 409 and "gardent leur ordre" in answer.text
    organiser.send(f"{HERE}/jour/1/1/supprimer")
    assert _texts(house, 1) == {"essai.j1.2": "Et le téléphone ?"}
    organiser.send(f"{HERE}/jour/4/1/deplacer", day="1")
    assert _texts(house, 1) == {"essai.j1.2": "Et le téléphone ?", "essai.j1.3": "Et demain ?"}


def test_an_answered_question_stays_where_it_is(house, organiser, answered):
    before = _questions(house)
    for path, fields in (("supprimer", {}), ("deplacer", {"day": "6"}), ("deplacer", {"action": "down"})):
        answer = organiser.send(f"{HERE}/jour/1/1/{path}", **fields)
        assert answer.status_code == 409 and 'role="alert"' in answer.text
    assert _questions(house) == before


def test_a_question_goes_with_the_drafts_begun_on_it(house, organiser, client_as):
    client_as("Tilleul").send("/cafe/essai/jour/3/1/brouillon", text="Je commence")
    organiser.send(f"{HERE}/jour/3/1/supprimer")
    assert _texts(house, 3) == {}
    with house.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
    assert organiser.send(f"{HERE}/jour/3/nouvelle", n="1", **ASKED).status_code == 303


def test_a_day_holds_nine_questions(house, organiser):
    for n in range(2, 10):
        organiser.send(f"{HERE}/jour/4/nouvelle", n=n, **ASKED | {"text": f"Question {n} ?"})
    assert organiser.get(f"{HERE}/jour/4/nouvelle").status_code == 400
    refused = organiser.send(f"{HERE}/jour/3/1/deplacer", day="4")
    assert refused.status_code == 400 and "déjà ses 9 questions" in refused.text
    assert len(_texts(house, 4)) == 9 and len(_texts(house, 3)) == 1


# The preview


def test_the_preview_is_what_a_citizen_meets_and_only_our_pages_frame_it(organiser, client_as):
    page = organiser.get(f"{HERE}/jour/3/1/apercu")
    assert "Qu’est-ce qui bloque ?" in _words(page) and "Bonjour." in page.text and "disabled" in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "form-action 'none'" in policy
    assert "frame-ancestors 'none'" in organiser.get(f"{HERE}/jour/3/1").headers["Content-Security-Policy"]
    citizen = client_as("citizen").get("/cafe/essai/jour/3/1").text
    for piece in ('class="bubble host"', 'class="who"', 'class="write"', "Répondez d’abord"):
        assert piece in citizen and piece in page.text


def test_the_preview_shows_what_is_being_written_and_keeps_nothing(house, organiser):
    before = _questions(house)
    assert "Votre question sera ici." in _words(organiser.get(f"{HERE}/jour/4/2/apercu"))
    page = organiser.send(f"{HERE}/jour/4/2/apercu", **ASKED | {"text": "<b>Pas encore</b>"})
    assert page.status_code == 200 and "&lt;b&gt;Pas encore" in page.text
    form = organiser.get(f"{HERE}/jour/4/nouvelle").text
    assert 'formaction="/organisation/cafe/essai/jour/4/2/apercu" formtarget="preview"' in form
    assert 'name="preview"' in form and _questions(house) == before


# Files

HEADINGS = "Jour;NUMERO;question;Message;visibilite;Familles\n"


def _bring(organiser, content, name="questions.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    return organiser.send(f"{HERE}/importer", file=(io.BytesIO(data), name))


def _confirm(organiser, page):
    fields = {
        name: html.unescape(re.search(f'name="{name}" value="([^"]*)"', page.text)[1])
        for name in ("questions", "digest")
    }
    return organiser.send(f"{HERE}/importer/confirmer", **fields)


def test_a_file_is_shown_then_confirmed(house, organiser):
    before = _questions(house)
    page = _bring(
        organiser, HEADINGS + "4;1;Remplacée ?;;Jamais;\n5;;Nouvelle ?;Bonjour;tout de suite;Freins, usages\n"
    )
    assert page.status_code == 200 and "1 nouvelle, 1 remplacée" in page.text and "Et demain ?" in page.text
    assert _questions(house) == before
    for _ in range(2):
        assert _confirm(organiser, page).status_code == 303
    assert _questions(house)[-2:] == [
        ("essai.j4.1", "Remplacée ?", "Café numérique : Remplacée ?", "*", "", "never"),
        ("essai.j5.1", "Nouvelle ?", "Café numérique : Nouvelle ?", "freins usages", "Bonjour", "at_once"),
    ]


def test_what_changed_meanwhile_is_read_again(house, organiser):
    page = _bring(organiser, HEADINGS + "4;1;Remplacée ?;;;\n")
    organiser.send(f"{HERE}/jour/4/1", **ASKED)
    again = _confirm(organiser, page)
    assert again.status_code == 409 and "Relisez" in again.text and _texts(house, 4) == {"essai.j4.1": "Et après ?"}
    assert _confirm(organiser, again).status_code == 303
    assert _texts(house, 4) == {"essai.j4.1": "Remplacée ?"}


def test_every_fault_is_told_by_its_line_and_nothing_changes(house, organiser, answered):
    before = _questions(house)
    lines = (
        "1;1;Autre question ?;;;\n0;1;Q ?;;;\n4;10;Q ?;;;\n4;2;;;;\n5;1;Q ?;;peut-être;\n5;2;Q ?;;;Sorcellerie\n"
        "6;1;Q ?;;;\n6;1;Q ?;;;\n16;1;Q ?;;;\n7;1;=A1;;;\n"
    )
    page = _bring(organiser, HEADINGS + lines)
    told = {int(line): reason for line, reason in re.findall(r"Ligne (\d+)</strong> : ([^<]+)<", _words(page))}
    assert page.status_code == 400 and set(told) == {2, 3, 4, 5, 6, 7, 9, 10, 11}
    for line, words in (
        (2, "ont répondu"),
        (3, "jour"),
        (5, "vide"),
        (7, "référentiel"),
        (9, "ligne 8"),
        (10, "15 jours"),
    ):
        assert words in told[line]
    assert _questions(house) == before


def test_what_was_answered_comes_again_unchanged_but_for_its_message(house, organiser, answered):
    page = _bring(organiser, HEADINGS + "1;1;Quel lien avec Internet ?;Bonjour;;freins\n")
    assert _confirm(organiser, page).status_code == 303
    assert _questions(house)[0][4] == "Bonjour"


def test_a_workbook_and_a_yaml_file_bring_the_same(house, organiser):
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Jour", "Numéro", "Question"])
    book.active.append([8, 1, "Depuis un classeur ?"])
    book.save(out)
    assert _confirm(organiser, _bring(organiser, out.getvalue(), "q.xlsx")).status_code == 303
    yaml = 'slug: x\nquestions:\n  - {day: 9, text: "Depuis un YAML ?", feeds: [freins]}\n'
    assert _confirm(organiser, _bring(organiser, yaml, "q.yaml")).status_code == 303
    assert _texts(house, 8) | _texts(house, 9) == {
        "essai.j8.1": "Depuis un classeur ?",
        "essai.j9.1": "Depuis un YAML ?",
    }


def test_faults_of_a_yaml_file_are_told_by_their_line(organiser):
    page = _bring(
        organiser,
        "questions:\n  - {day: 9, text: Q}\n  - {day: 9, colour: red}\n  - Q\n  - {day: 8, text: Q, feeds: [x]}\n",
        "q.yml",
    )
    assert page.status_code == 400
    told = _words(page)
    for words in (
        "Ligne 3</strong> : la question est vide",
        "« colour »",
        "Ligne 4</strong>",
        "Ligne 5</strong> : les familles",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "q.csv", "Choisissez un fichier"),
        (b"\xff\xfe", "q.csv", "UTF-8"),
        (b"\xff\xfe", "q.yaml", "UTF-8"),
        ("jour;couleur\n1;x\n", "q.csv", "« couleur » n’est pas connue"),
        ("jour;message\n1;x\n", "q.csv", "« question »"),
        ("jour;question;Question\n1;x;y\n", "q.csv", "deux fois"),
        ("jour;question\n", "q.csv", "aucune question"),
        ("[" * 5000, "q.yaml", "YAML lisible"),
        ("title: x", "q.yaml", "liste « questions »"),
        ("a: [", "q.yaml", "YAML lisible"),
        (b"PK\x03\x04rien", "q.xlsx", "classeur lisible"),
        ("jour;question\n" + "".join(f"{d};{'x' * 1900}\n" for d in range(1, 100)), "q.csv", "trop long"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(house, organiser, content, name, told):
    before = _questions(house)
    page = _bring(organiser, content, name)
    assert page.status_code == 400 and told in _words(page) and _questions(house) == before


@pytest.mark.parametrize("packed", ["", "[", '[{"day": 0}]', "[1]", "\0"])
def test_a_confirmation_made_by_hand_is_checked(house, organiser, packed):
    before = _questions(house)
    assert organiser.send(f"{HERE}/importer/confirmer", questions=packed, digest="x").status_code == 400
    assert _questions(house) == before


def test_the_model_comes_in_as_it_is(house, organiser):
    model = organiser.get(f"{HERE}/importer/modele.csv")
    assert model.headers["Content-Disposition"].endswith("questions.csv")
    assert _bring(organiser, model.data).status_code == 200


# Reopening and archive


def test_a_past_day_is_reopened_until_a_moment_then_closes(client_as, clock):
    clock.move(days=30)
    organiser, citizen = client_as("organiser"), client_as("citizen")
    assert _answer(citizen, "/cafe/essai/jour/2/1").status_code == 409
    answer = organiser.send(f"{HERE}/jour/2/rouvrir", until="2026-02-06T18:00")
    assert answer.status_code == 303 and "vendredi 6 février à 18\u00a0h" in organiser.get(HERE).text
    clock.now = datetime(2026, 2, 6, 16, 59, tzinfo=UTC)
    assert _answer(citizen, "/cafe/essai/jour/2/1").status_code == 303
    assert _answer(citizen, "/cafe/essai/jour/1/1").status_code == 409
    clock.now = datetime(2026, 2, 6, 17, tzinfo=UTC)
    assert _answer(citizen, "/cafe/essai/jour/2/1").status_code == 409
    assert "est rouvert" not in organiser.get(HERE).text


def test_a_reopening_is_put_off_or_ended(client_as, clock):
    clock.move(days=30)
    organiser, citizen = client_as("organiser"), client_as("citizen")
    for day in (6, 7):
        organiser.send(f"{HERE}/jour/2/rouvrir", until=f"2026-02-0{day}T18:30")
    assert "samedi 7 février à 18\u00a0h\u00a030" in organiser.get(f"{HERE}/jour/2").text
    organiser.send(f"{HERE}/jour/2/refermer")
    assert "est rouvert" not in organiser.get(HERE).text
    assert _answer(citizen, "/cafe/essai/jour/2/1").status_code == 409


@pytest.mark.parametrize(
    ("day", "until", "told"),
    [
        (2, "2026-01-01T10:00", "à venir"),
        (2, "demain", "une date et une heure"),
        (2, "9999-12-31T23:59", "à venir"),
        (2, "2026-01-10T10:00", "prend déjà des réponses"),
        (9, "2026-02-10T18:00", "pas encore ouvert"),
    ],
)
def test_a_reopening_that_makes_no_sense_is_refused_and_kept(house, organiser, day, until, told):
    answer = organiser.send(f"{HERE}/jour/{day}/rouvrir", until=until)
    assert answer.status_code in (400, 409) and told in _words(answer)
    with house.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Reopening)) == 0


def test_an_archived_cafe_takes_nothing_until_it_comes_out(house, organiser, client_as, clock):
    citizen = client_as("citizen")
    assert "aucun message ne partira" in organiser.get(f"{HERE}/archive").text
    organiser.send(f"{HERE}/archive", action="archive")
    first = _cafe(house).archived_at
    clock.move(minutes=5)
    organiser.send(f"{HERE}/archive", action="archive")
    assert _cafe(house).archived_at == first
    assert _answer(citizen, "/cafe/essai/jour/3/1").status_code == 409
    before = _questions(house)
    for path in ACTS[3:]:
        if path.endswith(("apercu", "refermer", "confirmer")):
            continue
        answer = organiser.send(DESK + path, **ASKED, n="2", until="2026-02-10T18:00", day="6")
        assert answer.status_code in (400, 409), path
    assert organiser.send(f"{HERE}/reglages", **SAME).status_code == 409 and _questions(house) == before
    organiser.send(f"{HERE}/archive", action="unarchive")
    assert _answer(citizen, "/cafe/essai/jour/3/1").status_code == 303


def test_two_organisers_who_add_at_once_lose_nothing(house, organiser, client_as):
    """Both forms hold the same place: the second is told, and its words are kept."""
    other = client_as("organiser")
    organiser.send(f"{HERE}/jour/4/nouvelle", n="2", **ASKED)
    refused = other.send(f"{HERE}/jour/4/nouvelle", n="2", **ASKED | {"text": "La mienne ?"})
    assert refused.status_code == 409 and 'name="n" value="3"' in refused.text
    other.send(f"{HERE}/jour/4/nouvelle", n="3", **ASKED | {"text": "La mienne ?"})
    assert list(_texts(house, 4).values()) == ["Et demain ?", "Et après ?", "La mienne ?"]


def test_the_clock_of_the_cafe_counts_not_the_servers(house, organiser):
    """Reopened until 18 h on Réunion's clocks: 14 h UTC."""
    organiser.send(f"{HERE}/reglages", **SAME | {"timezone": "Indian/Reunion", "late_answers": ""})
    organiser.send(f"{HERE}/jour/1/rouvrir", until="2026-01-08T18:00")
    cafe = _cafe(house)
    with house.app.app_context():
        assert reopened_days(cafe, datetime(2026, 1, 8, 13, 59, tzinfo=UTC)) == {1}
        assert reopened_days(cafe, datetime(2026, 1, 8, 14, tzinfo=UTC)) == set()
