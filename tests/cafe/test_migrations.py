"""The migrated base is the one that the models describe."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from cafe.extensions import db


def test_the_migrated_base_equals_the_models(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
