"""Opens SQLite files the one way we do: with the settings our promises about safety rest on."""

import os
import sqlite3
import sys
from pathlib import Path
from urllib.parse import quote

BUSY_SECONDS = 5.0

_CAUTION = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA cell_size_check=ON",
    # A damaged or forged file must not run functions of ours from its schema.
    "PRAGMA trusted_schema=OFF",
    # Without it INSERT OR REPLACE deletes a row behind the back of the triggers that keep every record.
    "PRAGMA recursive_triggers=ON",
)


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open an existing file; mode is "ro" or "rw", or "rwc" to create it.

    No BEGIN of Python's own: transactions are ours to begin. The connection may go from thread to thread.
    """
    name = path.as_posix()
    address = f"file://{'' if name.startswith('/') else '/'}{quote(os.fsencode(name))}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    for pragma in _CAUTION:
        connection.execute(pragma)
    return connection


def connect_reading(path: Path) -> sqlite3.Connection:
    """Open a file that is only read; what another process has written, or left behind in the log, is seen."""
    connection = connect(path, "ro")
    connection.execute("PRAGMA query_only=ON")
    return connection


def connect_writing(path: Path) -> sqlite3.Connection:
    """Open the file for the one connection that writes: a commit is on the disk when it returns."""
    connection = connect(path, "rw")
    try:
        make_durable(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def make_durable(connection: sqlite3.Connection) -> None:
    """Have commits reach the disk before they return."""
    (journal,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    # Some network file systems cannot share memory, which the write-ahead log needs: then the older, slower journal.
    if journal == "wal":
        connection.execute("PRAGMA synchronous=FULL")
    else:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA synchronous=EXTRA")
    if sys.platform == "darwin":
        # On macOS an ordinary flush stops at the drive's cache.
        connection.execute("PRAGMA fullfsync=ON")
        connection.execute("PRAGMA checkpoint_fullfsync=ON")


def connect_memory() -> sqlite3.Connection:
    """Open an empty database that lives in memory alone."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    for pragma in _CAUTION:
        connection.execute(pragma)
    return connection


def log_files(database: Path) -> tuple[Path, Path]:
    """Return the write-ahead log and the shared memory that stand beside a database in use."""
    return database.with_name(database.name + "-wal"), database.with_name(database.name + "-shm")
