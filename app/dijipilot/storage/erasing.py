"""Erases all records of a home for good, backups among them: for machines that are handed on."""

from dijipilot import disk
from dijipilot.paths import UserPaths
from dijipilot.storage import copies, failures, kept_text, recovery, swap
from dijipilot.storage.backup_files import list_backup_files
from dijipilot.storage.copies import PART
from dijipilot.storage.lock import WriterLock


def erase_everything(paths: UserPaths) -> None:
    """Remove the database, what was kept of damaged and earlier ones or concluded from it, and all backups, for good.

    Records are never deleted row by row: the file goes. Packs, licenses and settings of the window are not touched.
    Raises AnotherInstanceWrites while the database is open for writing, CouldNotSave when the system refuses.
    """
    lock = WriterLock.acquire(paths)
    try:
        with failures.told_as_ours(paths.home):
            # Backups first: were the database first, an interrupted erasing would look like a lost database.
            for backup in list_backup_files(paths):
                disk.remove_file(backup.path)
            for unfinished in paths.backups.glob(f"*{PART}*"):
                disk.remove_file(unfinished)
            for kept in paths.home.glob(f"{paths.database.name}.*"):
                disk.remove_file(kept)
            kept_text.forget(paths)
            recovery.remove_workshops(paths)
            copies.remove_database(swap.incoming_file(paths))
            copies.remove_database(paths.database)
            disk.flush_folder(paths.home)
    finally:
        lock.release()
