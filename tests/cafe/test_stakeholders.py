"""Whom one consults: listed, followed, mapped, brought in from a file; their names and contacts kept apart."""

import ast
import csv
import io
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from sqlalchemy import func, select, update

from cafe.extensions import db
from cafe.people import preparation, queries, stakeholders, stakeholders_map
from cafe.people import stakeholders_queries as reading
from cafe.people.models import Contact, Staff, Stakeholder, StakeholderStatus
from cafe.people.stakeholders_fields import Described
from cafe.results.frames import frames_from_base
from tests.conftest import NOON, PASSWORD, counted_queries
from tests.test_directions import imports_of

ROOT = Path(__file__).parents[2]
HERE, FILE = "/parties-prenantes", "/parties-prenantes/fichier"


@pytest.fixture
def organiser(client_as):
    client = client_as("organiser")
    client.get(f"{HERE}/nouvelle")
    return client


@pytest.fixture
def known(house):
    """Add a stakeholder of the public, at its status since so many days."""

    def add(label: str, status: str = "identified", days: int = 0, **fields) -> int:
        described = Described(label=label, group="grand_public", status=status, **fields)
        with house.app.app_context():
            by = db.session.scalar(select(Staff.id).where(Staff.role == "organiser"))
            return stakeholders.add_stakeholder(described, str(uuid4()), by, NOON - timedelta(days=days))

    return add


def _count(table=Stakeholder) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


def _named(house) -> set[str]:
    with house.app.app_context():
        return set(db.session.scalars(select(Contact.name)))


def _upload(client, data: bytes, name: str = "x.csv"):
    fields = {"csrf_token": client.token, "file": (io.BytesIO(data), name)}
    return client.post(FILE, data=fields, content_type="multipart/form-data")


def test_one_is_added_once_with_its_contact_apart(organiser, app):
    fields = {"key": str(uuid4()), "label": "Association A", "group": "grand_public", "name": "Anne Exemple"}
    assert len({organiser.send(f"{HERE}/nouvelle", **fields).location for _ in range(5)}) == 1
    assert _count() == _count(StakeholderStatus) == 1
    assert db.session.scalar(select(Contact.name).where(Contact.stakeholder_id == 1)) == "Anne Exemple"
    other = organiser.send(f"{HERE}/nouvelle", **fields | {"label": "Mairie"})
    assert other.status_code == 409 and 'value="Mairie"' in other.text


REFUSED = {
    "sans nom propre": {"label": " "},
    "a déjà « association a »": {"label": "association a"},
    "Le groupe « rien » n’existe pas": {"group": "rien"},
    "l’identifiant « zoé »": {"follower": "zoé"},
    "Le statut « perdu » n’existe pas": {"status": "perdu"},
    "La date « 31/02/2026 » n’est pas lisible": {"next_on": "31/02/2026"},
    "« notes » est trop long": {"notes": "x" * 5_001},
    "pas une adresse": {"email": "pas une adresse"},
}


@pytest.mark.parametrize("told", REFUSED)
def test_what_cannot_be_kept_is_told_and_stays_typed(told, organiser, known, app):
    known("Association A")
    fields = {"key": str(uuid4()), "label": "Mairie", "group": "grand_public", "place": "Lyon"}
    answer = organiser.send(f"{HERE}/nouvelle", **fields | REFUSED[told])
    assert answer.status_code == 400 and told in answer.text and 'value="Lyon"' in answer.text and _count() == 1


def test_the_way_to_a_status_is_dated_and_never_rewritten(organiser, house, known, app):
    here = f"{HERE}/{known('Association A')}"
    for status in ("invited", "invited", "met"):
        house.clock.move(hours=1)
        organiser.send(f"{here}/suivi", status=status, next_step="Rappeler", notes="Une\nDeux")
    way = [row.status for row in reading.statuses_of(1)]
    assert way == ["met", "invited", "identified"]
    page = organiser.get(here).text
    assert "à 13\u00a0h" in page and "à 14\u00a0h" not in page and "à 15\u00a0h" in page and "Une\nDeux" in page


