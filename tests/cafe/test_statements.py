"""Statements made ready once: same values, same transaction, same errors as SQLAlchemy's own."""

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from cafe.corpus.models import Contribution
from cafe.extensions import db, writing
from cafe.forum.models import Cafe, Seen
from cafe.people.models import Participant
from cafe.statements import NewRow, Ready
from tests.conftest import NOON, counted_queries

_cafe = Ready(select(Cafe.__table__).where(Cafe.slug == bindparam("slug")))
_seen = NewRow(Seen, "cafe_id", "day", "participant_id", "first_at")


def test_a_row_holds_the_values_that_sqlalchemy_reads(app):
    assert tuple(_cafe.first(slug="essai")) == tuple(db.session.execute(select(Cafe.__table__)).one())
    assert _cafe.first(slug="essai").first_day == db.session.scalar(select(Cafe.first_day))
    assert _cafe.first(slug="ailleurs") is None


def test_a_new_row_is_written_once_and_its_moment_keeps_its_zone(app):
    person = db.session.scalar(select(Participant.id))
    place = {"cafe_id": 1, "day": 2, "participant_id": person, "first_at": NOON}
    with writing():
        assert [tuple(row) for row in _seen.rows(**place)] == [(1, 2, person)]
        assert _seen.rows(**place) == []
    assert db.session.scalar(select(Seen.first_at).where(Seen.day == 2)) == NOON


def test_what_goes_wrong_goes_back_with_its_transaction(app):
    with pytest.raises(IntegrityError), writing():
        _seen(cafe_id=1, day=2, participant_id=db.session.scalar(select(Participant.id)), first_at=NOON)
        _seen(cafe_id=1, day=3, participant_id=-1, first_at=NOON)
    assert db.session.scalars(select(Seen.day)).all() == []


def test_the_base_is_told_what_it_receives(app):
    one = Ready(select(Contribution.id).where(Contribution.id == bindparam("id")))
    with counted_queries(app) as statements:
        one.rows(id=1)
    assert len([statement for statement in statements if "contribution" in statement]) == 1
