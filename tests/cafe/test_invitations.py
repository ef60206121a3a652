"""Groups and people: invited one by one or from a file, each known once, each refused line told."""

import io
import zipfile
from uuid import uuid4

import openpyxl
import pytest
from sqlalchemy import func, insert, select

from cafe.corpus.models import Question
from cafe.errors import Refusal
from cafe.extensions import db
from cafe.people import preparation, roster
from cafe.people.fields import Person
from cafe.people.models import Contact, Group, Participant, Subgroup
from cafe.people.roster import pseudonym_list
from cafe.people.spreadsheets import HEADINGS, read_sheet
from tests.conftest import CITIZENS, NOON, PASSWORD, counted_queries

FILE = "/organisation/participants/invitation"
GOOD = (
    "\ufeffPSEUDONYME;Groupe;Sous groupe;Profil;Cible;Lieu;NOM;E-mail;Telephone\r\n"
    "Bouvreuil;Grand public;;retraité;seniors;Lyon;Anne Exemple;Anne@Exemple.fr;06 12 34 56 78\r\n"
    ";grand_public;;;;;;;\r\n"
    ";GRAND PUBLIC;;;;;Luc Exemple;;\r\n"
)


@pytest.fixture
def organiser(client_as):
    client = client_as("organiser")
    client.get(FILE)
    return client


def _send(client, data, name="invitations.csv"):
    if isinstance(data, str):
        data = data.encode()
    fields = {"csrf_token": client.token, "file": (io.BytesIO(data), name)}
    return client.post(FILE, data=fields, content_type="multipart/form-data")


def _people() -> int:
    return db.session.scalar(select(func.count()).select_from(Participant))


def _xlsx(*rows) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_a_file_invites_its_people_with_their_contacts(organiser, app):
    assert "3 personnes ajoutées" in _send(organiser, GOOD).text
    anne = db.session.scalar(select(Participant).where(Participant.pseudonym == "Bouvreuil"))
    assert (anne.group_code, anne.profile, anne.target, anne.place) == ("grand_public", "retraité", "seniors", "Lyon")
    contact = db.session.scalar(select(Contact).where(Contact.participant_id == anne.id))
    assert (contact.name, contact.email, contact.phone) == ("Anne Exemple", "anne@exemple.fr", "06 12 34 56 78")
    others = db.session.scalars(select(Participant.pseudonym).where(Participant.pseudonym.not_in(CITIZENS)))
    assert set(others) - {"Bouvreuil"} <= set(pseudonym_list())


def test_the_same_file_again_adds_nothing_and_says_so(organiser, app):
    _send(organiser, GOOD)
    before = _people()
    answer = _send(organiser, GOOD)
    assert _people() == before == 6
    assert "0 personne ajoutée." in answer.text and "3 déjà là" in answer.text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A@exemple.fr;;", "a@EXEMPLE.fr;+33 6 11 22 33 44;Autre Nom"),
        (";0611223344;", ";+33 6 11 22 33 44;Autre Nom"),
        (";;Zoé Exemple", ";;zoe  exemple"),
    ],
)
def test_someone_is_known_by_email_else_phone_else_name(first, second, organiser, app):
    _send(organiser, f"groupe;e-mail;téléphone;nom\ngrand_public;{first}")
    answer = _send(organiser, f"groupe;e-mail;téléphone;nom\ngrand_public;{second}")
    assert "1 déjà là" in answer.text and _people() == 4


