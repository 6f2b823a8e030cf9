"""Reads a little from a database that is not open yet, so that the window shows where one was before it is checked."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TypeVar

from dijipilot.domain.ids import ProfileId
from dijipilot.domain.records import Profile
from dijipilot.errors import AcademyError
from dijipilot.paths import UserPaths
from dijipilot.storage import failures, moments
from dijipilot.storage.connections import connect_reading
from dijipilot.storage.reading import Reader, reader_on

Read = TypeVar("Read")
_log = logging.getLogger(__name__)


def read_setting(paths: UserPaths, key: str, profile: str = "") -> str | None:
    """Return a setting, or None where it was never set or cannot be read; opening for writing finds out why."""
    return _read(paths, lambda reader: _setting(reader, key, profile))


def last_profile(paths: UserPaths) -> Profile | None:
    """Return the profile used last, or None."""
    return _read(paths, _last_profile)


def state_on_disk(paths: UserPaths) -> str | None:
    """Return what changes with every record that is appended, or None where it cannot be read."""
    return _read(paths, state_of)


def state_of(reader: Reader) -> str:
    """Return what changes with every record that is appended: SQLite keeps the last number of each table."""
    rows = reader.rows("SELECT name, seq FROM sqlite_sequence ORDER BY name")
    return " ".join(f"{row['name']}:{row['seq']}" for row in rows)


def _setting(reader: Reader, key: str, profile: str) -> str | None:
    row = reader.row("SELECT value FROM setting WHERE profile = ? AND key = ?", profile, key)
    return None if row is None else str(row["value"])


def _last_profile(reader: Reader) -> Profile | None:
    last = _setting(reader, "last_profile", "")
    row = reader.row("SELECT id, name, created_at FROM profile WHERE id = ? AND removed_at IS NULL", last or "")
    if row is None:
        return None
    return Profile(ProfileId(row["id"]), row["name"], moments.from_text(row["created_at"]))


def _read(paths: UserPaths, read: Callable[[Reader], Read]) -> Read | None:
    if not paths.database.exists():
        return None
    try:
        with (
            closing(connect_reading(paths.database)) as connection,
            reader_on(connection, paths.home) as reader,
        ):
            return read(reader)
    except (sqlite3.Error, AcademyError, ValueError) as error:
        _log.info("nothing could be read before the database is checked: %s", failures.short_cause(error))
        return None
