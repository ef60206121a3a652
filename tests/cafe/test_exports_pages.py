"""The page of exports: asked for once, waited for, given to its maker alone, deleted in time, and logged."""

import csv
import io
import re
import time
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from cafe.exports import routes
from cafe.exports.models import Export
from cafe.extensions import db, writing
from cafe.scheduler import Scheduler
from tests.conftest import NOON
from tests.exporting import say

PAGE = "/donnees"


@pytest.fixture
def analyst(house, client_as):
    with house.app.app_context():
        say("Internet est trop cher.")
        say("Le site est trop compliqué.", question_id=4, who="Garance")
    client = client_as("analyst")
    client.get(PAGE)
    return client


def ask(client, format="csv", key=None, **choices):
    return client.send(PAGE, key=key or str(uuid4()), format=format, **choices)


def read(client, here) -> list[dict]:
    with client.get(f"{here}/fichier") as answer:
        return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def exports(house) -> list[Export]:
    with house.app.app_context():
        return list(db.session.scalars(select(Export).order_by(Export.id)))


def test_what_was_asked_for_is_ready_on_the_page_that_follows(analyst):
    here = ask(analyst).location
    page = analyst.get(here).text
    assert "2 contributions" in page and "Télécharger" in page
    assert {row["text"] for row in read(analyst, here)} == {"Internet est trop cher.", "Le site est trop compliqué."}


FILTERS = {"day": "3", "question": "essai.j3.1", "tag": "freins:navigation", "group": "grand_public", "reviewed": "non"}


def test_each_filter_is_kept(analyst):
    counted = analyst.send(PAGE, count="1", format="sav", **FILTERS)
    assert "csrf" not in counted.location and ">1 contribution" in analyst.get(counted.location).text
    for name, value in FILTERS.items():
        expected = {"group": 2, "reviewed": 2}.get(name, 1)
        assert f">{expected} contribution" in analyst.get(PAGE, query_string={name: value}).text
        rows = read(analyst, ask(analyst, **{name: value}).location)
        assert len(rows) == expected and "Le site est trop compliqué." in {row["text"] for row in rows}
        at_once = analyst.get(f"{PAGE}/csv", query_string={name: value}).text
        assert len(list(csv.DictReader(io.StringIO(at_once)))) == expected


def test_sent_again_it_is_the_same_export_and_with_other_choices_it_is_refused(analyst, house):
    key = str(uuid4())
    assert {ask(analyst, key=key).location for _ in range(3)} == {f"{PAGE}/exports/1"}
    refused = ask(analyst, key=key, public="1")
    assert refused.status_code == 409 and "checked>Pour publier" in refused.text
    assert len(exports(house)) == 1


def test_nobody_else_opens_it(analyst, client_as):
    here = ask(analyst).location
    organiser = client_as("organiser")
    assert [organiser.get(path).status_code for path in (here, f"{here}/fichier")] == [404, 404]
    assert here not in organiser.get(PAGE).text


def test_its_time_passed_the_file_is_deleted_and_the_log_stays(analyst, house):
    ask(analyst, public="1")
    (export,) = exports(house)
    folder = house.app.config["HOUSE"].data / "exports"
    assert (folder / export.key).stat().st_mode & 0o077 == 0
    work = Scheduler(house.app)
    for hours, kept in ((23, True), (2, False)):
        house.clock.move(hours=hours)
        with house.app.app_context():
            work.drop_exports()
        assert (folder / export.key).exists() is kept
    assert list(folder.iterdir()) == []
    (export,) = exports(house)
    assert (export.state, export.format, export.asked_at) == ("expired", "csv", NOON)
    assert export.choices == '{"public": true}'


def test_an_expired_link_opens_nothing_even_before_its_file_is_deleted(analyst, house):
    here = ask(analyst).location
    with house.app.app_context(), writing() as session:
        session.execute(update(Export).values(expires_at=house.clock.now))
    answer = analyst.get(f"{here}/fichier")
    assert answer.status_code == 404 and "Cet export n’est plus là" in answer.text