def test_the_list_is_filtered_by_group_status_follower_and_lateness(organiser, known):
    known("Assoc silencieuse", "invited", days=15, follower="interviewer")
    known("Assoc attendue", "invited", days=2)
    known("Mairie en retard", next_step="Écrire", next_on=date(2026, 1, 6))
    known("Mairie qui décline", "declined", next_on=date(2026, 1, 1))

    def found(query):
        page = organiser.get(f"{HERE}?{query}").text
        return {name for name in ("silencieuse", "attendue", "en retard<", "décline") if name in page}

    assert found("retard=1") == {"silencieuse", "en retard<"}
    assert found("statut=invited") == {"silencieuse", "attendue"}
    assert found("suivi=interviewer") == {"silencieuse"}
    assert found("suivi=personne&mots=mairie") == {"en retard<", "décline"}
    assert found("groupe=rien") == set()


def test_names_are_searched_and_read_only_after_the_second_factor(organiser, visitor, house, known):
    known("Association A", name="Zoé Exemple", email="zoe@exemple.fr")
    search = f"{HERE}?mots=exemple"
    assert "Zoé Exemple" in organiser.get(search).text and "zoe@exemple.fr" in organiser.get(f"{HERE}/1").text
    visitor.get("/equipe/entrer")
    visitor.send("/equipe/entrer", login="organiser", password=PASSWORD)
    assert "Association A" in visitor.get(HERE).text and "Zoé" not in visitor.get(HERE).text
    assert "Rien ne correspond" in visitor.get(search).text
    page = visitor.get(f"{HERE}/1").text
    assert "Zoé" not in page and "zoe@" not in page and "donnez votre code" in page
    visitor.send(f"{HERE}/nouvelle", key=str(uuid4()), label="B", group="grand_public", name="Luc Exemple")
    assert _named(house) == {"Zoé Exemple"}


def test_an_interviewer_has_those_they_follow_and_nobody_s_name(client_as, house, known):
    own = known("Association A", follower="interviewer", name="Zoé Exemple")
    other = known("Association B", name="Luc Exemple")
    interviewer = client_as("interviewer")
    page = interviewer.get(HERE).text
    assert "Association A" in page and "Association B" not in page
    assert "Zoé" not in page + interviewer.get(f"{HERE}/{own}").text + interviewer.get(f"{HERE}?mots=exemple").text
    assert interviewer.get(f"{HERE}/{other}").status_code == 404
    assert interviewer.send(f"{HERE}/{other}/suivi", status="met").status_code == 404
    assert interviewer.send(f"{HERE}/{own}/suivi", status="met").status_code == 303
    sent = {"label": "Rencontré en chemin", "group": "grand_public", "follower": "organiser", "name": "Anne Exemple"}
    made = interviewer.send(f"{HERE}/nouvelle", key=str(uuid4()), **sent)
    assert "suivi par interviewer" in interviewer.get(made.location).text
    assert _named(house) == {"Zoé Exemple", "Luc Exemple"}


def test_one_is_linked_to_whom_they_became_and_unlinked(organiser, known, app):
    here = f"{HERE}/{known('Association A')}"
    for _ in range(2):
        organiser.send(f"{here}/personnes", pseudonym="Tilleul")
    assert [person.pseudonym for person in reading.people_of(1)] == ["Tilleul"]
    refused = organiser.send(f"{here}/personnes", pseudonym="Personne")
    assert refused.status_code == 400 and "Personne n’a le pseudonyme" in refused.text
    assert organiser.send(f"{here}/personnes/1/detacher").status_code == 303
    assert reading.people_of(1) == []


