"""The demonstration: a fiction that says so, always on its ninth day."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cafe.demo.build import DEFINITION
from cafe.demo.generator import generate
from cafe.forum.definition import read_definition
from cafe.people.services import ROLES

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


def test_a_second_start_keeps_the_doors_and_moves_the_dates_to_today(tmp_path):
    doors = _demo(tmp_path)
    assert set(doors["staff"]) == set(ROLES)
    assert len(doors["citizens"]) == 31
    with sqlite3.connect(tmp_path / "cafe.sqlite") as base:
        ((today,),) = base.execute("SELECT first_day FROM cafe")
        base.execute("UPDATE cafe SET first_day = date(first_day, '-3 days')")
    assert _demo(tmp_path) == doors
    with sqlite3.connect(tmp_path / "cafe.sqlite") as base:
        assert base.execute("SELECT first_day FROM cafe").fetchall() == [(today,)]
        later = "SELECT count(*) FROM contribution WHERE created_at > datetime('now', '+1 second')"
        assert base.execute(later).fetchall() == [(0,)]
