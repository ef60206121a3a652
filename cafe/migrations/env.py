"""Alembic's environment: the application's own engine and tables."""

from alembic import context
from flask import current_app

config = context.config
database = current_app.extensions["migrate"].db


def run() -> None:
    options = current_app.extensions["migrate"].configure_args
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # SQLite changes a table by copying and dropping it: what points to it must not stop that.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(connection=connection, target_metadata=database.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        connection.invalidate()


run()
