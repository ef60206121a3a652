"""What leaves: nobody's name, nothing that a spreadsheet would run."""

import csv
import io
import zipfile
from uuid import uuid4

import openpyxl
import pytest

from analysis.frames import read_frames
from cafe.cli import cafe as command
from cafe.corpus.models import Contribution
from cafe.corpus.services import withdraw
from cafe.errors import Refusal
from cafe.exports.cells import inert, inert_in_csv
from cafe.extensions import db
from tests.conftest import NOON

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


@pytest.mark.parametrize("name", ["csv", "xlsx", "frames"])
def test_no_pseudonym_of_the_cafe_leaves(name, exported):
    data = exported(name)
    if name != "csv":
        archive = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(archive.read(member) for member in archive.namelist())
    assert b"Tilleul" not in data


@pytest.mark.parametrize("start", "=+-@\t\r＝＋－＠")
def test_every_way_to_start_a_formula_is_made_inert(start):
    assert inert(f"{start}1") == f"'{start}1"
    assert inert(f"a{start}") == f"a{start}"
    assert inert_in_csv(f"a ;{start}1") == f"a ;'{start}1"
    assert inert_in_csv(f"a\n{start}1") == f"a\n'{start}1"
    assert inert_in_csv(f"a{start}1 ; b") == f"a{start}1 ; b"


@pytest.mark.parametrize("name", ["csv", "xlsx", "frames"])
def test_the_command_writes_each_format(name, house, tmp_path, client_as):
    client_as("Tilleul").send(QUESTION, key=str(uuid4()), text="Bonjour")
    output = tmp_path / "sortie"
    result = house.app.test_cli_runner().invoke(command, ["export", name, "-o", str(output)])
    assert result.exit_code == 0 and "sortie : 1." in result.output
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["sortie"]


def test_what_was_hidden_or_withdrawn_stays_behind(client_as, house):
    citizen = client_as("Tilleul")
    for text in ("caché", "repris", "gardé"):
        citizen.send(QUESTION, key=str(uuid4()), text=f"Internet est trop cher : {text}")
    client_as("moderator").send("/moderation/1/masquer", reason="x")
    with house.app.app_context():
        withdraw(2, db.session.get(Contribution, 2).participant_id, NOON)
    analyst = client_as("analyst")
    (row,) = csv.DictReader(io.StringIO(analyst.get("/donnees/csv").data.decode("utf-8-sig")))
    assert row["text"].endswith("gardé")
    book = openpyxl.load_workbook(io.BytesIO(analyst.get("/donnees/xlsx").data))
    assert book["contributions"].max_row == 2


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