def test_the_map_says_whom_one_still_misses(organiser, known, app):
    preparation.change_group("grand_public", "Grand public", "external", True, ["Aidants", "Bénévoles", "Jeunes"])
    known("Aidants A", "met", subgroup="Aidants")
    known("Bénévoles A", "invited", subgroup="Bénévoles")
    (sphere,) = stakeholders_map.spheres(queries.groups_with_people(), reading.every_stakeholder())
    assert sphere.counts == {"met": 1, "invited": 1}
    missing = [(kind, why) for _, kind, why in stakeholders_map.missing([sphere])]
    assert missing == [("Bénévoles", "personne de rencontré encore"), ("Jeunes", "personne d’identifié")]
    page = organiser.get(f"{HERE}/carte").text
    assert "Grand public, Jeunes</strong> : personne d’identifié." in page and page.count('class="mark') == 2


@pytest.mark.parametrize("many", [1, 30, 300])
def test_marks_stay_in_their_ring_and_sector_however_many(many, known, app):
    known("A", "met")
    (member,) = reading.every_stakeholder()
    cell = stakeholders_map.Cell("", (member,) * many)
    first, second = stakeholders_map.sectors([stakeholders_map.Sphere(code, code, (cell,)) for code in "ab"])
    inner, outer = stakeholders_map.RINGS["met"]
    assert len(first.marks) == many and all(mark.x > 0 for mark in first.marks)
    assert all(mark.x < 0 for mark in second.marks)
    assert all(inner <= (mark.x**2 + mark.y**2) ** 0.5 <= outer for mark in first.marks)


GOOD = "\ufeffDésignation;Groupe;Statut;Suivi par;Date;Prochaine étape;Nom\r\n"
GOOD += "Association A;Grand public;rencontré;interviewer;31/01/2026;Remercier;Anne Exemple\r\n"
GOOD += "Mairie;grand_public;;;;;\r\n"


def test_a_file_adds_its_lines_and_the_same_again_adds_nothing(organiser, app):
    assert "2 parties prenantes ajoutées" in _upload(organiser, GOOD.encode()).text
    first = db.session.get(Stakeholder, 1)
    assert (first.status, first.next_on, first.next_step) == ("met", date(2026, 1, 31), "Remercier")
    assert db.session.scalar(select(Contact.name)) == "Anne Exemple"
    for again in (GOOD, GOOD + "\n"):
        answer = _upload(organiser, again.encode())
        assert "0 partie prenante ajoutée." in answer.text and "2 déjà là" in answer.text
    assert _count() == 2


LINES = {
    "Le groupe « Élus » n’existe pas.": "B;Élus;;",
    "Dites qui c’est": ";grand_public;;",
    "Le statut « bof » n’existe pas": "B;grand_public;bof;",
    "est déjà à la ligne 2": "a;grand_public;;",
    "contient une formule": "=1+1;grand_public;;",
    "plus de colonnes que de titres": "B;grand_public;;;x",
}


@pytest.mark.parametrize("reason", LINES)
def test_a_refused_line_is_told_with_its_number_while_the_others_pass(reason, organiser, app):
    answer = _upload(organiser, f"désignation;groupe;statut;lieu\nA;grand_public;;\n\n{LINES[reason]}\n".encode())
    assert "1 partie prenante ajoutée" in answer.text and _count() == 1
    assert "<strong>Ligne 4.</strong>" in answer.text and reason in answer.text


def test_what_goes_out_comes_back_as_known_with_no_formula_and_no_name(organiser, known):
    known("+33 Association", place="@ville", notes="-1;=2", name="Zoé Exemple", email="z@exemple.fr")
    plain, book = (organiser.get(f"{FILE}/parties-prenantes.{kind}").data for kind in ("csv", "xlsx"))
    (row,) = csv.DictReader(io.StringIO(plain.decode("utf-8-sig")), delimiter=";")
    assert (row["désignation"], row["lieu"], row["notes"]) == ("'+33 Association", "'@ville", "'-1;'=2")
    cells = [cell.value for line in openpyxl.load_workbook(io.BytesIO(book)).active for cell in line]
    assert "'+33 Association" in cells and not any("Exemple" in str(cell) for cell in cells) and b"Exemple" not in plain
    for data in (plain, book):
        assert "1 déjà là" in _upload(organiser, data).text
    assert organiser.get(f"{FILE}/parties-prenantes.pdf").status_code == 404


