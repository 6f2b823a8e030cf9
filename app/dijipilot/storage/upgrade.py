"""Brings an older database to the present schema on a copy, so that a failure leaves the old file as it was."""

import logging
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from dijipilot import disk
from dijipilot.errors import DatabaseDamaged
from dijipilot.messages import message
from dijipilot.paths import UserPaths
from dijipilot.storage import contents, copies, moments, swap
from dijipilot.storage.connections import connect, connect_reading
from dijipilot.storage.migrations import Migration, latest_version, migrate, version_of

KEEP_OLD_FILES = timedelta(days=30)

_log = logging.getLogger(__name__)


def create_database(path: Path, now: datetime, steps: Sequence[Migration]) -> None:
    """Make an empty database of the present version under a name that is not in use yet."""
    connection = connect(path, "rwc")
    try:
        migrate(connection, now, steps)
    finally:
        connection.close()
    disk.flush_file(path)


def upgrade(paths: UserPaths, now: datetime, steps: Sequence[Migration]) -> None:
    """Upgrade the database: keep the old file, migrate a copy, verify it, swap it in.

    The lock is held and no connection is open. Raises sqlite3.Error, OSError or DatabaseDamaged; then all is as before.
    """
    working = paths.database.with_name(paths.database.name + ".upgrade")
    copies.remove_database(working)
    try:
        source = connect_reading(paths.database)
        try:
            kept = _kept_name(paths, version_of(source), now)
            copies.copy_database(source, kept)
        finally:
            source.close()
        before = copies.verify_copy(kept, steps)
        disk.copy_file(kept, working)
        migrate_file(working, now, steps)
        _check_that_nothing_is_lost(before, copies.verify_copy(working, steps))
        swap.swap_in(working, paths)
    except BaseException:
        copies.remove_database(working)
        raise
    _log.info("upgraded the database to version %d; the old one is kept as %s", latest_version(steps), kept.name)


def migrate_file(path: Path, now: datetime, steps: Sequence[Migration]) -> None:
    """Migrate a copy and flush it; no log is left beside it."""
    connection = connect(path, "rw")
    try:
        # Steps that rebuild a table must be able to drop the old one; references are checked when all is done.
        connection.execute("PRAGMA foreign_keys=OFF")
        migrate(connection, now, steps)
        problems = contents.find_problems(connection, is_thorough=True)
        if problems:
            raise sqlite3.IntegrityError(problems[0])
    finally:
        connection.close()
    disk.flush_file(path)


def _check_that_nothing_is_lost(before: copies.VerifiedCopy, after: copies.VerifiedCopy) -> None:
    for table, count in before.counts.items():
        if after.counts.get(table, 0) < count:
            cause = f"{table}: {count} rows became {after.counts.get(table, 0)}"
            raise DatabaseDamaged(message("storage.upgrade_failed", cause=cause))


def _kept_name(paths: UserPaths, version: int, now: datetime) -> Path:
    return paths.database.with_name(f"{paths.database.name}.version-{version}-{moments.to_file_name(now)}")


def remove_old_files(paths: UserPaths, now: datetime) -> None:
    """Remove the files kept by upgrades more than 30 days ago; those dated in the future stay."""
    for file in paths.home.glob(f"{paths.database.name}.version-*"):
        try:
            kept_at = moments.from_file_name(file.name.split("-", 2)[2])
        except (ValueError, IndexError):
            continue
        if now - kept_at > KEEP_OLD_FILES:
            disk.remove_file(file)
