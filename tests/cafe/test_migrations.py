"""The migrated base is the one that the models describe."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from cafe import create_app
from cafe.extensions import db
from cafe.keys import write_keys
from cafe.setup import migrate
from config import read_config

OLD_ROWS = (
    "INSERT INTO \"group\" VALUES ('public', 'Public', 'external', 1)",
    "INSERT INTO participant (id, pseudonym, group_code, subgroup, profile, target, place, cluster, created_at)"
    " VALUES (1, 'Tilleul', 'public', '', '', '', '', '', '2026-01-05 08:00:00')",
    "INSERT INTO staff (id, login, role, password_hash, created_at) VALUES (1, 'm', 'moderator', '', '2026-01-05')",
    "INSERT INTO question (id, code, text, context, feeds) VALUES (1, 'q', 'Quoi ?', '', '*')",
    "INSERT INTO contribution (id, key, posted_digest, participant_id, question_id, source, about, prompted, text,"
    " status, status_reason, created_at)"
    " VALUES (1, 'k', '', 1, 1, 'cafe', '', 0, 'Trop cher', 'published', '', '2026-01-05 09:00:00')",
    "INSERT INTO decision (contribution_id, staff_id, action, detail, decided_at)"
    " VALUES (1, 1, 'read', '', '2026-01-05 10:00:00')",
)


def test_the_migrated_base_equals_the_models(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_what_an_older_base_holds_comes_through(tmp_path):
    config = read_config({"CAFE_DATA": str(tmp_path)})
    write_keys(config.data)
    migrate.init_app(app := create_app(config))
    with app.app_context():
        upgrade(revision="0001")
        for statement in OLD_ROWS:
            db.session.execute(text(statement))
        db.session.commit()
        upgrade()
        assert db.session.execute(text("SELECT text, status FROM contribution")).all() == [("Trop cher", "published")]
        assert db.session.execute(text("SELECT action FROM decision")).all() == [("read",)]
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
        with pytest.raises(IntegrityError):
            db.session.execute(text("UPDATE contribution SET status = 'lost'"))
        db.session.remove()
        db.engine.dispose()