def test_nothing_that_leaves_for_analysis_can_reach_a_contact():
    rooms = [ROOT / room for room in ("analysis", "cafe/results", "cafe/exports")]
    paths = [path for room in rooms for path in room.rglob("*.py")]
    private = {"Contact", "Stakeholder", "StakeholderParticipant", "StakeholderStatus"}
    for path in paths:
        source = path.read_text(encoding="utf-8")
        names = {name.rpartition(".")[2] for name in imports_of(path, source)}
        words = {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
        assert not (names | words) & private and not any("stakeholders" in name for name in names), path
    assert len(paths) > 20


def test_the_tables_of_analysis_hold_no_name_and_no_stakeholder(known, app):
    known("Association tout à fait unique", name="Zoé Exemple", email="zoe@exemple.fr")
    stakeholders.link(1, "Tilleul")
    frames = frames_from_base()
    text = " ".join(table.to_csv() for table in vars(frames).values())
    assert "Zoé" not in text and "zoe@" not in text and "unique" not in text


def test_the_pages_cost_the_same_for_three_hundred(house, organiser):
    def cost(page):
        with counted_queries(house.app) as seen:
            assert organiser.get(page).status_code == 200
        return len(seen)

    with house.app.app_context():
        by = db.session.scalar(select(Staff.id).where(Staff.role == "organiser"))
    counts = []
    for many in (1, 300):
        with house.app.app_context():
            db.session.add_all(
                Stakeholder(
                    key=f"{many}-{n}", label=f"Association {many}-{n}", group_code="grand_public", follower_id=by,
                    status="invited", status_at=NOON, created_at=NOON,
                )
                for n in range(many)
            )  # fmt: skip
            db.session.commit()
        counts.append([cost(page) for page in (HERE, f"{HERE}?mots=x", f"{HERE}/carte", f"{HERE}/1", "/equipe")])
    assert counts[0] == counts[1] and max(counts[0]) <= 12


def test_a_group_or_a_subgroup_with_stakeholders_stays(organiser, known, app):
    preparation.add_group("Élus", "external", True, ["Maires"])
    by = db.session.scalar(select(Staff.id))
    stakeholders.add_stakeholder(Described(label="Mairie", group="elus", subgroup="maires"), "k", by, NOON)
    groups = "/organisation/groupes/elus"
    assert organiser.send(f"{groups}/supprimer").status_code == 409
    kept = organiser.send(groups, label="Élus", side="external", in_total="1", subgroups="")
    assert kept.status_code == 409 and "encore des parties prenantes" in kept.text


NASTY = ("\0", "٣", "9" * 30, "-1", "\ufffd\u202e", "%", "'" * 50, "<b>gras</b>")


@pytest.mark.parametrize("bad", NASTY)
def test_the_pages_stand_bad_input(bad, organiser, known):
    known("Association A")
    for name in ("mots", "groupe", "statut", "suivi", "retard", "page"):
        answer = organiser.get(HERE, query_string={name: bad})
        assert answer.status_code == 200 and "<b>gras" not in answer.text
    fields = dict.fromkeys(("label", "group", "status", "follower", "next_on", "email", "phone", "key"), bad)
    for page in ("nouvelle", "1/suivi", "1/description", "1/contact", "1/personnes", "999/suivi"):
        answer = organiser.send(f"{HERE}/{page}", **fields, pseudonym=bad)
        assert answer.status_code in (303, 400, 404) and "<b>gras" not in answer.text, page


def test_a_follower_whose_account_closed_is_still_named(organiser, known, app):
    known("Association A", follower="interviewer")
    db.session.execute(update(Staff).where(Staff.login == "interviewer").values(closed_at=NOON))
    db.session.commit()
    assert "suivi par interviewer" in organiser.get(f"{HERE}/1").text
