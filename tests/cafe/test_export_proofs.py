"""What is kept beside an export tells whether its words may still be read."""

import json

import pytest
from sqlalchemy import update

from cafe.corpus.models import Contribution
from cafe.exports.proof import Proof, still_holds
from cafe.extensions import writing
from tests.exporting import KEY, say


@pytest.fixture
def proof(app, tmp_path):
    number = say("Internet est trop cher.")
    path = tmp_path / "export.proof"
    Proof([], KEY).read([number]).write(path)
    return path


def test_it_holds_until_a_word_changes_and_never_tells_the_words(proof):
    assert still_holds(proof, KEY) and "cher" not in proof.read_text(encoding="utf-8")
    with writing() as session:
        session.execute(update(Contribution).values(text="Internet est trop lent."))
    assert not still_holds(proof, KEY)


def test_words_hidden_since_hold_no_more(proof):
    with writing() as session:
        session.execute(update(Contribution).values(status="hidden"))
    assert not still_holds(proof, KEY)


def test_a_proof_of_another_version_holds_nothing(proof):
    proof.write_text(json.dumps({"people": [], "texts": {"1": "0a"}}), encoding="utf-8")
    assert not still_holds(proof, KEY)
