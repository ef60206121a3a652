"""What never leaves: who people are, whoever could be told from few, and words taken back."""

import io
import zipfile
from collections import Counter
from uuid import uuid4

import pyarrow.parquet as pq
import pytest
from sqlalchemy import DateTime, String, Text, select, update

from cafe.corpus.models import Contribution
from cafe.corpus.services import withdraw
from cafe.exports.coarsening import FEWEST, coarsen
from cafe.exports.formats import FORMATS
from cafe.exports.said import Person
from cafe.extensions import db, writing
from cafe.forum.models import Cafe, Draft
from cafe.guide.models import OpenLink, Sitting, StepAnswer
from cafe.messages.models import Message
from cafe.moderation.models import Care, Decision, Note
from cafe.people.models import Card, Contact, Participant, Staff, Stakeholder, Visit
from cafe.referential.models import Proposal
from tests.conftest import NOON
from tests.exporting import Exporter, say

SECRET = "secretdequelquun"


def opened(path) -> bytes:
    """Every byte of a file, and of what it holds compressed."""
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            members = [(name, archive.read(name)) for name in archive.namelist()]
        for name, member in members:
            data += name.encode() + member
            if zipfile.is_zipfile(io.BytesIO(member)):
                with zipfile.ZipFile(io.BytesIO(member)) as inner:
                    data += b"".join(inner.read(name) for name in inner.namelist())
            elif name.endswith(".parquet"):
                data += str(pq.read_table(io.BytesIO(member)).to_pylist()).encode()
    return data + str(pq.read_table(path).to_pylist()).encode() if data.startswith(b"PAR1") else data


def personal_columns():
    return [column for table in db.metadata.sorted_tables for column in table.columns if column.info.get("personal")]


def _rows() -> list:
    """One row a table that keeps something personal."""
    person = db.session.scalar(select(Participant.id))
    cafe, moment = db.session.scalar(select(Cafe.id)), {"created_at": NOON}
    return [
        Contact(participant_id=person), Card(participant_id=person, digest="x", **moment),
        Visit(digest="x", started_at=NOON, expires_at=NOON),
        Draft(participant_id=person, question_id=1, updated_at=NOON),
        Note(key="n", contribution_id=1, audience="team", **moment), Care(contribution_id=1, opened_at=NOON),
        Decision(contribution_id=1, staff_id=1, action="mask", decided_at=NOON),
        Message(key="m", kind="nudge", channel="hand", cafe_id=cafe, subject="x", recorded_at=NOON, due_at=NOON,
                expires_at=NOON),
        OpenLink(id=1, key="l", label="Marché", group_code="grand_public", quota=1, closes_at=NOON, **moment),
        Sitting(id=1, key="s", participant_id=person, version_id=1, way="alone", started_at=NOON),
        StepAnswer(sitting_id=1, step="titre", key="a", version_id=1, kind="choice", answered_at=NOON),
        Stakeholder(key="p", group_code="grand_public", status_at=NOON, **moment),
        Proposal(participant_id=person, question="titre", family="freins", **moment),
    ]  # fmt: skip


@pytest.fixture
def secretive(app):
    """A contribution, and a recognisable value in every column that is marked as personal."""
    say("Internet est trop cher.")
    with writing() as session:
        for row in _rows():
            for column in personal_columns():
                if column.table is row.__table__:
                    setattr(row, column.key, SECRET)
            session.add(row)
        session.execute(update(Participant).where(Participant.pseudonym == "Tilleul").values(pseudonym=SECRET))
        session.execute(update(Participant).where(Participant.pseudonym == SECRET).values(key=SECRET))
        session.execute(update(Staff).where(Staff.id == 1).values(login=SECRET, password_hash=SECRET))
        session.execute(update(Staff).where(Staff.id == 1).values(totp_secret=SECRET))


def test_names_contacts_doors_and_private_notes_are_marked_as_personal():
    marked = {str(column) for column in personal_columns()}
    contact = {f"contact.{name}" for name in ("name", "email", "phone")}
    assert contact | {"participant.pseudonym", "staff.login", "card.digest", "note.text", "draft.text"} <= marked


