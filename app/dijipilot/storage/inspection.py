"""Looks at the learner's database before anything relies on it: whose it is, which version, whether it is sound."""

import os
import sqlite3
from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path

from msgspec import Struct

from dijipilot.errors import DatabaseDamaged
from dijipilot.storage import contents, failures
from dijipilot.storage.connections import connect, log_files
from dijipilot.storage.migrations import APPLICATION_ID, Migration, latest_version, version_of

SMALLEST_FILE = 512
"""No SQLite page is smaller; SQLite takes a shorter file for an empty one."""
THOROUGH_UP_TO_BYTES = 2_000_000
"""Years of records; the thorough check then takes about 0.2 s. A larger file gets the quick one at each start."""


class FileState(Enum):
    """What can be done with a file."""

    CURRENT = auto()
    OLDER = auto()
    NEWER = auto()
    DAMAGED = auto()
    FOREIGN = auto()


class Finding(Struct, frozen=True):
    """The state of a file; `cause` says in a few technical words what is wrong with a damaged one."""

    state: FileState
    cause: str = ""


def inspect_for_writing(path: Path, steps: Sequence[Migration]) -> Finding:
    """Inspect a file that is to be written; the lock is held. Raises sqlite3.OperationalError when the disk fails."""
    if path.stat().st_size < SMALLEST_FILE:
        # Not to be opened: SQLite would delete the log beside an empty file, and with it what could be saved.
        return Finding(FileState.DAMAGED, "no content")
    try:
        connection = connect(path, "rw")
        try:
            finding = inspect_open(connection, steps)
            if _is_cut_off(connection, path):
                return Finding(FileState.DAMAGED, "cut off")
            if finding.state in (FileState.CURRENT, FileState.OLDER):
                _try_to_write(connection)
            return finding
        finally:
            connection.close()
    except UnicodeDecodeError:
        # Damaged names in the schema come back in SQLite's own error message, which Python then cannot read.
        return Finding(FileState.DAMAGED, "names in the schema")
    except sqlite3.DatabaseError as error:
        if not _is_fault_of_file(error, path):
            raise
        return Finding(FileState.DAMAGED, failures.short_cause(error))


def _is_cut_off(connection: sqlite3.Connection, path: Path) -> bool:
    """Tell whether the end of the file is missing. With a log beside it that is normal: the end may be in there."""
    log, _ = log_files(path)
    if log.exists() and log.stat().st_size > 0:
        return False
    return path.stat().st_size < _size_of(connection)


def _size_of(connection: sqlite3.Connection) -> int:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(page_size)


def _try_to_write(connection: sqlite3.Connection) -> None:
    """Change something and take it back: BEGIN IMMEDIATE alone goes well on a file that cannot be written."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA user_version={version_of(connection)}")
    connection.execute("ROLLBACK")


def _is_fault_of_file(error: sqlite3.DatabaseError, path: Path) -> bool:
    if failures.primary_code(error) == sqlite3.SQLITE_READONLY:
        # A header that claims a file format of the future makes SQLite refuse to write; so does the system's no.
        return os.access(path, os.W_OK)
    ours = failures.from_sqlite(error, path.parent, is_writing=True)
    # Neither the disk nor a permission: a schema that cannot be parsed, a text that is not UTF-8.
    return ours is None or isinstance(ours, DatabaseDamaged)


def inspect_open(connection: sqlite3.Connection, steps: Sequence[Migration]) -> Finding:
    """Inspect an open database. Raises sqlite3.DatabaseError or UnicodeDecodeError when it cannot be read."""
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    version = version_of(connection)
    recorded = _recorded_version(connection)
    if application_id != APPLICATION_ID:
        # The same mark stands in the header and, as history, in a table: a flipped bit is no foreign file.
        return Finding(FileState.FOREIGN) if recorded is None else Finding(FileState.DAMAGED, "application id")
    if recorded != version:
        return Finding(FileState.DAMAGED, "schema version")
    if version > latest_version(steps):
        return Finding(FileState.NEWER)
    problems = contents.find_problems(connection, is_thorough=_size_of(connection) <= THOROUGH_UP_TO_BYTES)
    if problems:
        return Finding(FileState.DAMAGED, problems[0].splitlines()[0][:100])
    if contents.schema_of(connection) != contents.schema_at(version, steps):
        return Finding(FileState.DAMAGED, "schema")
    return Finding(FileState.CURRENT if version == latest_version(steps) else FileState.OLDER)


def _recorded_version(connection: sqlite3.Connection) -> int | None:
    """Return the last step that the table of migrations names, or None where there is no such table."""
    if "migration" not in contents.table_names(connection):
        return None
    if "version" not in contents.column_names(connection, "migration"):
        return None
    (version,) = connection.execute("SELECT max(version) FROM migration").fetchone()
    return int(version) if isinstance(version, int) else None
