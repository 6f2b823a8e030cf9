"""What a database holds, as its schema and as numbers: to compare copies and to tell damage from health."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from dijipilot.storage import row_checks
from dijipilot.storage.connections import connect_memory
from dijipilot.storage.migrations import Migration, migrate

SchemaEntry = tuple[str, str, str, str | None]
"""Type, name, table and SQL text of one object."""

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def schema_of(connection: sqlite3.Connection) -> frozenset[SchemaEntry]:
    """Return all tables, indexes and triggers of a database."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return frozenset((str(row[0]), str(row[1]), str(row[2]), row[3]) for row in rows)


def schema_at(version: int, steps: Sequence[Migration]) -> frozenset[SchemaEntry]:
    """Return the schema that the steps up to a version make."""
    connection = connect_memory()
    try:
        migrate(connection, _NO_TIME, [step for step in steps if step.version <= version])
        return schema_of(connection)
    finally:
        connection.close()


def table_names(connection: sqlite3.Connection) -> list[str]:
    """Return the names of our tables, sorted; SQLite's own are left out."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY name"
    )
    return [str(name) for (name,) in rows]


def column_names(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the names of a table's columns, in order."""
    return [str(name) for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the number of rows of each of our tables."""
    return {
        name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
        for name in table_names(connection)
    }


def fingerprint(connection: sqlite3.Connection) -> str:
    """Return a text that differs whenever two states of one learner's database differ.

    Records are never rewritten, so their number and the last one say enough; all other rows are read.
    """
    digest = hashlib.sha256()
    for table in table_names(connection):
        if "sequence" in column_names(connection, table):
            query = f'SELECT count(*), max(sequence), (SELECT id FROM "{table}" ORDER BY sequence DESC LIMIT 1)'
            rows = connection.execute(f'{query} FROM "{table}"').fetchall()
        else:
            rows = sorted(connection.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
        digest.update(repr((table, rows)).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def find_problems(connection: sqlite3.Connection, is_thorough: bool = False) -> list[str]:
    """Return what is wrong with a database, [] when all is well.

    The quick check is SQLite's own: it reads every page once. The thorough one also compares indexes with tables,
    follows references and looks at every value: SQLite does not notice a changed byte within a text.
    """
    check = "integrity_check" if is_thorough else "quick_check"
    problems = [str(line) for (line,) in connection.execute(f"PRAGMA {check}(20)") if line != "ok"]
    if is_thorough and not problems:
        problems.extend(
            f"{table}: row {row} refers to {parent}, which is not there"
            for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check")
        )
        for table in table_names(connection):
            problems.extend(_problems_of_rows(connection, table))
    return problems


def _problems_of_rows(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = column_names(connection, table)
    for row in connection.execute(f'SELECT * FROM "{table}"'):
        problem = row_checks.find_problem(table, dict(zip(columns, row, strict=True)))
        if problem is not None:
            yield f"{table}: {problem}"
