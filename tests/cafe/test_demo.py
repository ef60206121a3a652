"""The demonstration: a fiction that says so, always on its ninth day."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from cafe.demo.build import DEFINITION, TODAY
from cafe.demo.generator import generate
from cafe.demo.guide_fiction import answer_all, draw_voice
from cafe.demo.guide_rows import Sitter, add_sittings
from cafe.forum.definition import read_definition
from cafe.guide.engine import next_step, path
from cafe.guide.published import current_guide
from cafe.guide.sittings import progress_of
from cafe.people.services import ROLES
from cafe.results.frames import frames_from_base
from tests.cafe.guide.sitting import SECRET, begin, give
from tests.cafe.guide.small import shipped_guide
from tests.conftest import NOON
from tests.live import demonstration

CAFE = Path(sys.executable).with_name("cafe")


@pytest.fixture(scope="module")
def conversation():
    questions = [question.model_dump() for question in read_definition(DEFINITION).questions]
    return generate(questions, 9)


def test_the_fiction_has_its_people_and_enough_to_read(conversation):
    assert len({citizen.pseudonym for citizen in conversation.citizens}) == 31
    assert len(conversation.posts) >= 1400
    lengths = sorted(len(post.text.split()) for post in conversation.posts)
    assert lengths[0] <= 8 and lengths[-1] >= 50
    assert len({post.text for post in conversation.posts}) == len(conversation.posts)


def test_replies_and_reactions_are_to_what_others_said_before(conversation):
    posts = conversation.posts
    for post in posts:
        if post.reply_to is not None:
            parent = posts[post.reply_to]
            assert parent.key < post.key and parent.question == post.question and parent.author != post.author
    assert all(posts[reaction.post].author != reaction.author for reaction in conversation.reactions)
    assert len({(r.post, r.author) for r in conversation.reactions}) == len(conversation.reactions)


def _demo(data: Path) -> dict:
    # The dates of a demonstration are moved in an SQLite file here: the command is the same on PostgreSQL.
    environment = os.environ | {"CAFE_DATA": str(data), "DATABASE_URL": ""}
    subprocess.run([CAFE, "demo", "--no-serve"], env=environment, check=True, capture_output=True)
    return json.loads((data / "demo.json").read_text(encoding="utf-8"))


def _first_day_now() -> str:
    """The first day of a café whose 9th day is today."""
    return (datetime.now(ZoneInfo("Europe/Paris")).date() - timedelta(days=TODAY - 1)).isoformat()


def test_a_second_start_keeps_the_doors_and_moves_the_dates_to_today(tmp_path, tmp_path_factory):
    demonstration(tmp_path_factory, tmp_path)
    doors = json.loads((tmp_path / "demo.json").read_text(encoding="utf-8"))
    assert set(doors["staff"]) == set(ROLES)
    assert len(doors["citizens"]) == 31
    with sqlite3.connect(tmp_path / "cafe.sqlite") as base:
        base.execute("UPDATE cafe SET first_day = date(first_day, '-3 days')")
    before = _first_day_now()
    assert _demo(tmp_path) == doors
    with sqlite3.connect(tmp_path / "cafe.sqlite") as base:
        ((first_day,),) = base.execute("SELECT first_day FROM cafe")
        # Midnight may pass while the command runs, or since the demonstration was made.
        assert first_day in {before, _first_day_now()}
        later = "SELECT count(*) FROM contribution WHERE created_at > datetime('now', '+1 second')"
        assert base.execute(later).fetchall() == [(0,)]
        finished = "SELECT count(*), count(finished_at) FROM sitting WHERE way = 'alone'"
        assert base.execute(finished).fetchall() == [(40, 35)]
        _check_interviews(base)


def _check_interviews(base):
    """About a hundred, in four groups, every question of the guide answered, and stances for the essentials."""
    met = "SELECT group_code, count(*) FROM sitting JOIN participant ON participant.id = participant_id"
    groups = dict(base.execute(f"{met} WHERE way = 'interview' GROUP BY group_code"))
    assert set(groups) == {"beneficiaires", "acteurs_terrain", "influenceurs", "operateur"}
    assert sum(groups.values()) == 100 and min(groups.values()) >= 20
    answered = "SELECT step FROM step_answer JOIN sitting ON sitting.id = sitting_id WHERE way = 'interview'"
    steps = {step.split("@")[0] for (step,) in base.execute(answered)}
    assert {q.code for q in shipped_guide().questions() if not q.within} <= steps
    words = "SELECT count(*) FROM note_taken JOIN contribution ON contribution.id = contribution_id"
    assert base.execute(f"{words} WHERE source = 'interview'").fetchone()[0] > 2000
    held = "SELECT count(DISTINCT stance) FROM tag WHERE family = 'essentiels' AND origin = 'human'"
    assert base.execute(held).fetchone() == (4,)


@pytest.fixture(scope="module")
def given():
    draw = Random(5)
    return answer_all(shipped_guide(), "alone", draw_voice(draw, "beneficiaires", "Femmes"), draw)


def test_a_made_up_person_answers_the_whole_guide_and_the_same_draw_gives_the_same_answers(given):
    assert next_step(shipped_guide(), given, "alone") is None
    assert len([answer for answer in given.values() if answer.says_something]) > 30
    draw = Random(5)
    assert answer_all(shipped_guide(), "alone", draw_voice(draw, "beneficiaires", "Femmes"), draw) == given


def test_sittings_put_in_at_once_leave_what_answering_step_by_step_leaves(app, given):
    begun = begin(1, NOON)
    for step in path(shipped_guide(), given, "alone"):
        give(begun, step.key, given[step.key], NOON)
    add_sittings(current_guide(), "alone", [Sitter(2, str(uuid4()), given, NOON)], SECRET)
    assert progress_of(2).given == progress_of(1).given
    tables = frames_from_base(stable_pseudonyms=True)
    said = tables.contributions.drop(columns=["contribution", "created_at"])
    found = tables.tags.merge(tables.contributions[["contribution", "participant"]]).drop(columns="contribution")
    for table in (tables.answers, said, found, tables.participants[["participant", "target"]]):
        first, second = (
            table[table["participant"] == who].drop(columns="participant").fillna("").to_records(index=False).tolist()
            for who in ("P0001", "P0002")
        )
        assert first and sorted(first) == sorted(second)
