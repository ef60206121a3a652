"""What the base does better than Python, a hundred thousand rows at a time; each base says it in its own words."""

from sqlalchemy import String, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import NullType

from cafe.extensions import db, run

# Bytes of SQLite's file, at most: the rest is read as usual.
IN_PLACE = 256 * 2**20


def read_in_place() -> None:
    """Have SQLite read its file where the system holds it, with no copy of each page.

    For a process that reads most of the file, then ends: a tenth of the time of a CSV. A server keeps the usual way,
    where a disk that fails is an error and not the end of the process.
    """
    if db.engine.dialect.name == "sqlite":
        run(text(f"PRAGMA mmap_size={IN_PLACE}"))


class utc_text(GenericFunction):
    """A moment as text in UTC, to the second: « 2026-01-05T12:00:00Z »."""

    type = String()
    inherit_cache = True


@compiles(utc_text, "sqlite")
def _cut(element, compiler, **settings) -> str:
    """SQLite keeps a moment as text, in UTC: « 2026-01-05 12:00:00.000000 »."""
    kept = compiler.process(element.clauses, **settings)
    return f"(substr({kept}, 1, 10) || 'T' || substr({kept}, 12, 8) || 'Z')"


@compiles(utc_text, "postgresql")
def _written(element, compiler, **settings) -> str:
    kept = compiler.process(element.clauses, **settings)
    return f"""to_char({kept} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""


class is_listed(GenericFunction):
    """Whether a number is in a list of them, written as JSON: one value to bind, however many there are."""

    type = NullType()
    inherit_cache = True


@compiles(is_listed, "sqlite")
def _in_json(element, compiler, **settings) -> str:
    number, listed = (compiler.process(part, **settings) for part in element.clauses)
    return f"{number} IN (SELECT value FROM json_each({listed}))"


@compiles(is_listed, "postgresql")
def _in_array(element, compiler, **settings) -> str:
    number, listed = (compiler.process(part, **settings) for part in element.clauses)
    return f"{number} IN (SELECT CAST(value AS integer) FROM json_array_elements_text(CAST({listed} AS json)))"
