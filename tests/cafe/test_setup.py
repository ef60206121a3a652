"""An install that was set up by halves is mended by setting it up again."""

from sqlalchemy import delete, func, select

from cafe.extensions import db
from cafe.people.models import Dialogue
from cafe.referential.models import ReferentialVersion
from cafe.setup import initialise


def _count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_setting_up_again_adds_what_was_missing_and_only_that(app):
    db.session.execute(delete(ReferentialVersion))
    db.session.commit()
    for _ in range(2):
        initialise(app)
        assert (_count(ReferentialVersion), _count(Dialogue)) == (1, 1)
