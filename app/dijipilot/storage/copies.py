"""Whole, consistent copies of a database, made by SQLite's backup API and checked before anyone relies on them."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from dijipilot import disk
from dijipilot.errors import DatabaseDamaged
from dijipilot.messages import message
from dijipilot.storage import contents, failures
from dijipilot.storage.connections import connect, connect_reading, log_files
from dijipilot.storage.inspection import SMALLEST_FILE, FileState, inspect_open
from dijipilot.storage.migrations import MIGRATIONS, Migration

PART = ".part"
"""Ends the name of a copy that is still being made."""


class VerifiedCopy(Struct, frozen=True):
    """A copy that opened, passed SQLite's check and has the schema it should."""

    path: Path
    counts: Mapping[str, int]
    fingerprint: str


def copy_database(source: sqlite3.Connection, target: Path) -> None:
    """Copy all that is committed to a file of its own, flushed to disk; it appears under its name only when whole.

    Raises OSError or sqlite3.Error when the disk does not take it.
    """
    part = target.with_name(target.name + PART)
    remove_database(part)
    try:
        copy = connect(part, "rwc")
        try:
            source.backup(copy)
            # Without a write-ahead log the copy is one file, and reading it leaves nothing beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()
        disk.flush_file(part)
        disk.replace_file(part, target)
    except BaseException:
        remove_database(part)
        raise


def remove_database(path: Path) -> None:
    """Remove a database file and what SQLite left beside it."""
    for file in (path, *log_files(path), path.with_name(path.name + "-journal")):
        disk.remove_file(file)


def verify_copy(path: Path, steps: Sequence[Migration] = MIGRATIONS) -> VerifiedCopy:
    """Open a copy and check it. Raises DatabaseDamaged when it is not whole and ours, or too new for this app."""
    try:
        if path.stat().st_size < SMALLEST_FILE:
            raise _unusable(path, "no content")
        connection = connect_reading(path)
        try:
            finding = inspect_open(connection, steps)
            if finding.state not in (FileState.CURRENT, FileState.OLDER):
                raise _unusable(path, finding.cause or finding.state.name.lower())
            return VerifiedCopy(path, contents.row_counts(connection), contents.fingerprint(connection))
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _unusable(path, failures.short_cause(error)) from error
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from error


def _unusable(path: Path, cause: str) -> DatabaseDamaged:
    return DatabaseDamaged(message("storage.backup_unusable", path=str(path), cause=cause))
