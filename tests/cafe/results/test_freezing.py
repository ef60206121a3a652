"""What was frozen stays, while the café goes on; what was taken back leaves it."""

import stat
import subprocess
from dataclasses import fields

import pandas as pd
import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo
from sqlalchemy import update

from analysis.frames import read_frames, write_frames
from analysis.report import Report
from cafe.cli import cafe
from cafe.errors import NotFound, Refusal
from cafe.extensions import db
from cafe.people.models import Participant
from cafe.results.freezing import find, freeze, frozen_frames, frozen_list, frozen_results
from cafe.results.models import FrozenDataset
from cafe.results.shelf import sha256_of
from cafe.scheduler import Scheduler
from tests.cafe.results.conftest import say, wait
from tests.conftest import NOON


def tables(results) -> dict:
    return {field.name: getattr(results.report, field.name) for field in fields(Report)}


def same(one: dict, other: dict) -> list[str]:
    """The outputs that differ."""
    differs = {
        name: not table.equals(other[name]) if isinstance(table, pd.DataFrame) else table != other[name]
        for name, table in one.items()
    }
    return [name for name, is_other in differs.items() if is_other]


def test_figures_and_words_stay_what_they_were_while_the_cafe_goes_on(frozen, client_as, house):
    with house.app.app_context():
        before, told = tables(frozen_results(frozen)), find(frozen)
    say(client_as("Mésange"), "Internet est trop cher, encore.")
    client_as("moderator").send("/moderation/1/tag", tag="freins:cout_internet", state="removed")
    with house.app.app_context():
        after = frozen_results(frozen)
        assert same(before, tables(after)) == []
        assert "Internet est trop cher, zanzibar." in set(after.report.verbatims["text"])
        assert (find(frozen).sha256_now, find(frozen).texts) == (told.sha256, 2)


def test_anyone_finds_the_hash_again_from_the_tables(frozen, house, tmp_path):
    with house.app.app_context():
        write_frames(frozen_frames(frozen), tmp_path / "tables")
        told = find(frozen).sha256
    found = subprocess.run("sha256sum *.csv | sha256sum", shell=True, cwd=tmp_path / "tables", capture_output=True)
    assert found.stdout.decode().split()[0] == told


def test_the_tables_are_those_of_an_export_of_that_moment(frozen, house, tmp_path):
    arguments = ["export", "frames", "-o", str(tmp_path / "export"), "--stable-pseudonyms"]
    assert cafe.main(arguments, obj=ScriptInfo(create_app=lambda: house.app), standalone_mode=False) is None
    with house.app.app_context():
        assert sha256_of(read_frames(tmp_path / "export")) == find(frozen).sha256


def test_what_a_citizen_takes_back_leaves_every_file_and_the_figures_stay(frozen, spoken, client_as, house):
    with house.app.app_context():
        before, told = tables(frozen_results(frozen)), find(frozen).sha256
    client_as("Tilleul").send(f"/mes-mots/{spoken['Tilleul']}/retirer")
    with house.app.app_context():
        after = frozen_results(frozen)
        assert set(same(before, tables(after))) == {"verbatims", "words"}
        assert not after.report.verbatims["text"].str.contains("zanzibar").any()
        dataset = find(frozen)
        assert (dataset.texts_gone, dataset.people_gone, dataset.sha256) == (1, 0, told)
        assert dataset.sha256_now == sha256_of(frozen_frames(frozen)) != told
    assert set(files_with(house, "zanzibar")) <= {"cafe.sqlite-wal"}


def test_what_was_taken_back_is_in_no_file_of_the_install_once_the_scheduler_passed(frozen, spoken, client_as, house):
    analyst = client_as("analyst")
    analyst.get("/resultats/liens")
    wait(analyst)
    analyst.get("/donnees/csv")
    assert {"results", "frozen", "exports"} <= {path.name for path in house.app.config["HOUSE"].data.iterdir()}
    assert files_with(house, "zanzibar")
    client_as("Tilleul").send(f"/mes-mots/{spoken['Tilleul']}/retirer")
    Scheduler(house.app).run_pass()
    assert files_with(house, "zanzibar") == []


def test_someone_erased_leaves_the_tables_and_is_counted(frozen, house):
    with house.app.app_context():
        before = tables(frozen_results(frozen))
        db.session.execute(update(Participant).where(Participant.pseudonym == "Tilleul").values(erased_at=NOON))
        db.session.commit()
        dataset, frames = find(frozen), frozen_frames(frozen)
        assert (dataset.people_gone, dataset.texts_gone) == (1, 1)
        assert frames.contributions["text"].to_list() == ["Le débit est mauvais."]
        assert len(frames.participants) == 2 and set(frames.tags["contribution"]) == {"C0002"}
        assert "links" not in same(before, tables(frozen_results(frozen)))
    folder = next((house.app.config["HOUSE"].data / "frozen").iterdir())
    assert "P0001" not in (folder / "participants.csv").read_text()


def test_its_files_are_for_their_owner_alone(frozen, house):
    folder = house.app.config["HOUSE"].data / "frozen"
    paths = [folder, *folder.rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o700, 0o600}


def test_it_is_made_from_the_command_line_too(spoken, house):
    result = CliRunner().invoke(cafe, ["freeze", "--title", "Fin"], obj=ScriptInfo(create_app=lambda: house.app))
    with house.app.app_context():
        (dataset,) = frozen_list()
    assert result.exit_code == 0 and dataset.sha256 in result.output


def files_with(house, word: str) -> list[str]:
    """The files of the install that hold a word."""
    paths = (path for path in house.app.config["HOUSE"].data.rglob("*") if path.is_file())
    return [path.name for path in paths if word.encode() in path.read_bytes()]


def test_a_form_sent_again_freezes_once(spoken, app):
    numbers = {freeze("Encore", "k", None, NOON, lambda *_: None) for _ in range(3)}
    assert len(numbers) == 1 and len(frozen_list()) == 1


@pytest.mark.parametrize(("title", "said"), [("  ", "Donnez un titre"), ("x" * 81, "trop long")])
def test_a_title_is_asked_for(title, said, spoken, app):
    with pytest.raises(Refusal, match=said):
        freeze(title, "k", None, NOON, lambda *_: None)


def test_a_deleted_one_is_not_there(frozen, app):
    db.session.get(FrozenDataset, frozen).deleted_at = NOON
    db.session.commit()
    assert list(frozen_list()) == []
    with pytest.raises(NotFound):
        frozen_results(frozen)
