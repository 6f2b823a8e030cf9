"""Reads a few settings with plain sqlite3, so that the window can show the last page before SQLModel is in memory."""

import logging
import sqlite3
from contextlib import closing

from dijipilot.paths import UserPaths
from dijipilot.storage import failures
from dijipilot.storage.connections import connect_reading

_log = logging.getLogger(__name__)


def read_setting(paths: UserPaths, key: str, profile: str = "") -> str | None:
    """Return a setting, or None where it was never set or cannot be read; opening for writing finds out why."""
    return _read(paths, "SELECT value FROM setting WHERE profile = ? AND key = ?", (profile, key))


def last_profile(paths: UserPaths) -> tuple[str, str] | None:
    """Return id and name of the profile used last, or None."""
    last = read_setting(paths, "last_profile")
    if not last:
        return None
    name = _read(paths, "SELECT name FROM profile WHERE id = ? AND removed_at IS NULL", (last,))
    return None if name is None else (last, name)


def last_profile_name(paths: UserPaths) -> str | None:
    """Return the name of the profile used last, or None."""
    last = last_profile(paths)
    return None if last is None else last[1]


def _read(paths: UserPaths, query: str, values: tuple[str, ...]) -> str | None:
    if not paths.database.exists():
        return None
    try:
        with closing(connect_reading(paths.database)) as connection:
            row = connection.execute(query, values).fetchone()
    except sqlite3.Error as error:
        _log.info("nothing could be read before the database is checked: %s", failures.short_cause(error))
        return None
    return None if row is None else str(row[0])
