"""Opens the learner's database, safely, and hands out transactions; the one connection that writes.

SQLAlchemy is imported when the first session is asked for: locking, checking and repairing do without it, and a
window is on screen before it is in memory.
"""

import logging
import sqlite3
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dijipilot.errors import DatabaseDamaged, NewerDatabase, OurDefect
from dijipilot.messages import message
from dijipilot.paths import UserPaths
from dijipilot.storage import contents, copies, failures, recovery, swap, upgrade
from dijipilot.storage.connections import connect_memory, connect_reading, connect_writing, log_files
from dijipilot.storage.inspection import FileState, Finding, inspect_for_writing, inspect_open
from dijipilot.storage.lock import WriterLock
from dijipilot.storage.migrations import MIGRATIONS, Migration, migrate
from dijipilot.storage.reading import Reader, reader_on
from dijipilot.storage.recovery import RecoveryReport

if TYPE_CHECKING:
    from dijipilot.storage.sessions import Sessions, Writer

_log = logging.getLogger(__name__)

_ONLY_IN_MEMORY = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of steps that run in memory and are forgotten with it."""


class Database:
    """An open database. Made by open_for_writing and open_for_reading.

    paths: its home. is_read_only: nothing can be written. is_newer: written by a later version of the app, readable.
    recovery: what happened when the file was found damaged at this start, else None.
    May be used from several threads; one transaction runs at a time. changes: grows with everything written, so that
    what was computed from the records is known to be still true.
    """

    def __init__(
        self,
        paths: UserPaths,
        connection: sqlite3.Connection,
        lock: WriterLock | None,
        is_newer: bool = False,
        recovery: RecoveryReport | None = None,
    ) -> None:
        self.paths = paths
        self.is_newer = is_newer
        self.recovery = recovery
        self._connection: sqlite3.Connection | None = connection
        self._lock = lock
        self._guard = threading.RLock()
        self._sessions: Sessions | None = None
        self.changes = 0

    @property
    def is_read_only(self) -> bool:
        """Tell whether nothing can be written."""
        return self._lock is None

    @property
    def is_open(self) -> bool:
        """Tell whether it was not closed yet."""
        return self._connection is not None

    @contextmanager
    def writing(self) -> Iterator["Writer"]:
        """Open a transaction whose changes are on the disk when the block has ended, or not made at all.

        Inside another `writing` it joins that transaction.
        Raises CouldNotSave when the disk does not take it, NewerDatabase when a later version wrote the file.
        """
        if self.is_newer:
            raise NewerDatabase(message("storage.newer_database"))
        if self.is_read_only:
            raise OurDefect(message("storage.opened_for_reading"))
        with self._open_sessions().writer() as writer:
            # Also for a block that fails in the end: what was remembered meanwhile may hold half of it.
            self.changes += 1
            try:
                yield writer
            finally:
                self.changes += 1

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Read one consistent state; inside `writing` it is what is being written."""
        with self.exclusive_connection() as connection, reader_on(connection, self.paths.home) as reader:
            yield reader

    def prepare_writing(self) -> None:
        """Load what the first write needs."""
        self._open_sessions()

    @contextmanager
    def exclusive_connection(self) -> Iterator[sqlite3.Connection]:
        """Lend the bare connection, between transactions, for copying and checking."""
        with self._guard:
            if self._connection is None:
                raise OurDefect(message("storage.closed"))
            yield self._connection

    def find_problems(self) -> list[str]:
        """Check every page, index and reference; [] when all is well. Takes a moment with years of records."""
        with self.exclusive_connection() as connection:
            try:
                return contents.find_problems(connection, is_thorough=True)
            except sqlite3.DatabaseError as error:
                return [failures.short_cause(error)]

    def replace_file(self, prepared: Path) -> None:
        """Put a prepared database in the place of this one and go on with it. Raises CouldNotSave."""
        if self.is_read_only:
            raise OurDefect(message("storage.opened_for_reading"))
        with self._guard, failures.told_as_ours(self.paths.home):
            self._close_connection()
            try:
                swap.swap_in(prepared, self.paths)
            except OSError:
                swap.withdraw_swap(self.paths)
                raise
            finally:
                self._connection = connect_writing(self.paths.database)
                self.changes += 1

    def close(self) -> None:
        """Move everything into the one file and let others write; calling it again does nothing."""
        with self._guard:
            self._close_connection()
            if self._lock is not None:
                self._lock.release()

    def _close_connection(self) -> None:
        if self._connection is not None:
            if not self.is_read_only:
                _checkpoint(self._connection)
            self._connection.close()
            self._connection = None
            self._sessions = None

    def _open_sessions(self) -> "Sessions":
        # Imported here: it takes longer than a bare window's whole start; and before the connection is taken, so that
        # others can read meanwhile.
        from dijipilot.storage.sessions import Sessions

        with self.exclusive_connection() as connection:
            if self._sessions is None:
                self._sessions = Sessions(connection, self.paths.home, self._guard)
            return self._sessions


