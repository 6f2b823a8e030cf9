"""Makes, checks, thins and restores backups of the learner's database."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from dijipilot import disk
from dijipilot.errors import DatabaseDamaged, OurDefect
from dijipilot.messages import message
from dijipilot.paths import UserPaths
from dijipilot.storage import contents, copies, failures, upgrade
from dijipilot.storage.backup_files import BackupFile, backup_file_at, list_backup_files
from dijipilot.storage.copies import VerifiedCopy
from dijipilot.storage.database import Database
from dijipilot.storage.migrations import MIGRATIONS, Migration
from dijipilot.storage.retention import choose_kept

MINIMUM_AGE = timedelta(minutes=30)

_log = logging.getLogger(__name__)


def list_backups(paths: UserPaths) -> list[BackupFile]:
    """Return all backups of a home, oldest first."""
    return list_backup_files(paths)


def verify_backup(path: Path, steps: Sequence[Migration] = MIGRATIONS) -> VerifiedCopy:
    """Open and check a backup. Raises DatabaseDamaged when it could not be restored."""
    return copies.verify_copy(path, steps)


def back_up(database: Database, now: datetime, steps: Sequence[Migration] = MIGRATIONS) -> BackupFile:
    """Make a backup, check it against the database, then thin out older ones.

    Raises CouldNotSave when the disk does not take it, DatabaseDamaged when the copy is not what it should be; then
    no other backup was touched.
    """
    backup = backup_file_at(database.paths, now)
    copy_to(database, backup.path, steps)
    with failures.told_as_ours(database.paths.home):
        thin_out(database.paths, now, steps)
    return backup


def copy_to(database: Database, target: Path, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Make a checked copy anywhere, a USB stick say; an existing file is replaced only by a whole one.

    Raises CouldNotSave when the disk does not take it, DatabaseDamaged when the copy is not what it should be.
    """
    with failures.told_as_ours(target.parent), database.exclusive_connection() as connection:
        if connection.in_transaction:
            raise OurDefect(message("storage.in_transaction"))
        target.parent.mkdir(parents=True, exist_ok=True)
        copies.copy_database(connection, target)
        present = contents.fingerprint(connection), contents.row_counts(connection)
    copy = verify_backup(target, steps)
    if (copy.fingerprint, copy.counts) != present:
        disk.remove_file(target)
        raise DatabaseDamaged(message("storage.backup_unusable", path=str(target), cause="it differs"))


def back_up_if_changed(
    database: Database,
    now: datetime,
    minimum_age: timedelta = MINIMUM_AGE,
    steps: Sequence[Migration] = MIGRATIONS,
) -> BackupFile | None:
    """Make a backup when the newest one is that old and something has changed since; else return None."""
    existing = list_backup_files(database.paths)
    if existing:
        newest = existing[-1]
        # One dated in the future tells of a wrong clock: then what is in it decides.
        if timedelta(0) <= now - newest.at < minimum_age:
            return None
        if _fingerprint_of(newest, steps) == _present_fingerprint(database):
            return None
    return back_up(database, now, steps)


def _present_fingerprint(database: Database) -> str:
    with database.exclusive_connection() as connection:
        return contents.fingerprint(connection)


def _fingerprint_of(backup: BackupFile, steps: Sequence[Migration]) -> str | None:
    try:
        return verify_backup(backup.path, steps).fingerprint
    except DatabaseDamaged as error:
        _log.warning("a new backup is due: %s", error)
        return None


def thin_out(paths: UserPaths, now: datetime, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Remove backups that retention does not keep.

    Only sound ones are counted, so a damaged backup never stands for the sound ones of its day; damaged ones stay.
    """
    backups = list_backup_files(paths)
    if len(choose_kept((backup.at for backup in backups), now)) == len(backups):
        return
    sound = [backup for backup in backups if _fingerprint_of(backup, steps) is not None]
    kept = choose_kept((backup.at for backup in sound), now)
    for backup in sound:
        if backup.at not in kept:
            disk.remove_file(backup.path)


def restore(database: Database, path: Path, now: datetime, steps: Sequence[Migration] = MIGRATIONS) -> BackupFile:
    """Put a backup in the place of the present database, which is backed up first; returns that backup.

    Raises DatabaseDamaged when the backup cannot be used, CouldNotSave when the disk does not take it; then all is
    as before. The database stays open and shows what was restored.
    """
    verify_backup(path, steps)
    present = back_up(database, now, steps)
    home = database.paths.home
    prepared = database.paths.database.with_name(database.paths.database.name + ".restoring")
    copies.remove_database(prepared)
    with failures.told_as_ours(home):
        try:
            disk.copy_file(path, prepared)
            upgrade.migrate_file(prepared, now, steps)
            verify_backup(prepared, steps)
            database.replace_file(prepared)
        except BaseException:
            copies.remove_database(prepared)
            raise
    return present
