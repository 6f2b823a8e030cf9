"""The steps from one schema of the learner's database to the next; a published step is never edited."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from msgspec import Struct

from dijipilot.storage import first_schema, moments

APPLICATION_ID = 0x446A5041
""""DjPA" in the header of the file: tells our databases from those of others."""


class Migration(Struct, frozen=True):
    """One step; `version` is what the database has reached when the step is done."""

    version: int
    name: str
    run: Callable[[sqlite3.Connection], None]


def create_first_schema(connection: sqlite3.Connection) -> None:
    """Make all tables of version 1."""
    for statement in first_schema.statements():
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (Migration(1, "create_first_schema", create_first_schema),)


def latest_version(steps: Sequence[Migration] = MIGRATIONS) -> int:
    """Return the version that this app writes."""
    return steps[-1].version


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version a database has reached; 0 is an empty one."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(connection: sqlite3.Connection, now: datetime, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Run the steps that are still to be run, each in one transaction with the record that it ran."""
    for step in steps:
        if step.version > version_of(connection):
            with immediate_transaction(connection):
                step.run(connection)
                _record(connection, step, now)


def _record(connection: sqlite3.Connection, step: Migration, now: datetime) -> None:
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migration"
        " (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL) STRICT"
    )
    connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (step.version, step.name, moments.to_text(now)))
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={step.version}")


@contextmanager
def immediate_transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run a block in one transaction, which rolls back whole when the block fails: created tables too.

    That needs an explicit BEGIN: Python's sqlite3 would leave created tables behind.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have ended the transaction already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