REFUSED = {
    "Le groupe « Élus » n’existe pas.": "Élus,,,,",
    "Il manque le groupe.": ",Pinson,,,",
    "Le pseudonyme « tilleul » est déjà pris.": "grand_public,tilleul,a@exemple.fr,,",
    "Le pseudonyme « ⚽ » ne convient pas": "grand_public,⚽,,,",
    "L’e-mail « pas une adresse » n’est pas une adresse.": "grand_public,,pas une adresse,,",
    "Le téléphone « 12 » n’est pas un numéro.": "grand_public,,,12,",
    "Le champ « pseudonyme » est trop long : 60 signes au plus.": f"grand_public,{'x' * 61},,,",
    "plus de colonnes que de titres": "grand_public,,,,Anne,Exemple",
    "Le champ « nom » contient une formule": "grand_public,,,,=1+1",
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_refused_line_is_told_with_its_number_while_the_others_pass(reason, organiser, app):
    file = f"groupe,pseudonyme,e-mail,téléphone,nom\ngrand_public,Bouvreuil,,,\n\n{REFUSED[reason]}\n"
    answer = _send(organiser, file)
    assert "1 personne ajoutée" in answer.text and _people() == 4
    assert "<strong>Ligne 4.</strong>" in answer.text and reason in answer.text


def test_a_contact_twice_in_a_file_is_refused_naming_the_first_line(organiser, app):
    answer = _send(organiser, "groupe;e-mail\ngrand_public;a@exemple.fr\ngrand_public;A@exemple.fr\n")
    assert "Ligne 3." in answer.text and "déjà à la ligne 2 : même e-mail" in answer.text and _people() == 4


def test_what_was_typed_is_escaped_in_the_report(organiser):
    answer = _send(organiser, "groupe;<i>x</i>\n<b>gras</b>;1\n")
    assert "&lt;b&gt;gras&lt;/b&gt;" in answer.text and "<b>gras" not in answer.text
    assert "laissée de côté : « &lt;i&gt;x&lt;/i&gt; »" in answer.text


def test_a_listed_subgroup_is_found_and_another_is_refused(organiser, app):
    preparation.change_group("grand_public", "Grand public", "external", True, ["Aidants familiaux", "Bénévoles"])
    answer = _send(organiser, "groupe;sous-groupe\ngrand_public;benevoles\ngrand_public;Pompiers\n")
    assert "« Pompiers » n’est pas dans le groupe" in answer.text
    assert "Bénévoles" in set(db.session.scalars(select(Participant.subgroup)))


def test_a_pseudonym_that_a_later_line_asks_for_is_not_drawn(app, monkeypatch):
    monkeypatch.setattr(roster, "pseudonym_list", lambda: ("Bouvreuil", "Pinson"))
    sheet = read_sheet(b"groupe;pseudonyme\ngrand_public;\ngrand_public;\ngrand_public;Bouvreuil\n")
    assert roster.invite(sheet, NOON).refused == []
    drawn = set(db.session.scalars(select(Participant.pseudonym))) - set(CITIZENS)
    assert {"Bouvreuil", "Pinson"} < drawn and drawn - {"Bouvreuil", "Pinson"} < {"Bouvreuil 2", "Pinson 2"}


def test_a_workbook_is_read_and_its_formulas_are_not(organiser, app):
    rows = (["Groupe", "Nom", "Téléphone"], ["Grand public", "Anne Exemple", 612345678], ["Grand public", "=A1", ""])
    answer = _send(organiser, _xlsx(*rows), "invitations.xlsx")
    assert "1 personne ajoutée" in answer.text
    assert "<strong>Ligne 3.</strong> Le champ « nom » contient une formule" in answer.text
    assert db.session.scalars(select(Contact.phone)).all() == ["0612345678"]


def _bomb() -> bytes:
    """A workbook of a few kilobytes whose sheet weighs more than we open."""
    small, out = _xlsx(["groupe"]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        for member in source.infolist():
            body = source.read(member)
            bomb.writestr(member.filename, body + b" " * 21_000_000 if "sheet1" in member.filename else body)
    return out.getvalue()


UNREADABLE = {
    "Choisissez un fichier": b"",
    "pas un classeur lisible": b"PK\x03\x04rien",
    "trop lourd une fois ouvert": _bomb(),
    "pas en UTF-8": "groupe\nÉlus".encode("latin-1"),
    "Il manque la colonne « groupe »": b"nom;prenom\nA;B",
    "est là deux fois": b"groupe;mail;e-mail\n",
    "près de la ligne 2": b'groupe\n"jamais ferm',
    "5000 lignes au plus": b"groupe\n" + b"grand_public\n" * 5_001,
    "un caractère nul, ligne 3": b"groupe\n\nA\0",
}


@pytest.mark.parametrize("told", UNREADABLE)
def test_an_unreadable_file_is_refused_in_one_sentence(told, organiser, app):
    answer = _send(organiser, UNREADABLE[told])
    assert answer.status_code == 400 and told in answer.text and _people() == 3


def test_a_sheet_that_claims_a_million_rows_is_read_within_bounds():
    small, out = _xlsx(["groupe"], ["a"]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small)) as source, zipfile.ZipFile(out, "w") as bomb:
        for member in source.infolist():
            body = source.read(member).replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"').replace(b'r="2"', b'r="1048576"')
            bomb.writestr(member.filename, body)
    assert read_sheet(out.getvalue()).lines == []


def test_a_file_may_weigh_more_than_a_message_and_less_than_two_megabytes(organiser, app):
    lines = "".join(f"grand_public;{'x' * 79};{n}@exemple.fr\n" for n in range(3_500))
    assert len(lines) > 300_000
    assert "3500 personnes ajoutées" in _send(organiser, f"groupe;lieu;e-mail\n{lines}").text
    answer = organiser.post(FILE, data=b"x" * 2_200_000, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413 and "2 Mo au plus" in answer.text
    assert organiser.send("/organisation/participants/nouveau", name="x" * 300_000).status_code == 413


def test_the_model_file_reads_back(organiser):
    model = organiser.get(f"{FILE}/modele.csv")
    sheet = read_sheet(model.data + b";grand_public;;;;;;;\r\n")
    assert sheet.left_aside == () and sheet.lines[0][1]["group"] == "grand_public"
    assert len(HEADINGS) == 9


NEW = "/organisation/participants/nouveau"


def test_one_person_is_added_once_however_often_the_form_is_sent(organiser, app):
    fields = {"key": str(uuid4()), "group": "grand_public", "name": "Anne Exemple", "email": "anne@exemple.fr"}
    answers = {organiser.send(NEW, **fields).location for _ in range(5)}
    assert len(answers) == 1 and _people() == 4
    other = organiser.send(NEW, **fields | {"pseudonym": "Pinson"})
    assert other.status_code == 409 and 'value="Pinson"' in other.text


def test_a_person_with_a_known_email_is_refused_and_what_was_typed_stays(organiser, app):
    organiser.send(NEW, key=str(uuid4()), group="grand_public", email="anne@exemple.fr")
    answer = organiser.send(NEW, key=str(uuid4()), group="grand_public", email="ANNE@exemple.fr", place="Lyon")
    assert answer.status_code == 400 and "même e-mail" in answer.text and 'value="Lyon"' in answer.text


def test_a_person_is_corrected(organiser, app):
    page = "/organisation/participants/1"
    answer = organiser.send(page, pseudonym="Tilleul", group="grand_public", place="Lyon", phone="0611223344")
    assert answer.status_code == 303
    shown = organiser.get(page).text
    assert 'value="Lyon"' in shown and 'value="0611223344"' in shown
    taken = organiser.send(page, pseudonym="garance", group="grand_public")
    assert taken.status_code == 400 and "déjà pris" in taken.text


def test_two_people_may_not_share_a_pseudonym_that_looks_the_same(app):
    with pytest.raises(Refusal, match="déjà pris"):
        roster.add_participant(Person.read({"group": "grand_public", "pseudonym": "TIL\u200bLEUL"}), "k", NOON)


def test_the_list_is_searched_paged_and_costs_the_same_at_a_thousand(house, organiser):
    with counted_queries(house.app) as few:
        organiser.get("/organisation/participants")
    with house.app.app_context():
        rows = [{"pseudonym": f"Personne {n:04}", "group_code": "grand_public", "created_at": NOON} for n in range(997)]
        db.session.execute(insert(Participant), rows)
        db.session.commit()
    with counted_queries(house.app) as many:
        page = organiser.get("/organisation/participants")
    assert len(few) == len(many) <= 6
    assert "1000 personnes, page 1 sur 20" in page.text and page.text.count('<th scope="row">') == 50
    assert "Personne 0996" in organiser.get("/organisation/participants?page=20").text
    found = organiser.get("/organisation/participants?mots=garance").text
    assert "1 personne<" in found and "Garance" in found
    assert "Personne ne correspond" in organiser.get("/organisation/participants?mots=%25").text


def test_real_names_are_searched_only_after_the_second_factor(organiser, visitor):
    organiser.send("/organisation/participants/1", pseudonym="Tilleul", group="grand_public", name="Zoé Exemple")
    search = "/organisation/participants?mots=exemple"
    assert "Zoé Exemple" in organiser.get(search).text
    visitor.get("/equipe/entrer")
    visitor.send("/equipe/entrer", login="organiser", password=PASSWORD)
    assert "Zoé" not in visitor.get("/organisation/participants").text
    assert "Personne ne correspond" in visitor.get(search).text


def test_people_heard_elsewhere_are_not_invited(organiser, house):
    with house.app.app_context():
        row = {"pseudonym": "import-abc", "group_code": "grand_public", "created_at": NOON}
        db.session.execute(insert(Participant), [row])
        db.session.commit()
    assert "import-" not in organiser.get("/organisation/participants").text


GROUPS = "/organisation/groupes"


def test_a_group_is_added_once_changed_and_deleted_while_empty(organiser, app):
    fields = {"label": "Élus & Agents", "side": "internal", "in_total": "1", "subgroups": "Maires\n\nAgents\nmaires"}
    for _ in range(2):
        assert organiser.send(GROUPS, **fields).status_code == 303
    assert db.session.get(Group, "elus_agents").side == "internal"
    assert set(db.session.scalars(select(Subgroup.label))) == {"Agents", "maires"}
    assert organiser.send(GROUPS, **fields | {"side": "external"}).status_code == 400
    changed = organiser.send(f"{GROUPS}/elus_agents", label="Élus", side="external", subgroups="Maires")
    assert changed.status_code == 303 and "hors du total" in organiser.get(GROUPS).text
    assert organiser.send(f"{GROUPS}/elus_agents/supprimer").status_code == 303
    assert organiser.get(f"{GROUPS}/elus_agents").status_code == 404


def test_a_group_or_a_subgroup_with_people_stays(organiser, app):
    assert organiser.send(f"{GROUPS}/grand_public/supprimer").status_code == 409
    fields = {"label": "Grand public", "side": "external", "in_total": "1"}
    organiser.send(f"{GROUPS}/grand_public", **fields, subgroups="Aidants\nBénévoles")
    kept = organiser.send(f"{GROUPS}/grand_public", **fields, subgroups="Bénévoles")
    assert kept.status_code == 409 and "« Aidants » a encore des participants" in kept.text


def test_the_title_changes_at_once_on_the_pages_of_the_team(organiser):
    organiser.send("/organisation/dialogue", title="Un <autre> titre")
    assert "Un &lt;autre&gt; titre" in organiser.get("/organisation").text
    refused = organiser.send("/organisation/dialogue", title=" ")
    assert refused.status_code == 400 and "Donnez un titre" in refused.text


def test_there_are_enough_plain_pseudonyms():
    names = pseudonym_list()
    assert len(set(names)) == len(names) >= 300
    assert all(name.isalpha() and name[0].isupper() for name in names)


NASTY = ("\0", "٣", "9" * 30, "-1", "\ufffd\u202e", "%", "'" * 50, "/" * 40)


@pytest.mark.parametrize("bad", NASTY)
def test_the_desk_stands_bad_input(bad, organiser, app):
    for name in ("mots", "groupe", "page"):
        assert organiser.get("/organisation/participants", query_string={name: bad}).status_code == 200
    fields = {"pseudonym": bad, "group": bad, "email": bad, "phone": bad, "key": bad, "label": bad, "side": bad}
    for page in ("participants/nouveau", "participants/1", "participants/999", "groupes/grand_public", "groupes/x"):
        assert organiser.send(f"/organisation/{page}", **fields).status_code in (400, 404)
    assert organiser.send("/organisation/cartes/feuille", whom=bad, key=bad).status_code == 400
    assert organiser.get("/equipe/code", query_string={"suite": bad}).status_code == 200
    assert db.session.scalar(select(func.count()).select_from(Question)) == 5