def test_the_log_says_who_what_and_when(analyst, client_as):
    ask(analyst, format="qdc", tag="freins")
    log = client_as("organiser").get(PAGE).text
    assert re.search(r"mercredi 7 janvier à 12\u00a0h.*analyst.*qdc.*tag freins.*prêt", log, re.DOTALL)


def test_a_long_export_goes_on_in_a_process_of_its_own(analyst, house, monkeypatch):
    monkeypatch.setattr(routes, "SHORT", 0)
    here = ask(analyst, format="xlsx").location
    page = analyst.get(here)
    assert "Actualiser" in page.text and 'hx-trigger="every 2s"' in page.text
    fragment = analyst.get(here, headers={"HX-Request": "true"}).text
    assert "<html" not in fragment and 'id="export"' in fragment
    deadline = time.monotonic() + 120
    while exports(house)[0].state == "running" and time.monotonic() < deadline:
        time.sleep(0.2)
    assert exports(house)[0].state == "done" and "Télécharger" in analyst.get(here).text
    with analyst.get(f"{here}/fichier") as answer:
        assert answer.data.startswith(b"PK")


def test_two_at_a_time_and_one_that_was_cut_off_says_so_and_blocks_nothing(analyst, house, monkeypatch):
    monkeypatch.setattr(routes, "_begin", lambda _export: None)
    here = [ask(analyst).location for _ in range(2)][0]
    refused = ask(analyst)
    assert refused.status_code == 409 and "Deux de vos exports sont en cours" in refused.text
    house.clock.move(minutes=3)
    assert "a été interrompu" in analyst.get(here).text
    assert ask(analyst).status_code == 303


def test_an_export_that_fails_leaves_nothing_and_says_so(analyst, house, monkeypatch):
    def fail(*_arguments):
        raise OSError("disque plein")

    broken = replace(routes.FORMATS["csv"], write=fail)
    monkeypatch.setitem(routes.FORMATS, "csv", broken)
    with pytest.raises(OSError, match="disque plein"):
        ask(analyst)
    assert exports(house)[0].state == "failed"
    assert "Refaire cet export" in analyst.get(f"{PAGE}/exports/1").text
    assert list((house.app.config["HOUSE"].data / "exports").iterdir()) == []


def test_a_bad_choice_is_refused_or_counts_as_none(analyst):
    assert ask(analyst, format="exe").status_code == 404
    assert ask(analyst, key="x").status_code == 400
    assert analyst.get(f"{PAGE}/exports/999").status_code == 404
    for name in ("group", "tag", "day", "question", "source", "reviewed", "target"):
        for bad in ("\0", "9" * 30, "'", "٣", ":"):
            assert analyst.get(PAGE, query_string={name: bad}).status_code == 200


def test_a_corpus_too_long_is_asked_for_on_the_page(analyst, monkeypatch):
    monkeypatch.setattr(routes, "SHORT", 1)
    answer = analyst.get(f"{PAGE}/csv")
    assert answer.status_code == 400 and "depuis la page Données" in answer.text


def test_a_file_downloaded_twice_is_counted(analyst, house):
    here = ask(analyst).location
    for _ in range(2):
        read(analyst, here)
    (export,) = exports(house)
    assert export.downloads == 2 and export.expires_at - export.asked_at == timedelta(hours=24)


def test_a_masked_text_is_refused_too(analyst, house):
    here = ask(analyst).location
    with house.app.app_context(), writing() as session:
        table = select(Export.id)
        assert session.scalar(table) == 1
        from_before = update(db.metadata.tables["contribution"]).where(db.metadata.tables["contribution"].c.id == 1)
        session.execute(from_before.values(text="Internet est [masqué]."))
    assert analyst.get(f"{here}/fichier").status_code == 404
    assert exports(house)[0].state == "stale"
