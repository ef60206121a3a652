"""What leaves: nobody's name, nothing that a spreadsheet would run."""

import csv
import io
import zipfile
from uuid import uuid4

import openpyxl
import pytest
from sqlalchemy import select

from analysis.cells import inert, inert_in_csv
from analysis.frames import read_frames
from cafe.cli import cafe as command
from cafe.errors import Refusal
from cafe.exports.formats import FORMATS
from cafe.exports.models import Export
from cafe.extensions import db

QUESTION = "/cafe/essai/jour/1/2"
FORMULA = '=HYPERLINK("http://x";"Internet est trop cher")'


@pytest.fixture
def exported(client_as):
    """One formula was posted; each format as the analyst downloads it."""
    client_as("Tilleul").send(QUESTION, key=str(uuid4()), text=FORMULA)
    analyst = client_as("analyst")
    return lambda name: analyst.get(f"/donnees/{name}").data


def test_csv_holds_the_text_its_tags_its_group_and_its_day(exported):
    (row,) = csv.DictReader(io.StringIO(exported("csv").decode("utf-8-sig")))
    assert row["text"] == f"'{FORMULA}"
    assert (row["group"], row["day"], row["freins"]) == ("grand_public", "1", "cout_internet")
    assert "freins:cout_internet" in row["tags"].split()
    assert not {"pseudonym", "participant_id", "id", "place", "profile"} & set(row)


def test_xlsx_holds_no_formula_and_says_what_its_columns_mean(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))
    cells = [cell for row in book["contributions"].iter_rows() for cell in row]
    assert f"'{FORMULA}" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    meanings = {row[0].value for row in book["définitions"].iter_rows()}
    assert {cell.value for cell in book["contributions"][1]} <= meanings


def test_frames_read_back_as_the_tables_of_the_contract(exported, tmp_path):
    zipfile.ZipFile(io.BytesIO(exported("frames"))).extractall(tmp_path)
    assert read_frames(tmp_path).contributions["text"].to_list() == [FORMULA]


@pytest.mark.parametrize("start", "=+-@\t\r＝＋－＠")
def test_every_way_to_start_a_formula_is_made_inert(start):
    assert inert(f"{start}1") == f"'{start}1"
    assert inert(f"a{start}") == f"a{start}"
    assert inert_in_csv(f"a ;{start}1") == f"a ;'{start}1"
    assert inert_in_csv(f"a\n{start}1") == f"a\n'{start}1"
    assert inert_in_csv(f"a{start}1 ; b") == f"a{start}1 ; b"


def test_the_command_writes_each_format_and_is_in_the_log(house, tmp_path, client_as):
    client_as("Tilleul").send(QUESTION, key=str(uuid4()), text="Bonjour")
    for name in FORMATS:
        arguments = ["export", name, "-o", str(tmp_path / f"sortie.{name}"), "--group", "grand_public"]
        result = house.app.test_cli_runner().invoke(command, arguments)
        assert result.exit_code == 0 and f"sortie.{name} : 1." in result.output
    assert {path.name for path in tmp_path.iterdir()} == {f"sortie.{name}" for name in FORMATS}
    with house.app.app_context():
        log = db.session.execute(select(Export.format, Export.staff_id, Export.choices)).all()
    assert set(log) == {(name, None, '{"group": "grand_public"}') for name in FORMATS}


def test_a_removed_tag_does_not_leave(exported, client_as):
    client_as("moderator").send("/moderation/1/tag", tag="freins:cout_internet", state="removed")
    (row,) = csv.DictReader(io.StringIO(exported("csv").decode("utf-8-sig")))
    assert row["freins"] == "" and "cout_internet" not in row["tags"]


def test_an_unwritable_place_is_refused_in_one_sentence(house, tmp_path):
    output = tmp_path / "absent" / "sortie.csv"
    result = house.app.test_cli_runner().invoke(command, ["export", "csv", "-o", str(output)])
    assert isinstance(result.exception, Refusal) and "vérifiez" in str(result.exception)
    assert not output.parent.exists()


def test_stable_frames_are_equal_for_equal_content(house, tmp_path, client_as):
    client_as("Tilleul").send(QUESTION, key=str(uuid4()), text="Bonjour")
    for name in ("a", "b"):
        arguments = ["export", "frames", "-o", str(tmp_path / name), "--stable-pseudonyms"]
        house.app.test_cli_runner().invoke(command, arguments)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
