"""A base on the tests' PostgreSQL server, filled anew for each test: making one takes longer than most tests."""

from uuid import uuid4

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.engine import make_url

# What the template held, beside the tables that tests write in.
SAVED = "saved"
TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
SEQUENCES = text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def on_server(server: str, *statements: str) -> None:
    """Statements that no transaction may hold, such as those that make a base."""
    engine = create_engine(make_url(f"{server}postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


class ServerBase:
    """A copy of the template, made at its first use; `fill` gives its rows back, whatever a test left."""

    def __init__(self, server: str, template: str):
        self.server, self.template, self.name = server, template, f"cafe_{uuid4().hex}"
        self.address, self.is_made = f"{server}{self.name}", False
        self.engine = create_engine(make_url(self.address), poolclass=NullPool)

    def fill(self) -> None:
        if not self.is_made:
            on_server(self.server, f"CREATE DATABASE {self.name} TEMPLATE {self.template}")
            self.is_made = True
            with self.engine.begin() as connection:
                self._save(connection)
            return
        with self.engine.begin() as connection:
            connection.execute(OTHERS)
            self._give_back(connection)

    def _save(self, connection: Connection) -> None:
        self.tables = list(connection.execute(TABLES).scalars())
        self.sequences = [(row.sequencename, row.last_value) for row in connection.execute(SEQUENCES)]
        self.filled = self._those_filled(connection)
        connection.execute(text(f"CREATE SCHEMA {SAVED}"))
        for table in self.filled:
            connection.execute(text(f'CREATE TABLE {SAVED}."{table}" AS TABLE public."{table}"'))

    def _give_back(self, connection: Connection) -> None:
        # Rows go and come in any order: no foreign key is looked at meanwhile.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in self._those_filled(connection):
            connection.execute(text(f'DELETE FROM public."{table}"'))
        for table in self.filled:
            connection.execute(text(f'INSERT INTO public."{table}" SELECT * FROM {SAVED}."{table}"'))
        places = (f"setval('{name}', {last or 1}, {last is not None})" for name, last in self.sequences)
        connection.execute(text(f"SELECT {', '.join(places)}"))

    def _those_filled(self, connection: Connection) -> list[str]:
        each = (f"SELECT '{name}' AS name WHERE EXISTS (SELECT FROM public.\"{name}\")" for name in self.tables)
        return list(connection.execute(text(" UNION ALL ".join(each))).scalars())
