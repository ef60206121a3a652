"""The libraries that the whole house shares, bound to an application in `create_app`."""

from contextlib import contextmanager
from datetime import UTC

from flask_compress import Compress
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import DateTime, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# Marks a column whose values leave in no export.
PERSONAL = {"personal": True}
# secure_delete: what is wiped from a row is wiped from the file.
SQLITE_PRAGMAS = (
    "busy_timeout=10000", "foreign_keys=ON", "synchronous=FULL", "cache_size=-16000", "temp_store=MEMORY",
    "secure_delete=ON",
)  # fmt: skip


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator):
    """An aware moment, kept in UTC: SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value and value.astimezone(UTC)

    def process_result_value(self, value, dialect):
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
csrf = CSRFProtect()
compress = Compress()


@contextmanager
def writing():
    """One transaction that writes; on SQLite it takes the write lock at once, so that no update is lost or refused.

    Inside another one it joins it: the outermost commits.
    """
    session = db.session()
    if session.info.get("writing"):
        yield session
        return
    session.info["writing"] = True
    try:
        _lock(session)
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False


def _lock(session) -> None:
    """Begin a transaction that writes, whatever was read before."""
    if session.in_transaction() and session.get_bind().dialect.name == "sqlite":
        session.flush()
        # The same connection, in a transaction of its own: handing it back and taking it again would cost a third more.
        driver = session.connection().connection.driver_connection
        driver.execute("COMMIT")
        driver.execute("BEGIN IMMEDIATE")
    else:
        session.commit()
        session.connection(execution_options={"immediate": True})


def run(statement, values=None):
    """Run a statement that loads no entity, in the session's transaction.

    The ORM's session would cost three times the query; pages that citizens wait for are read this way.
    """
    return db.session.connection().execute(statement, values)


def prepare_sqlite(engine) -> None:
    """Hand SQLite's transactions to us: Python's driver begins none before a SELECT, which loses updates."""

    @event.listens_for(engine, "connect")
    def set_pragmas(connection, _record):
        connection.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection):
        immediate = connection.get_execution_options().get("immediate")
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")


def empty_sqlite_log() -> None:
    """Bring SQLite's write-ahead log into the base and empty it: it holds rows as they were before they were wiped.

    Someone who reads for long may put it off: the next call does it.
    """
    # One's own reading would hold it.
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        connection = db.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout=500")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA busy_timeout=10000")
        finally:
            connection.close()