def test_every_marked_column_was_filled_by_the_test(secretive):
    for column in personal_columns():
        assert isinstance(column.type, String | Text) and not isinstance(column.type, DateTime)
        assert SECRET in set(db.session.scalars(select(column))), column


def test_no_value_of_a_personal_column_leaves_in_any_format(secretive, tmp_path):
    export = Exporter(tmp_path)
    for format in FORMATS:
        data = opened(export(format, stable=format != "csv"))
        assert SECRET.encode() not in data and (b"trop cher" in data or format == "qdc"), format


def person(n: int, **known) -> Person:
    empty = dict.fromkeys(("subgroup", "profile", "target", "place", "cluster"), "")
    return Person(f"P{n}", "g", **(empty | known))


def test_what_is_said_of_someone_is_said_of_five_people():
    many = [person(n, subgroup="a", place="Lille" if n < 2 else "Lens") for n in range(9)]
    few = [person(n, subgroup="b", profile="x") for n in range(9, 12)]
    kept = coarsen(dict(enumerate([*many, *few]))).values()
    cells = Counter((p.subgroup, p.profile, p.place) for p in kept)
    assert cells == {("a", "", "Lens"): 7, ("", "", ""): 5}
    assert min(cells.values()) >= FEWEST


def test_a_public_export_says_neither_small_cells_nor_hours_nor_words_for_the_team(app, tmp_path):
    with writing() as session:
        session.execute(update(Participant).values(place="Vesoul", subgroup="Aidants rares"))
    say("Internet est trop cher, ici.")
    say("Pour l’équipe seule.", question_id=3)
    with writing() as session:
        session.execute(update(Contribution).values(created_at=NOON.replace(hour=9, minute=42)))
    export = Exporter(tmp_path)
    for format in FORMATS:
        data = opened(export(format, public=True))
        assert not [word for word in (b"Vesoul", b"rares", b"quipe seule.", b"09:42") if word in data], format
    assert b"Pour l\xe2\x80\x99\xc3\xa9quipe seule." in opened(export("csv"))


def test_random_names_differ_at_each_export_and_stable_ones_do_not(app, tmp_path):
    for n in range(12):
        say(f"Internet est trop cher {n}.")
    export = Exporter(tmp_path)
    assert export("csv").read_bytes() != export("csv").read_bytes()
    assert export("csv", stable=True).read_bytes() == export("csv", stable=True).read_bytes()


def _hide(number: int) -> None:
    with writing() as session:
        session.execute(update(Contribution).where(Contribution.id == number).values(status="hidden"))


def _erase(number: int) -> None:
    with writing() as session:
        author = select(Contribution.participant_id).where(Contribution.id == number).scalar_subquery()
        session.execute(update(Participant).where(Participant.id == author).values(erased_at=NOON))


def _withdraw(number: int) -> None:
    withdraw(number, db.session.get(Contribution, number).participant_id, NOON)


TAKEN_BACK = (_withdraw, _hide, _erase)


def test_words_taken_back_are_in_no_format(app, tmp_path):
    say("Internet est trop cher, parole floréal.", who="Garance")
    for take_back, who in zip(TAKEN_BACK, ("Tilleul", "Tilleul", "Mésange"), strict=True):
        take_back(say("Internet est trop cher, parole brumaire.", who=who))
    export = Exporter(tmp_path)
    for format in FORMATS:
        data = opened(export(format))
        assert b"brumaire" not in data and ("floréal".encode() in data or format == "qdc"), format


FORM = "/donnees"


def _ask(client, **choices) -> str:
    client.get(FORM)
    return client.send(FORM, key=str(uuid4()), format="csv", **choices).location


def test_a_link_made_before_gives_them_no_more(house, client_as):
    analyst = client_as("analyst")
    for take_back in TAKEN_BACK:
        with house.app.app_context():
            number = say("Internet est trop cher, parole brumaire.")
        here = _ask(analyst)
        with analyst.get(f"{here}/fichier") as answer:
            assert b"brumaire" in answer.data
        with house.app.app_context():
            take_back(number)
        refused = analyst.get(f"{here}/fichier")
        assert refused.status_code == 404 and "retirées ou changées" in refused.text
        assert list((house.app.config["HOUSE"].data / "exports").iterdir()) == []
        assert "Refaire cet export" in analyst.get(here).text
