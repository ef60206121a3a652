"""What the base does better than Python, a hundred thousand rows at a time; each base says it in its own words."""

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import NullType


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
