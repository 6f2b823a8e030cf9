"""Turns what SQLite and the system report into errors of ours: what happened, whether work is safe, what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dijipilot.errors import AcademyError, CouldNotSave, DatabaseDamaged
from dijipilot.messages import message

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_DISK = {
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOLFS,
}
_PRIMARY = 0xFF
"""The low byte of an extended result code is the code of its kind."""


def primary_code(error: BaseException) -> int:
    """Return the kind of an error of sqlite3, 0 where SQLite gave none."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & _PRIMARY


def short_cause(error: BaseException) -> str:
    """Return SQLite's name of what went wrong, for support."""
    return str(getattr(error, "sqlite_errorname", "") or error)


def from_sqlite(error: BaseException, home: Path, is_writing: bool) -> AcademyError | None:
    """Return the error of ours for one of sqlite3, or None where the fault is ours (a bad statement, a broken rule)."""
    code = primary_code(error)
    name = short_cause(error)
    if code in _DAMAGE:
        return DatabaseDamaged(message("storage.found_damage", cause=name))
    if code not in _DISK | _READ_ONLY | {sqlite3.SQLITE_FULL}:
        return None
    if not is_writing:
        return DatabaseDamaged(message("storage.could_not_read", home=str(home), cause=name))
    if code == sqlite3.SQLITE_FULL:
        return CouldNotSave(message("storage.disk_full", home=str(home)))
    if code in _READ_ONLY:
        return CouldNotSave(message("storage.read_only", home=str(home)))
    return CouldNotSave(message("storage.could_not_save", home=str(home), cause=name))


def from_system(error: OSError, home: Path) -> CouldNotSave:
    """Return the error of ours for a file operation that the system refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return CouldNotSave(message("storage.disk_full", home=str(home)))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return CouldNotSave(message("storage.read_only", home=str(home)))
    return CouldNotSave(message("storage.could_not_save", home=str(home), cause=error.strerror or str(error)))


@contextmanager
def told_as_ours(home: Path) -> Iterator[None]:
    """Run a block that writes files; what SQLite or the system report in it is raised as an error of ours."""
    try:
        yield
    except OSError as error:
        raise from_system(error, home) from error
    except sqlite3.Error as error:
        ours = from_sqlite(error, home, is_writing=True)
        if ours is None:
            raise
        raise ours from error
