"""Corrected tags come back as people's: each format's way, what is told, and nothing done twice."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select, update

from cafe.cli import cafe as command
from cafe.corpus.models import Contribution, Tag
from cafe.corpus.services import withdraw
from cafe.errors import Refusal
from cafe.exports.refi import guid
from cafe.exports.tag_files import Coded
from cafe.exports.tag_import import apply_tags, plan_tags, read_tag_file
from cafe.exports.tag_plan import meant
from cafe.extensions import db, writing
from cafe.people.models import Participant, Staff
from tests.conftest import NOON
from tests.exporting import KEY, Exporter, say

COST, SITE = "freins:cout_internet", "freins:navigation"
ANALYST = 2


@pytest.fixture
def export(app, tmp_path):
    for text in ("Internet est trop cher 😀.", "Le site est trop compliqué.", "=1+1 ;-1 Bonjour"):
        say(text)
    return Exporter(tmp_path)


def rewrite(path: Path, change, delimiter=",") -> Path:
    """The CSV with its rows changed, as a spreadsheet saves it."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    rows.sort(key=lambda row: row["contribution"])
    change(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def standing() -> dict[str, tuple[str, str, int | None]]:
    tags = db.session.execute(select(Tag.contribution_id, Tag.family, Tag.code, Tag.state, Tag.origin, Tag.staff_id))
    return {f"{n} {family}:{code}": (state, origin, staff) for n, family, code, state, origin, staff in tags}


def bring(path: Path):
    return apply_tags(read_tag_file(path), KEY, ANALYST, NOON)


def test_a_corrected_csv_adds_confirms_and_removes_once(export):
    def correct(rows):
        rows[1]["tags"], rows[1]["freins"] = "", ""
        rows[2]["tags"] = rows[2]["freins"] = ""
        rows[2]["tags"] = f"{COST} freins:inconnu"
        rows[2]["freins"] = "cout_internet inconnu"

    path = rewrite(export("csv", stable=True), correct, delimiter=";")
    plan = bring(path)
    assert plan.counts == {"confirmed": 1, "removed": 1, "added": 1} and plan.unknown_codes == {"freins:inconnu": 1}
    assert standing() == {
        f"1 {COST}": ("confirmed", "rule", ANALYST),
        f"2 {SITE}": ("removed", "rule", ANALYST),
        f"3 {COST}": ("confirmed", "human", ANALYST),
    }
    again = bring(path)
    assert not again.changes and again.same == 3


def test_a_removed_tag_that_comes_back_stands_again_where_it_was(export):
    path = export("csv", stable=True)
    with writing() as session:
        session.execute(update(Tag).values(state="removed"))
    assert bring(path).counts == {"added": 2}
    assert {state for state, _, _ in standing().values()} == {"confirmed"}


def test_texts_changed_withdrawn_unknown_or_ones_own_are_left(export):
    path = export("csv", stable=True)
    say("Internet est trop cher, mes mots.", who="Garance")
    mine = rewrite(export("csv", stable=True), lambda rows: rows[0].update(contribution="C00001-00000000"))
    with writing() as session:
        session.execute(update(Contribution).where(Contribution.id == 2).values(text="Autre chose"))
        garance = session.scalar(select(Participant.id).where(Participant.pseudonym == "Garance"))
        session.execute(update(Staff).where(Staff.id == ANALYST).values(participant_id=garance))
    withdraw(3, db.session.get(Contribution, 3).participant_id, NOON)
    plan = bring(mine)
    assert [len(names) for names in (plan.unknown_texts, plan.changed, plan.gone, plan.own)] == [1, 1, 1, 1]
    assert not plan.changes and path.exists()


def test_drawn_names_are_never_taken_for_contributions(export):
    plan = bring(export("csv"))
    assert len(plan.unknown_texts) == 3 and not plan.changes


HERE = {"freins:a", "usages:b"}
STORIES = [
    ({"freins:a", "usages:b"}, {"freins": {"freins:a"}}, HERE),
    ({"freins:c"}, {"freins": {"freins:a"}}, {"freins:c"}),
    (HERE, {"freins": {"freins:c"}}, {"freins:c", "usages:b"}),
    ({"freins:c"}, {"freins": {"freins:d"}}, None),
    (None, {"freins": set()}, {"usages:b"}),
    ({"freins:c"}, {}, {"freins:c"}),
]


@pytest.mark.parametrize(("tags", "columns", "expected"), STORIES)
def test_of_two_columns_that_differ_the_edited_one_wins(tags, columns, expected):
    coded = Coded("x", "", tags if tags is None else frozenset(tags), {k: frozenset(v) for k, v in columns.items()})
    assert meant(coded, HERE) == expected


def change_project(path: Path, change) -> Path:
    """The project as another tool saves it: same names, and what `change` does to its XML."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["project.qde"] = change(members["project.qde"].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_project_comes_back_with_its_spans_whatever_its_identifiers(export):
    path = export("qdpx", stable=True)
    assert bring(path).counts == {"confirmed": 2}
    cost, site = guid("code", COST), guid("code", SITE)
    other = "00000000-0000-4000-8000-00000000000"

    def other_tool(xml: str) -> str:
        xml = xml.replace(f'targetGUID="{site}"', f'targetGUID="{cost}"')
        return xml.replace(cost, f"{other}1").replace(site, f"{other}2").replace('name="C', 'name="C')

    plan = bring(change_project(path, other_tool))
    assert plan.counts == {"added": 1, "removed": 1}
    places = select(Tag.start, Tag.end).where(Tag.contribution_id == 2)
    assert len(set(db.session.execute(places).tuples())) == 1
    assert not bring(path).changes


def test_a_codebook_says_which_codes_are_unknown_and_lays_nothing(export):
    path = export("qdc")
    path.write_text(path.read_text(encoding="utf-8").replace("Couverture réseau", "Réseau ?"), encoding="utf-8")
    assert read_tag_file(path).unknown == {}
    text = path.read_text(encoding="utf-8").replace(guid("code", "freins:couverture_reseau"), guid("code", "x"))
    path.write_text(text.replace("freins:couverture_reseau", "un code à nous"), encoding="utf-8")
    file = read_tag_file(path)
    assert file.kind == "qdc" and file.unknown == {"Réseau ?": 1} and file.codes > 100
    assert not plan_tags(file, KEY, ANALYST).changes


NO_PLACE = b'<Project xmlns="urn:QDA-XML:project:1.0"><TextSource name="a"><PlainTextSelection/></TextSource></Project>'


def packed(project: bytes) -> bytearray:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", project)
    return bytearray(held.getvalue())


def broken(project: bytes, inside: int, index: int, value: int) -> bytes:
    """A project with one byte changed in what says how it is packed, there and in the archive's index."""
    data = packed(project)
    data[inside] = data[data.find(b"PK\x01\x02") + index] = value
    return bytes(data)


CORRUPT = packed(NO_PLACE)
CORRUPT[41:49] = b"\xff" * 8
BAD = {
    "empty": b"",
    "no_text": b"\xff\xfe\0",
    "zero_byte": b"\0",
    "no_archive": b"PK\x03\x04rien",
    "semicolons": b"id;texte\n1;x\n",
    "no_tags_column": b"contribution,text\na,b\n",
    "too_many_cells": b"contribution,text,tags\na,b,c,d\n",
    "empty_codebook": b"<CodeBook/>",
    "unclosed_xml": b"<a",
    "unknown_encoding": b'<?xml version="1.0" encoding="inconnu"?><a/>',
    "unsafe_encoding": b'<?xml version="1.0" encoding="utf-7"?><a/>',
    "selection_without_place": bytes(packed(NO_PLACE)),
    "no_project": bytes(packed(b"<a/>")),
    "locked": broken(b"<a/>", 6, 8, 1),
    "unknown_packing": broken(b"<a/>", 8, 10, 99),
    "corrupt": bytes(CORRUPT),
}


# Named: an archive holds the minute it was made, and workers that collect in two minutes must agree on the tests.
@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_what_is_no_file_of_tags_is_refused_in_one_sentence(content, app, tmp_path):
    path = tmp_path / "fichier"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        read_tag_file(path)
    assert "Traceback" not in str(refusal.value) and str(refusal.value).endswith(".")


@pytest.fixture
def exported(house, client_as):
    with house.app.app_context():
        say("Internet est trop cher.")
    analyst = client_as("analyst")
    analyst.get("/donnees/tags")
    return analyst, analyst.get("/donnees/csv?stable=1").data


def send(client, data: bytes):
    return client.send("/donnees/tags", file=(io.BytesIO(data), "tags.csv"))


def test_the_page_shows_what_would_change_then_applies_it(exported, house):
    analyst, data = exported
    here = send(analyst, data).location
    page = analyst.get(here).text
    assert "0 ajouté, 1 confirmé, 0 retiré" in page and COST in page
    with house.app.app_context():
        assert {tag.state for tag in db.session.scalars(select(Tag))} == {"laid"}
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert analyst.send(here, seen=seen).location == "/donnees/tags"
    assert "0 ajouté, 1 confirmé, 0 retiré." in analyst.get("/donnees/tags").text
    assert not any(path.stat().st_size for path in (house.app.config["HOUSE"].data / "exports").glob("tags-*"))


def test_a_second_click_says_that_it_is_done(exported):
    analyst, data = exported
    here = send(analyst, data).location
    seen = analyst.get(here).text.split('name="seen" value="')[1].split('"')[0]
    analyst.send(here, seen=seen)
    analyst.get("/donnees/tags")
    for again in (lambda: analyst.send(here, seen=seen), lambda: analyst.get(here)):
        assert again().location == "/donnees/tags" and "déjà appliqué" in analyst.get("/donnees/tags").text


def test_what_moved_since_the_preview_is_shown_again(exported, house):
    analyst, data = exported
    here = send(analyst, data).location
    seen = analyst.get(here).text.split('name="seen" value="')[1].split('"')[0]
    with house.app.app_context(), writing() as session:
        session.execute(update(Tag).values(state="confirmed"))
    answer = analyst.send(here, seen=seen)
    assert answer.status_code == 409 and "ont changé entre-temps" in answer.text


def test_ones_own_file_is_nobody_elses(exported, client_as):
    analyst, data = exported
    here = send(analyst, data).location
    assert client_as("organiser").get(here).status_code == 404
    assert analyst.get("/donnees/tags/x").status_code == 404
    assert send(analyst, b"").status_code == 400


def test_the_command_tells_then_does(export, house, tmp_path):
    house.app.config["KEYS"]["session"] = KEY
    path = export("csv", stable=True)
    runner = house.app.test_cli_runner()
    told = runner.invoke(command, ["import", "tags", str(path), "--dry-run"])
    assert "Seraient : 0 ajouté, 2 confirmés, 0 retiré." in told.output
    done = runner.invoke(command, ["import", "tags", str(path), "--by", "analyst"])
    assert done.exit_code == 0 and "Tags : 0 ajouté, 2 confirmés" in done.output
    again = runner.invoke(command, ["import", "tags", str(path), "--by", "analyst"])
    assert "0 ajouté, 0 confirmé, 0 retiré" in again.output
    assert isinstance(runner.invoke(command, ["import", "tags", str(path), "--by", "x"]).exception, Refusal)