def _checkpoint(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        # Nothing is lost: the log stays beside the file and is read at the next start.
        _log.warning("the log stays beside the database: %s", failures.short_cause(error))


def open_for_writing(paths: UserPaths, now: datetime, steps: Sequence[Migration] = MIGRATIONS) -> Database:
    """Lock, check, if need be repair and upgrade the database of a home, or create it; then open it.

    A database of a later version is opened for reading only (`is_newer`).
    Raises AnotherInstanceWrites, CouldNotSave, or DatabaseDamaged for a file that is not ours, which stays as it is.
    """
    lock = WriterLock.acquire(paths)
    try:
        with failures.told_as_ours(paths.home):
            database = _open_locked(paths, now, steps, lock)
    except BaseException:
        lock.release()
        raise
    if database.is_newer:
        lock.release()
    return database


def _open_locked(paths: UserPaths, now: datetime, steps: Sequence[Migration], lock: WriterLock) -> Database:
    swap.finish_swap(paths)
    upgrade.remove_old_files(paths, now)
    finding = _inspect_or_create(paths, now, steps)
    report = None
    match finding.state:
        case FileState.FOREIGN:
            raise DatabaseDamaged(message("storage.foreign_file", path=str(paths.database)))
        case FileState.NEWER:
            return Database(paths, connect_reading(paths.database), lock=None, is_newer=True)
        case FileState.DAMAGED:
            report = recovery.recover(paths, finding.cause, now, steps)
        case FileState.OLDER:
            upgrade.upgrade(paths, now, steps)
        case FileState.CURRENT:
            pass
    return Database(paths, connect_writing(paths.database), lock, recovery=report)


def _inspect_or_create(paths: UserPaths, now: datetime, steps: Sequence[Migration]) -> Finding:
    if paths.database.exists():
        return inspect_for_writing(paths.database, steps)
    if recovery.is_anything_left(paths):
        return Finding(FileState.DAMAGED, recovery.MISSING)
    for file in log_files(paths.database):
        file.unlink(missing_ok=True)
    new = paths.database.with_name(paths.database.name + ".new")
    copies.remove_database(new)
    upgrade.create_database(new, now, steps)
    swap.swap_in(new, paths)
    return Finding(FileState.CURRENT)


def open_for_reading(paths: UserPaths, steps: Sequence[Migration] = MIGRATIONS) -> Database:
    """Open the database of a home for reading, beside a window that writes or alone; nothing on disk is changed.

    Where there is none yet, an empty one is opened, in memory. One of an earlier version is read into memory and
    upgraded there. Raises DatabaseDamaged when it cannot be read: opening for writing repairs it.
    """
    if not paths.database.exists():
        connection = connect_memory()
        migrate(connection, _ONLY_IN_MEMORY, steps)
        return Database(paths, connection, lock=None)
    try:
        connection = _connect_wherever_it_is(paths)
        finding = inspect_open(connection, steps)
        match finding.state:
            case FileState.FOREIGN:
                raise DatabaseDamaged(message("storage.foreign_file", path=str(paths.database)))
            case FileState.DAMAGED:
                raise DatabaseDamaged(message("storage.found_damage", cause=finding.cause))
            case FileState.OLDER:
                connection = _upgraded_in_memory(connection, steps)
            case FileState.CURRENT | FileState.NEWER:
                pass
    except (sqlite3.Error, UnicodeDecodeError) as error:
        ours = failures.from_sqlite(error, paths.home, is_writing=False)
        raise ours or DatabaseDamaged(message("storage.found_damage", cause=failures.short_cause(error))) from error
    return Database(paths, connection, lock=None, is_newer=finding.state is FileState.NEWER)


def _connect_wherever_it_is(paths: UserPaths) -> sqlite3.Connection:
    """Connect for reading; on a medium that takes no files, where SQLite cannot share its log, read a copy."""
    try:
        connection = connect_reading(paths.database)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return connection
    except sqlite3.OperationalError as error:
        if failures.primary_code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
    with tempfile.TemporaryDirectory(prefix="dijipilot-") as folder:
        copy = Path(folder) / paths.database.name
        for source, target in zip((paths.database, *log_files(paths.database)), (copy, *log_files(copy)), strict=True):
            if source.exists() and not source.name.endswith("-shm"):
                target.write_bytes(source.read_bytes())
        on_disk = connect_reading(copy)
        return _read_into_memory(on_disk)


def _upgraded_in_memory(connection: sqlite3.Connection, steps: Sequence[Migration]) -> sqlite3.Connection:
    in_memory = _read_into_memory(connection)
    migrate(in_memory, _ONLY_IN_MEMORY, steps)
    return in_memory


def _read_into_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    in_memory = connect_memory()
    connection.backup(in_memory)
    connection.close()
    return in_memory
