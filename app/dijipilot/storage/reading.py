"""Reads rows with plain sqlite3, so that pages stand there before SQLModel is in memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dijipilot.domain.ids import ProfileId
from dijipilot.storage import failures

Value = str | int | float | None


class Reader:
    """Reads one consistent state; inside a transaction that writes, it sees what is being written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._cursor = connection.cursor()
        self._cursor.row_factory = sqlite3.Row

    def rows(self, statement: str, *values: Value) -> list[sqlite3.Row]:
        """Return all rows of a query of this package's own."""
        return self._cursor.execute(statement, values).fetchall()

    def row(self, statement: str, *values: Value) -> sqlite3.Row | None:
        """Return the first row of a query, or None where it finds none."""
        found: sqlite3.Row | None = self._cursor.execute(statement, values).fetchone()
        return found

    def records(self, table: str, profile: ProfileId) -> list[sqlite3.Row]:
        """Return all records of a profile in a table of records, oldest first."""
        return self.rows(f"SELECT * FROM {table} WHERE profile = ? ORDER BY ordered_at, sequence", profile)


@contextmanager
def reader_on(connection: sqlite3.Connection, home: Path) -> Iterator[Reader]:
    """Lend a reader; a transaction that is open already is joined.

    Raises DatabaseDamaged where the file cannot be read.
    """
    begins = not connection.in_transaction
    try:
        if begins:
            connection.execute("BEGIN")
        yield Reader(connection)
    except sqlite3.Error as error:
        ours = failures.from_sqlite(error, home, is_writing=False)
        if ours is None:
            raise
        raise ours from error
    finally:
        if begins and connection.in_transaction:
            connection.execute("ROLLBACK")
