"""Statements made ready once: what citizens wait for is read and written through these.

SQLAlchemy writes the SQL, and knows how each base keeps a value. What it works out again at each execution costs ten
times the query on SQLite; here it is worked out once a process. The SQL still goes through its connection, which keeps
the transaction, the logs, the events and the errors.
"""

from collections import namedtuple
from importlib import import_module

from sqlalchemy import bindparam, inspect

from cafe.extensions import db


class Ready:
    """One statement, with a place for each value that changes: `bindparam("name")`, given as `name=…`.

    A row of its results is a named tuple. What was added to the session is not written for it: flush first. A list of
    values has no place here: their number would change the SQL.
    """

    def __init__(self, statement):
        self._statement = statement
        self._made: dict[str, _Made] = {}

    def __call__(self, **values) -> None:
        """Run it, when only what it does matters."""
        self.rows(**values)

    def rows(self, **values) -> list:
        """Run it; every row of its results, with the names of its columns; none when it has no results."""
        made, rows = self._run(values)
        return list(map(made.row, rows))

    def tuples(self, **values) -> list:
        """The same without names, for many rows that are read by place."""
        return self._run(values)[1]

    def _run(self, values: dict) -> tuple["_Made", list]:
        connection = _connection()
        made = self._made_for(connection.dialect)
        cursor = connection.connection.cursor()
        try:
            # What SQLAlchemy calls itself for SQL that it has as text.
            connection._cursor_execute(cursor, made.sql, made.sent(values))
            return made, made.read(cursor.fetchall()) if cursor.description else []
        finally:
            cursor.close()

    def first(self, **values):
        """The first row of its results, or None."""
        found = self.rows(**values)
        return found[0] if found else None

    def _made_for(self, dialect) -> "_Made":
        made = self._made.get(dialect.name)
        if made is None:
            made = self._made[dialect.name] = _Made(self._statement_for(dialect.name), dialect)
        return made

    def _statement_for(self, _base: str):
        return self._statement


class NewRow(Ready):
    """A row of these columns, written unless it is there already: then nothing is returned, else its primary key."""

    def __init__(self, model, *columns: str):
        super().__init__(model)
        self._values = {column: bindparam(column) for column in columns}

    def _statement_for(self, base: str):
        row = insert_of(base)(self._statement).values(self._values).on_conflict_do_nothing()
        return row.returning(*inspect(self._statement).primary_key)


def insert_of(base: str):
    """The insert of a base that can leave a row as it is; loaded late: the other base's takes a tenth of a start."""
    return import_module(f"sqlalchemy.dialects.{base}").insert


def _connection():
    """That of the session's transaction, asked for once: the session looks for it again each time."""
    session = db.session()
    transaction, connection = session.info.get("connection", (None, None))
    if transaction is None or transaction is not session.get_transaction():
        connection = session.connection()
        session.info["connection"] = session.get_transaction(), connection
    return connection


class _Made:
    """A statement for one base: its SQL, what is sent with it, how its results are read."""

    def __init__(self, statement, dialect):
        compiled = statement.compile(dialect=dialect)
        self.sql, self._order, self._fixed = str(compiled), compiled.positiontup, compiled.params
        self._writers = {
            name: write
            for bound, name in compiled.bind_names.items()
            if (write := bound.type.dialect_impl(dialect).bind_processor(dialect))
        }
        columns = list(statement.exported_columns)
        self.row = namedtuple("Row", [column.key for column in columns], rename=True)._make
        readers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._readers = [(place, read) for place, read in enumerate(readers) if read]

    def sent(self, values: dict):
        """The values as the base keeps them, in the order or by the names that its SQL asks for."""
        sent = self._fixed | values
        for name, write in self._writers.items():
            sent[name] = write(sent[name])
        return [sent[name] for name in self._order] if self._order is not None else sent

    def read(self, rows: list) -> list:
        """The rows of the base as Python's values, in order."""
        if self._readers:
            rows = [list(row) for row in rows]
            for row in rows:
                for place, read in self._readers:
                    row[place] = read(row[place])
        return rows
